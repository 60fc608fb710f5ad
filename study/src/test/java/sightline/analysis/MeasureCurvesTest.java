package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sightline.knockout.AnswerMeasures;

/** Curves of flips and log-odds. */
class MeasureCurvesTest {
    private static final CurveKey IMAGE = MeasuredSamples.IMAGE;

    /** Cut around layer 1, three of four answers flip; around layer 3, two in all. */
    private static TracedSample sample(int i, double p, boolean greedy) {
        SampleMeasures measures = MeasuredSamples.measures(
                greedy,
                IMAGE,
                MeasuredSamples.answer(1.1, false),
                MeasuredSamples.answer(i % 2 == 0 ? -1.9 : -2.9, i % 4 != 0),
                MeasuredSamples.answer(1.1, false),
                MeasuredSamples.answer(1.6, i < 2));
        return MeasuredSamples.sample(i, p, Map.of(IMAGE, new double[] {p, p / 2, p, p}), Optional.of(measures));
    }

    private static DatasetSummary summary(TracedSample... others) {
        List<TracedSample> samples = new ArrayList<>(List.of(others));
        for (int i = 0; i < 20; i++) {
            samples.add(sample(i, 0.9, true));
        }
        return DatasetSummary.of(MeasuredSamples.data(samples, "paper"), SummarySettings.usual());
    }

    private static CurveView view(Measure measure) {
        return new CurveView(Group.all(), IMAGE, true, measure);
    }

    @Test
    void flipsAreShares() {
        MeanCurve flip = summary().curve(view(Measure.FLIP));
        assertThat(flip.n()).isEqualTo(20);
        assertThat(flip.clusters()).isEqualTo(20);
        assertThat(flip.mean()).containsExactly(0, 0.75, 0, 0.1);
        assertThat(flip.worst()).as("the highest share").isEqualTo(1);
        assertThat(flip.statistics().agree()[1])
                .as("resamples in which no share is higher")
                .isEqualTo(1);
        assertThat(flip.significant()).containsExactly(false, true, false, false);
        assertThat(flip.low()[1])
                .as("Wilson, since each picture has one sample")
                .isCloseTo(0.5313, within(1e-4));
        assertThat(flip.high()[1]).isCloseTo(0.8881, within(1e-4));
        assertThat(flip.low()[0]).as("none seen").isZero();
        assertThat(flip.high()[0]).isCloseTo(1 - Math.pow(0.05, 1 / 20.0), within(1e-12));
        assertThat(flip.pHolm())
                .as("one pathway: measures are not corrected for each other")
                .isEqualTo(flip.smallestP());
        assertThat(flip.published()).isEmpty();
        assertThat(flip.effect()).isEmpty();
    }

