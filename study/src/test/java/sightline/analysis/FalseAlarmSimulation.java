package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.dataset.Dataset;
import sightline.knockout.AnswerMeasures;
import sightline.run.Control;

/**
 * How often the picture's worth is called significant where it makes no difference which picture is shown, by the way that
 * reports take: groups, clusters, flips, Holm, least size. No part of the usual run, as its name says to surefire;
 * docs/statistics.md has the command and the table that it prints.
 */
class FalseAlarmSimulation {
    private static final int STUDIES = 1000;
    /** What a rate of 5 % out of all studies and categories may differ by chance. */
    private static final double CHANCE = 0.005;
    /** Of the logarithms of log-probabilities: a long tail to one side. */
    private static final double SKEW = 0.8;

    private static final SummarySettings SETTINGS = SummarySettings.of(0, Metric.PRODUCT, Clipping.NONE);

    /** A category of the demo: its samples, and the pictures that these are of. */
    private record Shape(String category, int samples, int pictures) {}

    private static final Map<Dataset, List<Shape>> DEMO = Map.of(
            Dataset.VQAV2,
            List.of(new Shape("yes_no", 88, 70), new Shape("number", 33, 30), new Shape("other", 99, 74)),
            Dataset.VISUAL7W,
            List.of(
                    new Shape("what", 108, 80),
                    new Shape("where", 38, 36),
                    new Shape("when", 13, 13),
                    new Shape("who", 30, 30),
                    new Shape("how", 21, 19)),
            Dataset.DOCVQA,
            List.of(
                    new Shape("table/list", 44, 30),
                    new Shape("others", 22, 22),
                    new Shape("layout", 51, 48),
                    new Shape("form", 44, 39),
                    new Shape("Yes/No", 12, 11),
                    new Shape("free_text", 13, 12),
                    new Shape("handwritten", 33, 28)));

    /** Pictures in the circle in which each has the next one as its partner, and what each alone does to answers. */
    private static TracedDataset nothing(Dataset dataset, double share, Random random) {
        List<Shape> shapes = DEMO.get(dataset);
        int pictures = shapes.stream().mapToInt(Shape::pictures).max().orElseThrow();
        double[] effect = new double[pictures];
        Arrays.setAll(effect, picture -> random.nextGaussian());
        List<Integer> all = new ArrayList<>();
        for (int picture = 0; picture < pictures; picture++) {
            all.add(picture);
        }
        List<TracedSample> samples = new ArrayList<>();
        for (Shape shape : shapes) {
            Collections.shuffle(all, random);
            for (int i = 0; i < shape.samples(); i++) {
                int picture = all.get(i % shape.pictures());
                double own = logP(effect[picture], share, random);
                double other = logP(effect[(picture + 1) % pictures], share, random);
                samples.add(sample(samples.size(), shape.category(), picture, own, other));
            }
        }
        return new TracedDataset(dataset, dataset.title(), 4, List.of(1), Map.of(), samples, 0, Optional.empty());
    }

    /** @param share of its spread that is the picture's, the same for all questions about it */
    private static double logP(double picture, double share, Random random) {
        return -3 * Math.exp(SKEW * (Math.sqrt(share) * picture + Math.sqrt(1 - share) * random.nextGaussian()));
    }

    private static TracedSample sample(int id, String category, int picture, double own, double other) {
        return new TracedSample(
                id,
                List.of(category),
                "picture" + picture + "_1.png",
                "q",
                "a",
                1,
                Math.exp(own),
                Map.of(),
                Optional.of(new SampleMeasures(
                        new AnswerMeasures(1, own, AnswerMeasures.logOdds(own), 1, 1, 1, false, 0), Map.of(), false)),
                new SampleAdditions(
                        Map.of(),
                        Map.of(Control.SWAP, new AnswerNumbers(Math.exp(other), other, AnswerMeasures.logOdds(other))),
                        Map.of()));
    }

    /** Whether each group's worth is found, all samples first. */
    private static List<PictureWorth> study(Dataset dataset, double share, long seed) {
        TracedDataset data = nothing(dataset, share, new Random(seed));
        DatasetSummary summary = DatasetSummary.of(data, SETTINGS);
        return summary.groups().stream()
                .map(group -> summary.additions(group).pictures().get(0))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3})
    void thePicturesWorthWhereThereIsNone(double share) {
        System.out.println("| the picture's share | dataset | category | samples | clusters | significant |");
        System.out.println("|---|---|---|---|---|---|");
        long alarms = 0;
        long tests = 0;
        for (Dataset dataset : List.of(Dataset.VQAV2, Dataset.VISUAL7W, Dataset.DOCVQA)) {
            List<Group> groups = DatasetSummary.of(nothing(dataset, share, new Random(0)), SETTINGS)
                    .groups();
            List<List<PictureWorth>> studies = LongStream.range(0, STUDIES)
                    .parallel()
                    .mapToObj(seed -> study(dataset, share, seed))
                    .toList();
            for (int g = 0; g < groups.size(); g++) {
                int group = g;
                long significant = studies.stream()
                        .filter(study -> study.get(group).significant())
                        .count();
                PictureWorth one = studies.get(0).get(g);
                System.out.printf(
                        Locale.ROOT,
                        "| %.1f | %s | %s | %d | %d | %.1f %% |%n",
                        share,
                        dataset,
                        groups.get(g).label(),
                        one.n(),
                        one.clusters(),
                        100.0 * significant / STUDIES);
                alarms += g == 0 ? 0 : significant;
                tests += g == 0 ? 0 : STUDIES;
            }
        }
        System.out.printf(Locale.ROOT, "categories: %,d of %,d, %.2f %%%n", alarms, tests, 100.0 * alarms / tests);
        assertThat(alarms / (double) tests).isLessThan(0.05 + CHANCE);
    }
}
