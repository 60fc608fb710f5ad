package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class StabilityTest {
    private static final CurveKey IMAGE = MeasuredSamples.IMAGE;
    private static final CurveKey QUESTION = MeasuredSamples.QUESTION;
    private static final CurveKey IMAGE_ZERO = new CurveKey("image_to_last", 1, "zero");
    private static final CurveKey QUESTION_ZERO = new CurveKey("question_to_last", 1, "zero");
    private static final double CLOSE = 0.01;

    private static DatasetSummary summary(IntFunction<TracedSample> sample, SummarySettings settings) {
        List<TracedSample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(sample.apply(i));
        }
        return DatasetSummary.of(MeasuredSamples.data(samples, "paper", "zero"), settings);
    }

    /** What is left of p around each layer; samples differ by a point. */
    private static double[] left(int i, double p, double... shares) {
        double[] curve = new double[shares.length];
        for (int layer = 0; layer < curve.length; layer++) {
            double noise = shares[layer] == 1 ? 0 : i % 2 == 0 ? 0.01 : -0.01;
            curve[layer] = p * (shares[layer] + noise);
        }
        return curve;
    }

    private static TracedSample twoMaskings(int i) {
        double p = i < 4 ? 0.6 : 0.95; // the former are below the threshold 0.9
        return MeasuredSamples.sample(
                i,
                p,
                Map.of(
                        IMAGE, left(i, p, 1, 0.5, 1, 0.9),
                        IMAGE_ZERO, left(i, p, 1, 1.04, 1, 0.2),
                        QUESTION, left(i, p, 0.8, 1, 1, 1),
                        QUESTION_ZERO, left(i, p, 0.1, 1, 1, 1)),
                Optional.empty());
    }

    @Test
    void tellsWhatDependsOnAMasking() {
        Stability stability = summary(StabilityTest::twoMaskings, SummarySettings.usual())
                .stability()
                .orElseThrow();
        assertThat(stability.usual()).isEqualTo(new GridSetting(Measure.CHANGE, 0.5, Clipping.NONE, 1, "paper"));
        assertThat(stability.pathways())
                .extracting(PathwayStability::pathway)
                .containsExactly("image_to_last", "question_to_last");

        PathwayStability image = stability.pathways().get(0);
        assertThat(image.settings()).as("3 thresholds, 2 clippings, 2 maskings").isEqualTo(12);
        assertThat(image.layer()).isEqualTo(1);
        assertThat(image.overlap()).as("the other five of paper, none of zero").isCloseTo(5 / 11.0, within(1e-12));
        assertThat(image.firstLayer()).isEqualTo(1);
        assertThat(image.lastLayer()).isEqualTo(3);
        assertThat(image.change()).isCloseTo(-50, within(CLOSE));
        assertThat(image.least()).isCloseTo(-80, within(CLOSE));
        assertThat(image.most()).isCloseTo(-50, within(CLOSE));
        assertThat(image.significant()).isEqualTo(1);
        assertThat(image.signChanges())
                .as("+4 % under zero, but where rises count as 0")
                .isEqualTo(3);
        assertThat(image.axis()).contains(GridSetting.Axis.MASKING);
        assertThat(image.axisRange()).isCloseTo(30, within(CLOSE));

        PathwayStability question = stability.pathways().get(1);
        assertThat(question.overlap()).isEqualTo(1);
        assertThat(question.axisRange()).isCloseTo(70, within(CLOSE));
        assertThat(stability.order())
                .as("as usual in paper, reversed in zero")
                .isCloseTo((5 - 6) / 11.0, within(1e-12));
    }

    @Test
    void comparesMeasures() {
        IntFunction<TracedSample> sample = i -> MeasuredSamples.sample(
                i,
                0.95,
                Map.of(IMAGE, left(i, 0.95, 1, 0.5, 1, 0.9)),
                Optional.of(MeasuredSamples.measures(
                        true,
                        IMAGE,
                        MeasuredSamples.answer(1.1, false),
                        MeasuredSamples.answer(0.6, i % 5 < 3),
                        MeasuredSamples.answer(1.1, false),
                        MeasuredSamples.answer(0.1, false))));
        Stability stability =
                summary(sample, SummarySettings.usual()).stability().orElseThrow();
        PathwayStability image = stability.pathways().get(0);
        assertThat(image.settings())
                .as("3 thresholds; change twice, flips, log-odds")
                .isEqualTo(12);
        assertThat(image.overlap()).as("not in log-odds").isCloseTo((5 + 3) / 11.0, within(1e-12));
        assertThat(image.least()).as("of change alone").isCloseTo(-50, within(CLOSE));
        assertThat(stability.order()).as("of one pathway").isNaN();
    }

    @Test
    void aClippingThatChangesNothingForAPathwayCountsOnce() {
        DatasetSummary summary =
                summary(StabilityTest::twoMaskings, SummarySettings.of(0.5, Metric.PRODUCT, Clipping.PUBLISHED));
        assertThat(summary.stability().orElseThrow().pathways())
                .extracting(PathwayStability::settings)
                .containsExactly(12, 12);
    }

    @Test
    void littleIsNoWindow() {
        IntFunction<TracedSample> sample =
                i -> MeasuredSamples.sample(i, 0.95, Map.of(IMAGE, left(i, 0.95, 1, 0.99, 1, 1)), Optional.empty());
        PathwayStability image = summary(sample, SummarySettings.usual())
                .stability()
                .orElseThrow()
                .pathways()
                .get(0);
        assertThat(image.layer()).isEqualTo(-1);
        assertThat(image.firstLayer()).isEqualTo(-1);
        assertThat(image.overlap()).isNaN();
        assertThat(image.significant()).isZero();
        assertThat(image.change()).isCloseTo(-1, within(CLOSE));
    }

    @Test
    void fewSettingsMakeNoTable() {
        IntFunction<TracedSample> unlikely =
                i -> MeasuredSamples.sample(i, 0.3, Map.of(IMAGE, left(i, 0.3, 1, 0.5, 1, 0.9)), Optional.empty());
        assertThat(summary(unlikely, SummarySettings.of(0, Metric.PRODUCT, Clipping.NONE))
                        .stability())
                .as("two clippings, and no sample above 0.5")
                .isEmpty();
        assertThat(summary(unlikely, SummarySettings.usual()).stability()).isEmpty();
    }

    @Test
    void roundingIsNoAxis() {
        IntFunction<TracedSample> sample = i -> MeasuredSamples.sample(
                i,
                0.95,
                Map.of(
                        IMAGE, left(i, 0.95, 1, 0.5, 1, 0.9),
                        IMAGE_ZERO, left(i, 0.95 * (1 + 1e-14), 1, 0.5, 1, 0.9)),
                Optional.empty());
        PathwayStability image = summary(sample, SummarySettings.usual())
                .stability()
                .orElseThrow()
                .pathways()
                .get(0);
        assertThat(image.axis()).isEmpty();
        assertThat(image.axisRange()).isZero();
    }
}
