package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.run.KnownPathways;
import sightline.statistics.Bounds;
import sightline.statistics.IntervalKind;

/** What curves say of themselves, from samples whose truth is known. */
class CurveStatisticsTest {
    private static final CurveKey IMAGE = new CurveKey("image_to_last", 1, "paper");
    private static final CurveKey QUESTION = new CurveKey("question_to_last", 1, "paper");

    /** 3 questions a picture; cutting the image in layer 3 takes about 30 %, cutting the question changes nothing clear. */
    private static TracedDataset data(Dataset dataset, int samples, boolean images) {
        Random random = new Random(5);
        List<TracedSample> all = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            Map<CurveKey, double[]> curves = new LinkedHashMap<>();
            double p = 0.8;
            double loss = 0.3 + 0.1 * random.nextGaussian();
            curves.put(IMAGE, new double[] {p, p * (1 - 0.02 * random.nextDouble()), p, p * (1 - loss)});
            double noise = 0.01 * random.nextGaussian();
            curves.put(QUESTION, new double[] {p * (1 + noise), p, p * (1 - noise), p});
            String image = images ? "doc" + i / 6 + "_" + i / 3 % 2 + ".png" : "";
            all.add(new TracedSample(i, List.of("form"), image, "q", "a", 1, p, curves));
        }
        return new TracedDataset(
                dataset,
                "x",
                4,
                List.of(1, 3),
                TracedDataset.byName(List.of(
                        KnownPathways.named("image_to_last", List.of("paper"), 4, List.of(1, 3)),
                        KnownPathways.named("question_to_last", List.of("paper"), 4, List.of(1, 3)))),
                all,
                0,
                Optional.empty());
    }

    private static SummarySettings by(Clustering clustering) {
        return SummarySettings.usual().with(Optional.of(clustering), IntervalKind.STUDENTISED);
    }

    private static MeanCurve curve(DatasetSummary summary, CurveKey key) {
        return summary.curve(Group.all(), key, Metric.PRODUCT, Clipping.NONE);
    }

    @Test
    void whatIsClearIsSignificantAndWhatIsSmallIsNot() {
        DatasetSummary summary = DatasetSummary.of(data(Dataset.VISUAL7W, 300, true), SummarySettings.usual());
        MeanCurve image = curve(summary, IMAGE);
        assertThat(image.n()).isEqualTo(300);
        assertThat(image.clusters()).isEqualTo(100);
        assertThat(image.mean()[0]).as("nothing changes").isZero();
        assertThat(image.significant()).containsExactly(false, false, false, true);
        assertThat(image.statistics().p()[1]).as("sure, but less than 3 %").isLessThan(0.01);
        assertThat(image.statistics().p()[0]).isEqualTo(1);
        assertThat(image.pHolm()).isCloseTo(2 / 2000.0, within(1e-12));
        assertThat(image.low()[3])
                .isLessThan(image.mean()[3])
                .isGreaterThan(image.statistics().lowAll()[3]);
        assertThat(image.worst()).isEqualTo(3);
        assertThat(image.statistics().agree()).containsExactly(0, 0, 0, 1);
        assertThat(image.effect().orElseThrow().half()).isBetween(0.0, 0.1);
        assertThat(image.effect().orElseThrow().standardised()).isLessThan(-3);
        assertThat(image.detectable(3)).isBetween(1.0, 5.0);
        MeanCurve question = curve(summary, QUESTION);
        assertThat(question.significant()).containsExactly(false, false, false, false);
    }

    @Test
    void aWindowThatFallsLittleIsNoHarm() {
        DatasetSummary summary = DatasetSummary.of(data(Dataset.VISUAL7W, 300, true), SummarySettings.usual());
        assertThat(HarmfulWindow.of(summary, Group.all(), QUESTION, Metric.PRODUCT, Clipping.NONE))
                .isEmpty();
        HarmfulWindow window = HarmfulWindow.of(summary, Group.all(), IMAGE, Metric.PRODUCT, Clipping.NONE)
                .orElseThrow();
        MeanCurve curve = curve(summary, IMAGE);
        assertThat(window.low()).isEqualTo(curve.statistics().lowAll()[3]);
        assertThat(window.high()).isEqualTo(curve.statistics().highAll()[3]);
        assertThat(window.agree()).isEqualTo(1);
        assertThat(window.significant()).isTrue();
    }

    @Test
    void clustersArePicturesOrDocumentsAsTheDatasetHasThem() {
        TracedDataset docvqa = data(Dataset.DOCVQA, 300, true);
        assertThat(curve(DatasetSummary.of(docvqa, SummarySettings.usual()), IMAGE)
                        .clusters())
                .isEqualTo(50);
        assertThat(curve(DatasetSummary.of(docvqa, by(Clustering.IMAGE)), IMAGE).clusters())
                .isEqualTo(100);
        DatasetSummary none = DatasetSummary.of(docvqa, by(Clustering.NONE));
        assertThat(curve(none, IMAGE).clusters()).isEqualTo(300);
        assertThat(curve(none, IMAGE).designEffect()[3]).isCloseTo(1, within(1e-12));
        TracedDataset untold = data(Dataset.DOCVQA, 300, false);
        assertThat(DatasetSummary.of(untold, SummarySettings.usual()).clustering())
                .isEqualTo(Clustering.NONE);
        assertThatThrownBy(() -> DatasetSummary.of(untold, by(Clustering.DOCUMENT)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("do not tell the samples' pictures");
        TracedDataset visual7w = data(Dataset.VISUAL7W, 300, true);
        assertThatThrownBy(() -> DatasetSummary.of(visual7w, by(Clustering.DOCUMENT)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has none");
    }

    @Test
    void fewPicturesHaveNoBand() {
        DatasetSummary summary = DatasetSummary.of(data(Dataset.VISUAL7W, 27, true), SummarySettings.usual());
        MeanCurve curve = curve(summary, IMAGE);
        assertThat(curve.clusters()).isEqualTo(9);
        assertThat(curve.low()).containsOnly(Double.NaN);
        assertThat(curve.significant()).containsOnly(false);
        assertThat(curve.pHolm()).isEqualTo(1);
    }

    @Test
    void boundsAreTheMeasures() {
        assertThat(Measure.CHANGE.bounds(0.5, false)).isEqualTo(new Bounds(-100, 100));
        assertThat(Measure.CHANGE.bounds(0.5, true)).isEqualTo(new Bounds(-100, 0));
        assertThat(Measure.CHANGE.bounds(0, false)).isEqualTo(new Bounds(-100, Double.POSITIVE_INFINITY));
        assertThat(Measure.FLIP.bounds(0.5, false)).isEqualTo(new Bounds(0, 1));
        assertThat(Measure.LOG_ODDS.bounds(0.5, false)).isEqualTo(Bounds.NONE);
        assertThat(Measure.LOG_ODDS.bounds(0.5, true).high()).isZero();
        assertThat(Measure.FLIP.least()).isEqualTo(0.03);
        assertThat(Measure.LOG_ODDS).hasToString("log_odds");
        assertThat(Measure.CHANGE.unit()).isEqualTo("%");
    }
}