    @Test
    void whatNoSampleShowsIsNotKnownToBeNone() {
        List<TracedSample> samples = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            AnswerMeasures kept = MeasuredSamples.answer(1.1, false);
            SampleMeasures measures = MeasuredSamples.measures(
                    true,
                    IMAGE,
                    kept,
                    MeasuredSamples.answer(-1.9, true),
                    kept,
                    MeasuredSamples.answer(-1.9, i % 3 == 0));
            samples.add(new TracedSample(
                    i,
                    List.of("what"),
                    i / 4 + ".png",
                    "q",
                    "a",
                    1,
                    0.9,
                    Map.of(IMAGE, new double[] {0.9, 0.9, 0.9, 0.9}),
                    Optional.of(measures),
                    SampleAdditions.NONE));
        }
        MeanCurve flip = DatasetSummary.of(MeasuredSamples.data(samples, "paper"), SummarySettings.usual())
                .curve(view(Measure.FLIP));
        double bound = 1 - Math.pow(0.05, 1 / 12.0);
        assertThat(flip.low()[0]).isZero();
        assertThat(flip.high()[0]).as("of 12 pictures none shows one").isCloseTo(bound, within(1e-12));
        assertThat(flip.low()[1]).as("all do").isCloseTo(1 - bound, within(1e-12));
        assertThat(flip.high()[1]).isEqualTo(1);
        double together = 1 - Math.pow(0.05 / 4, 1 / 12.0);
        assertThat(flip.statistics().lowAll()[0]).isZero();
        assertThat(flip.statistics().highAll()[0]).as("of four windows").isCloseTo(together, within(1e-12));
        assertThat(flip.statistics().lowAll()[1]).isCloseTo(1 - together, within(1e-12));
        assertThat(flip.statistics().highAll()[1]).isEqualTo(1);
        assertThat(flip.low()[3]).as("the band").isBetween(0.0, 1 / 3.0);
        assertThat(flip.high()[3]).isBetween(1 / 3.0, 1.0);
    }

    @Test
    void logOddsAreDifferencesFromTheUncutOnes() {
        MeanCurve odds = summary().curve(view(Measure.LOG_ODDS));
        assertThat(odds.mean()[0]).as("what changes nothing").isZero();
        assertThat(odds.mean()[1]).isCloseTo(-3.5, within(1e-6));
        assertThat(odds.mean()[3]).isCloseTo(0.5, within(1e-6));
        assertThat(odds.worst()).as("the lowest mean").isEqualTo(1);
        assertThat(odds.significant()[1]).isTrue();
    }

    /** One picture of 20 carries all: resamples without it have no spread, and nothing bounds nats. */
    @Test
    void natsHaveNoBounds() {
        List<TracedSample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            AnswerMeasures kept = MeasuredSamples.answer(1.1, false);
            AnswerMeasures cut = MeasuredSamples.answer(i == 0 ? -600 : 1.1, i == 0);
            AnswerMeasures less = MeasuredSamples.answer(0.1, false);
            SampleMeasures measures = MeasuredSamples.measures(true, IMAGE, kept, cut, kept, less);
            samples.add(MeasuredSamples.sample(
                    i, 0.9, Map.of(IMAGE, new double[] {0.9, 0.9, 0.9, 0.9}), Optional.of(measures)));
        }
        MeanCurve odds = DatasetSummary.of(MeasuredSamples.data(samples, "paper"), SummarySettings.usual())
                .curve(view(Measure.LOG_ODDS));
        assertThat(odds.low()[1]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(odds.p()[1]).as("no bound of p without bounds").isEqualTo(1);
        assertThat(odds.low()[3]).as("all alike").isCloseTo(-1, within(1e-6));
        assertThat(odds.statistics().lowAll()[3]).as("others may be otherwise").isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(odds.statistics().highAll()[3]).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(odds.statistics().highAll()[0]).as("the cut reaches nothing").isZero();
        assertThat(odds.significant()).containsOnly(false);
    }

    @Test
    void whatTellsNoMeasuresIsLeftOut() {
        double[] curve = {0.9, 0.1, 0.9, 0.9};
        DatasetSummary summary = summary(
                MeasuredSamples.sample(100, 0.9, Map.of(IMAGE, curve), Optional.empty()),
                sample(101, 0.9, false),
                sample(102, 0.4, true));
        assertThat(summary.curve(Group.all(), IMAGE, Metric.PRODUCT, Clipping.NONE)
                        .n())
                .isEqualTo(22);
        assertThat(summary.curve(view(Measure.LOG_ODDS)).n()).isEqualTo(21);
        assertThat(summary.curve(view(Measure.FLIP)).n())
                .as("nor what greedy decoding does not say")
                .isEqualTo(20);
        assertThat(summary.data().unmeasured()).isEqualTo(1);
        assertThat(summary.data().notGreedy()).isEqualTo(1);
    }

    @Test
    void oldJournalsHaveChangeAlone() {
        TracedSample old = MeasuredSamples.sample(1, 0.9, Map.of(IMAGE, new double[4]), Optional.empty());
        DatasetSummary summary =
                DatasetSummary.of(MeasuredSamples.data(List.of(old), "paper"), SummarySettings.usual());
        assertThat(summary.find(view(Measure.FLIP))).isEmpty();
        assertThat(summary.find(view(Measure.LOG_ODDS))).isEmpty();
        assertThat(summary.find(view(Measure.CHANGE))).isPresent();
    }

    @Test
    void onlyChangeHasMetrics() {
        assertThatThrownBy(() -> new CurveView(Group.all(), IMAGE, true, Measure.FLIP, Metric.LENGTH_NORMALISED, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CurveView(Group.all(), IMAGE, true, Measure.FLIP, Metric.PRODUCT, true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
