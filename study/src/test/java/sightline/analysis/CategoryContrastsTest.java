package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Differences between categories, from samples whose truth is known. */
class CategoryContrastsTest {
    private static final SummarySettings SETTINGS = SummarySettings.usual();

    /** "what" loses 40 % in layer 3 and "where" 10 %; "who" loses as "where" does; "why" has nine pictures. */
    private static TracedDataset data() {
        Random noise = new Random(11);
        List<TracedSample> samples = new ArrayList<>();
        for (int i = 0; i < 129; i++) {
            String category = i < 120 ? List.of("what", "where", "who").get(i % 3) : "why";
            double mean = category.equals("what") ? -0.4 : -0.1;
            samples.add(sample(i, List.of(category), mean + 0.1 * noise.nextGaussian()));
        }
        return MeasuredSamples.data(samples, "paper");
    }

    private static TracedSample sample(int i, List<String> categories, double change) {
        double p = 0.8;
        double[] curve = {p, p, p, p * (1 + change)};
        Map<CurveKey, double[]> curves = Map.of(MeasuredSamples.IMAGE, curve);
        return new TracedSample(i, categories, i / 3 + ".png", "q", "a", 1, p, curves);
    }

    @Test
    void findsTheCategoryThatDiffers() {
        DatasetSummary summary = DatasetSummary.of(data(), SETTINGS);
        List<CategoryContrast> all = summary.contrasts();
        assertThat(all)
                .as("none of nine samples on three pictures")
                .extracting(one -> one.category() + " " + one.other())
                .containsExactly("what where", "what who", "where who");
        CategoryContrast first = all.get(0);
        double expected = mean(summary, "what") - mean(summary, "where");
        assertThat(first.difference()[3]).isCloseTo(expected, within(1e-9));
        assertThat(first.n()).isEqualTo(40);
        assertThat(first.clusters()).as("all questions of a picture").isEqualTo(40);
        assertThat(first.strongest()).isEqualTo(3);
        assertThat(first.significant(3)).isTrue();
        assertThat(first.significant(1)).as("nothing changes there").isFalse();
        assertThat(first.statistics().highAll()[3]).isLessThan(0).isGreaterThan(first.difference()[3]);
        assertThat(first.clustersNeeded(3)).isCloseTo(40 * Math.pow(first.detectable(3) / 3, 2), within(1e-9));
        assertThat(all.get(2).significant(3)).isFalse();
        assertThat(all.get(2).pHolm()).isGreaterThan(0.05);
    }

    private static double mean(DatasetSummary summary, String category) {
        return summary.curve(Group.of(category), MeasuredSamples.IMAGE, Metric.PRODUCT, Clipping.NONE)
                .mean()[3];
    }

    /** Samples that are in both categories alike differ by nothing, and without spread. */
    @Test
    void aSampleInBothCountsInBoth() {
        Random noise = new Random(12);
        List<TracedSample> samples = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            samples.add(sample(i, List.of("what", "where"), -0.3 + 0.1 * noise.nextGaussian()));
        }
        DatasetSummary summary = DatasetSummary.of(MeasuredSamples.data(samples, "paper"), SETTINGS);
        CategoryContrast contrast = summary.contrasts().get(0);
        assertThat(contrast.difference()[3]).isCloseTo(0, within(1e-9));
        assertThat(contrast.error()[3]).isCloseTo(0, within(1e-9));
        assertThat(contrast.significant(3)).isFalse();
    }

    @Test
    void thereAreNoneWithoutCategoriesOrCuts() {
        List<TracedSample> one = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            one.add(sample(i, List.of("what"), -0.3));
        }
        assertThat(DatasetSummary.of(MeasuredSamples.data(one, "paper"), SETTINGS)
                        .contrasts())
                .isEmpty();
        TracedSample bare = new TracedSample(
                1, List.of("what"), "1.png", "q", "a", 1, 0.8, Map.of(), Optional.empty(), SampleAdditions.NONE);
        assertThat(DatasetSummary.of(MeasuredSamples.data(List.of(bare), "paper"), SETTINGS)
                        .contrasts())
                .isEmpty();
    }
}
