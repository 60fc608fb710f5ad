package sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.draw.SeededDraws;

/** Every number against those of the reference implementation (numpy): 13 kept samples on 8 pictures, 39 listed resamples. */
class GoldenStatisticsTest {
    private static final JsonNode GOLDEN = golden();
    private static final Offset<Double> CLOSE = within(1e-9);
    /** The golden file has bands and tests of 8 pictures, which a report leaves out. */
    private static final BootstrapRules ALL = new BootstrapRules(IntervalKind.STUDENTISED, 0, 0);

    private static final BootstrapRules PERCENTILE = new BootstrapRules(IntervalKind.PERCENTILE, 0, 0);
    private static final boolean[] NAMED = {true, true, true};
    private static final int[] COLUMNS = {0, 1, 2};

    private static JsonNode golden() {
        try (InputStream in = GoldenStatisticsTest.class.getResourceAsStream("/statistics/stats_golden.json")) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] doubles(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static List<JsonNode> kept(Predicate<JsonNode> which) {
        List<JsonNode> kept = new ArrayList<>();
        for (int i = 0; i < GOLDEN.path("samples").size(); i++) {
            JsonNode sample = GOLDEN.path("samples").path(i);
            if (GOLDEN.path("measures").path(i).path("kept").asBoolean() && which.test(sample)) {
                kept.add(sample);
            }
        }
        return kept;
    }

    private static Clusters clusters() {
        return Clusters.of(kept(sample -> true).stream()
                .map(sample -> sample.path("image").asText())
                .toList());
    }

    private static double[] centred(JsonNode sample, String curve) {
        if (curve.equals("A-B")) {
            double[] a = centred(sample, "A");
            double[] b = centred(sample, "B");
            return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
        }
        for (JsonNode measures : GOLDEN.path("measures")) {
            if (measures.path("id").equals(sample.path("id"))) {
                return doubles(measures.path(curve).path("change_centred"));
            }
        }
        throw new IllegalStateException();
    }

    private static ClusterTable table(String curve, Predicate<JsonNode> which) {
        List<JsonNode> samples = kept(which);
        double[][] rows = samples.stream().map(sample -> centred(sample, curve)).toArray(double[][]::new);
        int[] numbers = clusters()
                .numbers(samples.stream()
                        .map(sample -> sample.path("image").asText())
                        .toList());
        return ClusterTable.of(numbers, clusters().count(), rows);
    }

    private static ClusterTable table(String curve) {
        return table(curve, sample -> true);
    }

    private static boolean in(JsonNode sample, String category) {
        return StreamSupport.stream(sample.path("categories").spliterator(), false)
                .anyMatch(name -> name.asText().equals(category));
    }

    private static Resamples resamples() {
        int[][] drawn = StreamSupport.stream(GOLDEN.path("resamples").spliterator(), false)
                .map(list -> Arrays.stream(doubles(list)).mapToInt(g -> (int) g).toArray())
                .toArray(int[][]::new);
        return Resamples.listed(drawn, 8);
    }

    private static Bounds bounds(String curve) {
        double[] both = doubles(GOLDEN.path("bounds").path(curve.equals("A-B") ? "A-B" : "A,B"));
        return new Bounds(both[0], both[1]);
    }

    private static void intervals(JsonNode golden, double[] low, double[] high) {
        for (int layer = 0; layer < low.length; layer++) {
            assertThat(low[layer]).isCloseTo(golden.path(layer).path(0).doubleValue(), CLOSE);
            assertThat(high[layer]).isCloseTo(golden.path(layer).path(1).doubleValue(), CLOSE);
        }
    }

    @Test
    void clustersAreThePicturesInTheOrderOfTheirNames() {
        JsonNode golden = GOLDEN.path("clusters");
        ClusterTable table = table("A");
        assertThat(table.n()).isEqualTo(golden.path("kept").intValue());
        assertThat(table.counts()).containsExactly(doubles(golden.path("size")));
        List<String> images = StreamSupport.stream(golden.path("images").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(clusters().numbers(images)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "A-B"})
    void meansAndTheirErrors(String curve) {
        JsonNode golden = GOLDEN.path("estimates").path(curve);
        ClusterTable table = table(curve);
        assertThat(table.means()).containsExactly(doubles(golden.path("mean")), CLOSE);
        assertThat(table.errors()).containsExactly(doubles(golden.path("se_cluster")), CLOSE);
        assertThat(table.plainErrors()).containsExactly(doubles(golden.path("se_samples")), CLOSE);
        assertThat(table.designEffects()).containsExactly(doubles(golden.path("design_effect")), CLOSE);
        double[] least = doubles(golden.path("minimum_detectable_effect_80"));
        for (int layer = 0; layer < least.length; layer++) {
            assertThat(DetectableEffect.alone(table.errors()[layer])).isCloseTo(least[layer], within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "A-B"})
    void bandsAndSimultaneousIntervals(String curve) {
        JsonNode golden = GOLDEN.path("intervals").path(curve);
        CurveStatistics studentised =
                Bootstrap.of(table(curve), resamples(), ALL).curve(COLUMNS, NAMED, bounds(curve));
        intervals(golden.path("studentised"), studentised.low(), studentised.high());
        CurveStatistics percentile =
                Bootstrap.of(table(curve), resamples(), PERCENTILE).curve(COLUMNS, NAMED, bounds(curve));
        intervals(golden.path("percentile"), percentile.low(), percentile.high());
        JsonNode max = golden.path("max_t");
        assertThat(studentised.critical()).isCloseTo(max.path("critical_95").doubleValue(), CLOSE);
        assertThat(studentised.p()).containsExactly(doubles(max.path("p_adjusted")), CLOSE);
        assertThat(studentised.agree()).containsExactly(doubles(golden.path("argmin_share")), CLOSE);
        intervals(max.path("simultaneous"), studentised.lowAll(), studentised.highAll());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "A-B"})
    void signFlips(String curve) {
        JsonNode golden = GOLDEN.path("sign_flip_exact").path(curve);
        double[][] sums = new double[8][3];
        for (JsonNode sample : kept(sample -> true)) {
            double[] row = centred(sample, curve);
            int cluster = clusters().numbers(List.of(sample.path("image").asText()))[0];
            for (int layer = 0; layer < 3; layer++) {
                sums[cluster][layer] += row[layer];
            }
        }
        SignFlips.Result result = SignFlips.of(SeededDraws.of("flip"), 8).test(sums);
        assertThat(result.t()).containsExactly(doubles(golden.path("t")), CLOSE);
        assertThat(result.p()).containsExactly(doubles(golden.path("p")));
        assertThat(result.pAll()).containsExactly(doubles(golden.path("p_max_t")));
    }

    @Test
    void holmOverPathways() {
        double[] p = {
            GOLDEN.at("/sign_flip_exact/A/p_pathway").doubleValue(),
            GOLDEN.at("/sign_flip_exact/B/p_pathway").doubleValue()
        };
        JsonNode golden = GOLDEN.path("holm_over_pathways");
        assertThat(Holm.adjusted(p))
                .containsExactly(
                        golden.path("A").doubleValue(), golden.path("B").doubleValue());
        assertThat(Holm.adjusted(new double[] {0.03, 0.01, 0.02}))
                .containsExactly(new double[] {0.04, 0.03, 0.04}, CLOSE);
        assertThat(Holm.adjusted(new double[] {0.7, 0.9})).containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B"})
    void categoriesAndTheirContrastAlthoughASampleIsInBoth(String curve) {
        ClusterTable form = table(curve, sample -> in(sample, "form"));
        ClusterTable layout = table(curve, sample -> in(sample, "layout"));
        for (String category : List.of("form", "layout")) {
            JsonNode golden = GOLDEN.path("categories").path(category);
            ClusterTable table = category.equals("form") ? form : layout;
            assertThat(table.n()).isEqualTo(golden.path("n").intValue());
            assertThat(table.present()).isEqualTo(golden.path("images").intValue());
            assertThat(table.means())
                    .containsExactly(doubles(golden.path("mean").path(curve)), CLOSE);
        }
        JsonNode golden = GOLDEN.path("category_contrast_form_minus_layout").path(curve);
        GroupContrast contrast = GroupContrast.of(form, layout);
        assertThat(contrast.differences()).containsExactly(doubles(golden.path("estimate")), CLOSE);
        Resampled resampled = contrast.resampled(resamples());
        assertThat(resampled.skipped()).isEqualTo(golden.path("skipped").intValue());
        CurveStatistics percentile = Bootstrap.of(contrast, resamples(), PERCENTILE)
                .curve(COLUMNS, NAMED, bounds("A").minus(bounds("A")));
        intervals(golden.path("percentile"), percentile.low(), percentile.high());
    }

    @Test
    void rates() {
        for (JsonNode rate : GOLDEN.at("/rates/wilson")) {
            double[] interval =
                    Rates.wilson(rate.path("x").longValue(), rate.path("n").longValue());
            assertThat(interval).containsExactly(doubles(rate.path("interval")), CLOSE);
        }
        for (JsonNode none : GOLDEN.at("/rates/none_seen_upper")) {
            assertThat(Rates.noneSeenUpper(none.path("images").intValue()))
                    .isCloseTo(none.path("upper_95").doubleValue(), CLOSE);
        }
    }
}
