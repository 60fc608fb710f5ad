package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.run.InterventionFacts;
import sightline.run.KnownPathways;
import sightline.run.RunFolders;

class DatasetSummaryTest {
    private static final CurveKey IMAGE = new CurveKey("image_to_last", 1, "paper");
    private static final CurveKey QUESTION = new CurveKey("question_to_last", 1, "paper");

    @TempDir
    Path folder;

    private static TracedSample sample(long id, List<String> categories, int tokens, double p, double... image) {
        return new TracedSample(id, categories, "", "q", "a", tokens, p, Map.of(IMAGE, image, QUESTION, new double[4]));
    }

    private static TracedDataset data(Dataset dataset, List<Integer> crossing, List<TracedSample> samples) {
        List<InterventionFacts> interventions = Stream.of(IMAGE, QUESTION)
                .map(key -> KnownPathways.named(key.pathway(), List.of("paper"), 4, crossing))
                .toList();
        return new TracedDataset(
                dataset, "x", 4, crossing, TracedDataset.byName(interventions), samples, 0, Optional.empty());
    }

    private static DatasetSummary summary(Dataset dataset, TracedSample... samples) {
        TracedDataset data = data(dataset, List.of(1, 3), List.of(samples));
        return DatasetSummary.of(data, SummarySettings.usual());
    }

    @Test
    void changesAreThoseOfTheMethod() {
        double p = 0.64;
        double q = p + 1e-5;
        DatasetSummary summary = summary(
                Dataset.DOCVQA,
                sample(1, List.of("form"), 2, p, 0.64, 0.16, 0.64, 1.0),
                sample(2, List.of("form", "layout"), 1, 0.4, 0.4, 0.1, 0.4, 0.1));

        double[] product = summary.curve(Group.of("form"), IMAGE, Metric.PRODUCT, Clipping.NONE)
                .published();
        assertThat(product[0]).isCloseTo((p - q) / q * 100, within(1e-12));
        assertThat(product[1]).isCloseTo((0.16 - q) / q * 100, within(1e-12));
        assertThat(product[3]).isCloseTo((1 - q) / q * 100, within(1e-12)).isPositive();

        double[] centred = summary.curve(Group.of("form"), IMAGE, Metric.PRODUCT, Clipping.NONE)
                .mean();
        assertThat(centred[0]).as("what changes nothing").isEqualTo(0);
        assertThat(centred[1]).isCloseTo((0.16 - p) / q * 100, within(1e-12));

        double root = 0.8 + 1e-5;
        double[] normalised = summary.curve(Group.of("form"), IMAGE, Metric.LENGTH_NORMALISED, Clipping.NONE)
                .published();
        assertThat(normalised[1]).isCloseTo((0.4 - root) / root * 100, within(1e-12));

        assertThat(summary.curve(Group.of("form"), IMAGE, Metric.PRODUCT, Clipping.ALL)
                        .published()[3])
                .isZero();
        assertThat(summary.curve(Group.of("form"), IMAGE, Metric.PRODUCT, Clipping.PUBLISHED)
                        .published()[3])
                .isZero();
        assertThat(Clipping.PUBLISHED.clips(Dataset.DOCVQA, "question_to_last")).isFalse();
        assertThat(Clipping.PUBLISHED.clips(Dataset.VQAV2, "question_to_last")).isTrue();
        assertThat(Clipping.PUBLISHED.clips(Dataset.VISUAL7W, "image_to_last")).isFalse();
    }

    @Test
    void theThresholdLeavesOutUncertainAnswers() {
        DatasetSummary summary = summary(
                Dataset.DOCVQA,
                sample(1, List.of("form"), 1, 0.49999, 0, 0, 0, 0),
                sample(2, List.of("form"), 1, 0.499989, 0, 0, 0, 0),
                sample(3, List.of("layout"), 1, 0.1, 0, 0, 0, 0));
        assertThat(summary.groups()).containsExactly(Group.all(), Group.of("layout"), Group.of("form"));
        assertThat(summary.curve(Group.of("form"), IMAGE, Metric.PRODUCT, Clipping.NONE)
                        .n())
                .isEqualTo(1);
        assertThat(summary.curve(Group.of("layout"), IMAGE, Metric.PRODUCT, Clipping.NONE)
                        .n())
                .isZero();
        assertThat(summary.curve(new CurveView(Group.of("form"), IMAGE, false, Metric.PRODUCT, false))
                        .n())
                .isEqualTo(2);
        assertThat(summary.curve(new CurveView(Group.all(), IMAGE, false, Metric.PRODUCT, false))
                        .n())
                .isEqualTo(3);
    }

    @Test
    void aSampleOfTwoCategoriesCountsOnceAmongAll() {
        DatasetSummary summary = summary(
                Dataset.DOCVQA,
                sample(1, List.of("form", "layout"), 1, 1, 0, 0, 0, 0),
                sample(2, List.of("form"), 1, 1, 1, 1, 1, 1));
        MeanCurve all = summary.curve(Group.all(), IMAGE, Metric.PRODUCT, Clipping.NONE);
        assertThat(all.n()).isEqualTo(2);
        assertThat(all.mean()[0]).isCloseTo(-50, within(1e-3));
    }

