package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;
import sightline.run.KnownPathways;

/** Numbers of a second implementation (Python, from docs/statistics.md alone): seeds, draws, bands, simultaneous tests. */
class RepeatedElsewhereTest {
    private static final CurveKey TEXT = new CurveKey("question_text_to_last", 1, "zero");
    private static final double CLOSE = 1e-9;

    /** Two questions a picture, 24 pictures. */
    private static TracedDataset data(int pathways) {
        List<TracedSample> all = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            double p = 0.8;
            double[] own = {p * (1 + (i * 3 % 7 - 3) / 40.0), p, p * (1 - (i * 7 % 11 - 5) / 50.0), p};
            double[] random = {p, p, p * (1 - (i * 5 % 13 - 7) / 60.0), p};
            Map<CurveKey, double[]> curves = new LinkedHashMap<>();
            curves.put(TEXT, own);
            for (int other = 1; other < pathways; other++) {
                curves.put(new CurveKey(name(other), 1, "zero"), new double[] {p, p, p * (0.5 - i % 3 / 100.0), p});
            }
            SampleAdditions additions = new SampleAdditions(Map.of(), Map.of(), Map.of(TEXT, random));
            String image = (char) ('a' + i / 2) + ".png";
            all.add(new TracedSample(i, List.of("form"), image, "q", "a", 1, p, curves, Optional.empty(), additions));
        }
        return new TracedDataset(
                Dataset.VISUAL7W,
                "x",
                4,
                List.of(1, 3),
                TracedDataset.byName(all.get(0).curves().keySet().stream()
                        .map(key -> KnownPathways.named(key.pathway(), List.of("zero"), 4, List.of(1, 3)))
                        .toList()),
                all,
                0,
                Optional.empty());
    }

    private static String name(int other) {
        List<String> sets = List.of("question", "choices", "instruction", "template", "image_token");
        return sets.get(other / 5) + "_to_" + sets.get(other % 5);
    }

    private static MeanCurve curve(Group group, CurveKey key, int pathways) {
        return DatasetSummary.of(data(pathways), SummarySettings.usual())
                .curve(group, key, Metric.PRODUCT, Clipping.NONE);
    }

    @Test
    void allSamples() {
        MeanCurve curve = curve(Group.all(), TEXT, 1);
        assertThat(curve.low())
                .containsExactly(new double[] {-1.0502357908984832, 0, -1.4744319067245082, 0}, within(CLOSE));
        assertThat(curve.high())
                .containsExactly(new double[] {1.02206614138772, 0, 1.4548797283521928, 0}, within(CLOSE));
        assertThat(curve.statistics().critical()).isCloseTo(2.3322077343673446, within(CLOSE));
        assertThat(curve.statistics().p()).containsExactly(0.991, 1, 0.998, 1);
        assertThat(curve.p()).as("sign flips").containsExactly(1, 1, 0.2004, 1);
    }

    @Test
    void aCategoryHasDrawsOfItsOwn() {
        MeanCurve curve = curve(Group.of("form"), TEXT, 1);
        assertThat(curve.low())
                .containsExactly(new double[] {-1.1015835186330787, 0, -1.419555933832861, 0}, within(CLOSE));
        assertThat(curve.statistics().critical()).isCloseTo(2.489067131415699, within(CLOSE));
        assertThat(curve.p()).containsExactly(1, 1, 0.1972, 1);
    }

    @Test
    void manyPathwaysAreResampledMoreOften() {
        MeanCurve curve = curve(Group.all(), new CurveKey(name(1), 1, "zero"), 25);
        assertThat(curve.statistics().p()[2]).as("2,499 resamples").isEqualTo(1 / 2500.0);
    }

    /** 8 · exp(−2 · 24 · (θ / 200)²): two windows of the curve have no spread, the one that changes nothing and this one. */
    @Test
    void whatDoesNotVaryHasABound() {
        double p = 0.8;
        List<TracedSample> all = data(1).samples().stream()
                .map(sample -> new TracedSample(
                        sample.id(),
                        sample.categories(),
                        sample.image(),
                        "q",
                        "a",
                        1,
                        p,
                        Map.of(MeasuredSamples.IMAGE, new double[] {p, p, p, 0.4 * p})))
                .toList();
        MeanCurve curve = DatasetSummary.of(MeasuredSamples.data(all, "paper"), SummarySettings.usual())
                .curve(Group.all(), MeasuredSamples.IMAGE, Metric.PRODUCT, Clipping.NONE);
        double share = 60 * p / (p + 1e-5) / 200;
        assertThat(curve.p()[3]).isCloseTo(8 * Math.exp(-2 * 24 * share * share), within(CLOSE));
        assertThat(curve.p()[1]).isEqualTo(1);
    }
}