    @Test
    void aCategoryOfThatNameIsNotAllSamples() {
        DatasetSummary summary = summary(
                Dataset.DOCVQA,
                sample(1, List.of("all categories"), 1, 1, 0, 0, 0, 0),
                sample(2, List.of("form"), 1, 1, 1, 1, 1, 1));
        assertThat(summary.groups())
                .containsExactly(Group.all(), Group.of("form"), Group.of("all categories"))
                .doesNotHaveDuplicates();
        assertThat(summary.curve(Group.all(), IMAGE, Metric.PRODUCT, Clipping.NONE)
                        .n())
                .isEqualTo(2);
        MeanCurve named = summary.curve(Group.of("all categories"), IMAGE, Metric.PRODUCT, Clipping.NONE);
        assertThat(named.n()).isEqualTo(1);
        assertThat(named.mean()[0]).isCloseTo(-100, within(1e-3));
        assertThat(summary.samples(Group.of("all categories"), false)).hasSize(1);
        assertThat(summary.groups()).extracting(Group::label).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Group.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lowestIsMidwayOnFlatStretchesAndOnlyWhereTheWindowActs() {
        TracedDataset data = summary(Dataset.DOCVQA, sample(1, List.of("form"), 1, 1, 0, 0, 0, 0))
                .data();
        assertThat(HarmfulWindow.lowest(data, IMAGE, new double[] {-90, -5, -90, -6}))
                .isEqualTo(3);
        assertThat(HarmfulWindow.lowest(data, QUESTION, new double[] {-5, -90, -6, -90}))
                .isEqualTo(2);
        CurveKey wide = new CurveKey("question_to_last", 3, "paper");
        assertThat(HarmfulWindow.lowest(data, wide, new double[] {-5, -7, -7 - 1e-12, -7}))
                .isEqualTo(2);
        CurveKey nowhere = new CurveKey("image_to_last", 1, "paper");
        TracedDataset blind = data(Dataset.DOCVQA, List.of(), data.samples());
        assertThat(HarmfulWindow.lowest(blind, nowhere, new double[4])).isEqualTo(-1);
    }

    /** Workers finish samples in any order; the bands of a report must not depend on it. */
    @Test
    void theOrderOfTheJournalDoesNotMatter() throws IOException {
        Path run = RunFolders.write(folder.resolve("a"), Dataset.VISUAL7W, 20, List.of(3), 60, 60);
        MeanCurve one = curve(run);
        Path journal = run.resolve("samples.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        Collections.reverse(lines);
        Files.write(journal, lines);

        MeanCurve other = curve(run);

        assertThat(other.low()).containsExactly(one.low());
        assertThat(other.high()).containsExactly(one.high());
        assertThat(other.mean()).containsExactly(one.mean());
    }

    private static MeanCurve curve(Path run) {
        DatasetSummary summary = DatasetSummary.of(RunResults.read(List.of(run)).get(0), SummarySettings.usual());
        return summary.curve(Group.all(), new CurveKey("image_to_last", 3, "paper"), Metric.PRODUCT, Clipping.NONE);
    }

    @Test
    void fromARunFolder() {
        Path run = RunFolders.write(folder.resolve("a"), Dataset.VISUAL7W, 20, List.of(3), 60, 60);
        TracedDataset data = RunResults.read(List.of(run)).get(0);
        assertThat(data.samples()).hasSize(60);
        assertThat(data.samples().get(2).tokens()).isEqualTo(3);
        assertThat(data.categories()).isEqualTo(Dataset.VISUAL7W.categories());
        DatasetSummary summary = DatasetSummary.of(data, SummarySettings.usual());
        CurveKey key = new CurveKey("image_to_last", 3, "paper");
        MeanCurve curve = summary.curve(Group.all(), key, Metric.PRODUCT, Clipping.NONE);
        assertThat(curve.n()).isEqualTo(54); // every tenth answer is below 0.5
        for (int layer = 0; layer < 20; layer++) {
            assertThat(curve.low()[layer]).isLessThanOrEqualTo(curve.mean()[layer]);
            assertThat(curve.high()[layer]).isGreaterThanOrEqualTo(curve.mean()[layer]);
        }
        double byHand = data.samples().stream()
                .filter(sample -> sample.kept(0.5))
                .mapToDouble(
                        sample -> Change.percent(sample.curves().get(key)[13], Change.reference(sample.probability())))
                .average()
                .orElseThrow();
        assertThat(curve.published()[13]).isCloseTo(byHand, within(1e-9)).isLessThan(-5);
        assertThat(curve.mean()[13]).isCloseTo(byHand, within(0.003));
        assertThat(curve.clusters()).as("three questions a picture").isEqualTo(20);
        HarmfulWindow worst = HarmfulWindow.of(summary, Group.all(), key, Metric.PRODUCT, Clipping.NONE)
                .orElseThrow();
        assertThat(worst.window().holds(13)).isTrue();
        assertThat(worst.change()).isEqualTo(Arrays.stream(curve.mean()).min().getAsDouble(), within(1e-9));
        double lowest = data.categories().stream()
                .mapToDouble(category -> summary.curve(Group.of(category), key, Metric.PRODUCT, Clipping.NONE)
                        .mean()[worst.layer()])
                .min()
                .orElseThrow();
        assertThat(worst.worstChange()).isEqualTo(lowest).isLessThan(worst.change());
        assertThat(summary.curve(Group.of(worst.worstCategory().orElseThrow()), key, Metric.PRODUCT, Clipping.NONE)
                        .mean()[worst.layer()])
                .isEqualTo(lowest);
    }
}
