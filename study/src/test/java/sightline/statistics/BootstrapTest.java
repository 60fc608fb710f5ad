package sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sightline.draw.SeededDraws;

class BootstrapTest {
    private static final BootstrapRules RULES = BootstrapRules.of(IntervalKind.STUDENTISED);
    /** 2.5 % of a standard normal distribution lie above. */
    private static final double Z = 1.959964;

    private static Resamples resamples(int clusters, int count) {
        return Resamples.draw(SeededDraws.of("boot", "test", ""), clusters, count);
    }

    private static double[][] normal(int samples, double... means) {
        Random random = new Random(samples);
        double[][] rows = new double[samples][means.length];
        for (double[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                row[c] = means[c] + 10 * random.nextGaussian();
            }
        }
        return rows;
    }

    private static CurveStatistics curve(double[][] rows, BootstrapRules rules, Bounds bounds) {
        ClusterTable table = ClusterTable.of(Clusters.apart(rows.length), rows.length, rows);
        int[] columns = new int[rows[0].length];
        boolean[] named = new boolean[columns.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = c;
            named[c] = true;
        }
        return Bootstrap.of(table, resamples(rows.length, 1999), rules).curve(columns, named, bounds);
    }

    @Test
    void ofANormalSampleIsTheKnownInterval() {
        double[][] rows = normal(500, -20);
        ClusterTable table = ClusterTable.of(Clusters.apart(500), 500, rows);
        for (IntervalKind kind : IntervalKind.values()) {
            CurveStatistics curve = curve(rows, BootstrapRules.of(kind), Bounds.NONE);
            double error = table.errors()[0];
            assertThat(curve.low()[0]).isCloseTo(table.means()[0] - Z * error, within(0.12 * error));
            assertThat(curve.high()[0]).isCloseTo(table.means()[0] + Z * error, within(0.12 * error));
        }
        assertThat(table.designEffects()[0]).isCloseTo(1, within(1e-12));
    }

    @Test
    void whatDoesNotVaryHasAPointAndTakesNoPartInATest() {
        double[][] rows = normal(60, -20, 0);
        for (double[] row : rows) {
            row[1] = -7;
        }
        CurveStatistics curve = curve(rows, RULES, Bounds.NONE);
        assertThat(curve.low()[1]).isEqualTo(-7);
        assertThat(curve.high()[1]).isEqualTo(-7);
        assertThat(curve.lowAll()[1]).as("other samples may be otherwise").isEqualTo(Double.NEGATIVE_INFINITY);
        double share = 1 - Math.pow(0.05 / 2, 1 / 60.0);
        CurveStatistics bounded = curve(rows, RULES, new Bounds(-100, 100));
        assertThat(bounded.lowAll()[1]).isCloseTo(-7 - 93 * share, within(1e-9));
        assertThat(bounded.highAll()[1]).isCloseTo(-7 + 107 * share, within(1e-9));
        assertThat(curve.p()[1]).isEqualTo(1);
        assertThat(curve.p()[0]).isEqualTo(1 / 2000.0);
        assertThat(curve.agree()).containsExactly(1, 0);
    }

    /** One window in which a handful lose everything would else take all power from the others. */
    @Test
    void aWindowThatAHandfulCarryIsLeftOutOfTheTest() {
        double[][] rows = normal(300, -3, 0);
        for (int i = 0; i < rows.length; i++) {
            rows[i][1] = i < 2 ? -100 : 0;
        }
        CurveStatistics gated = curve(rows, RULES, Bounds.NONE);
        assertThat(gated.p()[0]).isLessThan(0.01);
        assertThat(gated.p()[1]).isEqualTo(1);
        CurveStatistics open = curve(rows, new BootstrapRules(IntervalKind.STUDENTISED, 10, 0), Bounds.NONE);
        assertThat(open.p()[0]).isGreaterThan(0.1);
    }

    @Test
    void whatTakesEverythingFromEverySampleIsMoreThanChance() {
        double[][] rows = new double[100][];
        for (int i = 0; i < rows.length; i++) {
            boolean lost = i < 2;
            rows[i] = new double[] {-99.99 - i * 1e-9, lost ? -100 : 0, i % 50 == 0 ? 0 : -99.99};
        }
        BootstrapRules rules = BootstrapRules.of(IntervalKind.STUDENTISED);
        CurveStatistics bounded = curve(rows, rules, new Bounds(-100, 100));
        assertThat(bounded.carried()).containsExactly(true, false, false);
        // twice for both tails, twice for the tested windows, over two windows: a mean of −0.9799 of half the range
        assertThat(bounded.p()[2]).isCloseTo(8 * Math.exp(-2 * Math.pow(97.9902 / 200, 2) * 100), within(1e-12));
        assertThat(bounded.p()[1]).as("a mean of −2 that two samples carry").isEqualTo(1);
        assertThat(curve(rows, rules, new Bounds(-100, Double.POSITIVE_INFINITY))
                        .p()[2])
                .isEqualTo(1);
    }

    @Test
    void fewerThanTenClustersHaveNoBandAndNoTest() {
        CurveStatistics nine = curve(normal(9, -20), RULES, Bounds.NONE);
        assertThat(nine.low()).containsExactly(Double.NaN);
        assertThat(nine.lowAll()).containsExactly(Double.NaN);
        assertThat(nine.p()).containsExactly(1);
        assertThat(curve(normal(10, -20), RULES, Bounds.NONE).low()[0]).isNotNaN();
        CurveStatistics one = curve(normal(1, -20), RULES, Bounds.NONE);
        assertThat(one.high()).containsExactly(Double.NaN);
        CurveStatistics without =
                curve(normal(1, -20), new BootstrapRules(IntervalKind.STUDENTISED, 0, 0), Bounds.NONE);
        assertThat(without.high()).containsExactly(Double.NaN);
    }

    @Test
    void intervalsAreCutToTheBounds() {
        double[][] rows = normal(40, -95);
        for (double[] row : rows) {
            row[0] = Math.max(-100, row[0]);
        }
        rows[0][0] = 300;
        CurveStatistics curve = curve(rows, new BootstrapRules(IntervalKind.STUDENTISED, 10, 0), new Bounds(-100, 0));
        assertThat(curve.low()[0]).isGreaterThanOrEqualTo(-100);
        assertThat(curve.high()[0]).isZero();
        assertThat(curve.lowAll()[0]).isEqualTo(-100);
        assertThat(new Bounds(-100, 50).minus(new Bounds(-100, 100))).isEqualTo(new Bounds(-200, 150));
        assertThatThrownBy(() -> new Bounds(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aResampleWithoutSpreadIsInfinitelyFar() {
        assertThat(Resampled.t(-1, 0, 5)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Resampled.t(1, 1e-13, 5)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Resampled.t(4e-9, 0, 5)).isZero();
        assertThat(Resampled.t(2e-9, 0, 0.5)).isInfinite();
        assertThat(Quantiles.of(new double[] {-1, 1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}, 0.9))
                .isInfinite();
        assertThat(Quantiles.of(new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}, 0.5))
                .isNaN();
        assertThat(Quantiles.of(new double[] {1, Double.POSITIVE_INFINITY}, 0)).isEqualTo(1);
        assertThat(Quantiles.of(new double[] {1, 2}, 0.25)).isEqualTo(1.25);
        assertThat(Quantiles.of(new double[0], 0.25)).isNaN();
    }

    /** Resamples of some columns are infinite, of sparse ones exactly without spread, however they are added up. */
    @Test
    void sumsAddUpToWhatAPlainLoopGives() {
        int samples = 90;
        Random random = new Random(3);
        int[] numbers = new int[samples];
        double[][] rows = new double[samples][7];
        for (int i = 0; i < samples; i++) {
            numbers[i] = random.nextInt(40);
            for (int c = 0; c < 5; c++) {
                rows[i][c] = random.nextGaussian() - 50 * c;
            }
            rows[i][5] = i == 3 ? -80.3 : 0;
            rows[i][6] = 1e6 + 1e-3 * random.nextDouble();
        }
        ClusterTable table = ClusterTable.of(numbers, 41, rows); // a cluster or more without samples
        Resamples resamples = resamples(41, 200);
        Resampled resampled = Resampler.of(table, resamples);
        assertThat(resampled.skipped()).isZero();
        for (int c = 0; c < 7; c++) {
            for (int r = 0; r < 200; r++) {
                double size = 0;
                double sum = 0;
                for (int i = 0; i < samples; i++) {
                    size += resamples.weights(r)[numbers[i]];
                    sum += resamples.weights(r)[numbers[i]] * rows[i][c];
                }
                double theta = sum / size;
                double[] d = new double[41];
                for (int i = 0; i < samples; i++) {
                    d[numbers[i]] += rows[i][c] - theta;
                }
                double squares = 0;
                for (int g = 0; g < 41; g++) {
                    squares += resamples.weights(r)[g] * d[g] * d[g];
                }
                double error = Math.sqrt(41 / 40.0 * squares) / size;
                assertThat(resampled.means()[c][r]).isCloseTo(theta, within(1e-8));
                if (c != 5 || error > 1e-12) {
                    double t = (theta - table.means()[c]) / error;
                    assertThat(resampled.t()[c][r]).isCloseTo(t, within(1e-4 * Math.max(1, Math.abs(t))));
                } else {
                    assertThat(resampled.t()[c][r]).isEqualTo(Double.POSITIVE_INFINITY);
                }
            }
        }
    }

    @Test
    void resamplesWithoutASampleAreSkippedUntilTheyAreTooMany() {
        double[][] rows = normal(3, -20);
        ClusterTable three = ClusterTable.of(new int[] {0, 1, 2}, 100, rows);
        Resampled resampled = Resampler.of(three, resamples(100, 1999));
        assertThat(resampled.skipped() / 1999.0).isCloseTo(Math.pow(0.97, 100), within(0.02));
        BootstrapRules all = new BootstrapRules(IntervalKind.STUDENTISED, 0, 0);
        CurveStatistics some =
                Bootstrap.of(three, resamples(100, 1999), all).curve(new int[] {0}, new boolean[] {true}, Bounds.NONE);
        assertThat(some.low()[0]).isNotNaN();
        ClusterTable two = ClusterTable.of(new int[] {0, 1}, 100, normal(2, -20));
        CurveStatistics none =
                Bootstrap.of(two, resamples(100, 1999), all).curve(new int[] {0}, new boolean[] {true}, Bounds.NONE);
        assertThat(none.low()[0]).isNaN();
        assertThat(none.p()).containsExactly(1);
    }

    @Test
    void theOrderOfSamplesAndOtherColumnsDoNotMatter() {
        double[][] rows = normal(70, -5, -6, -7);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            names.add("picture " + i / 2);
        }
        Clusters clusters = Clusters.of(names);
        Bootstrap one = Bootstrap.of(ClusterTable.of(clusters.numbers(names), 35, rows), resamples(35, 1999), RULES);
        double[][] alone = new double[70][];
        for (int i = 0; i < 70; i++) {
            alone[i] = new double[] {rows[i][1]};
        }
        Bootstrap other = Bootstrap.of(ClusterTable.of(clusters.numbers(names), 35, alone), resamples(35, 1999), RULES);
        CurveStatistics first = one.curve(new int[] {1}, new boolean[] {true}, Bounds.NONE);
        CurveStatistics second = other.curve(new int[] {0}, new boolean[] {true}, Bounds.NONE);
        assertThat(first.low()[0]).isEqualTo(second.low()[0]);
        assertThat(first.critical()).isEqualTo(second.critical());
        Collections.reverse(names);
        assertThat(Clusters.of(names).numbers(List.of("picture 0", "picture 1")))
                .containsExactly(clusters.numbers(List.of("picture 0", "picture 1")));
        assertThatThrownBy(() -> clusters.numbers(List.of("another"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreTestsNeedMoreResamples() {
        assertThat(Resamples.needed(1)).isEqualTo(1999);
        assertThat(Resamples.needed(20)).isEqualTo(1999);
        assertThat(Resamples.needed(21)).isEqualTo(2099);
    }

    /** The middle 95 % of a quotient's resamples, which is that of the numerator if the denominator is fixed. */
    @Test
    void aRatioOfMeans() {
        double[][] rows = normal(400, 50, 0);
        for (double[] row : rows) {
            row[1] = 100;
        }
        ClusterTable table = ClusterTable.of(Clusters.apart(400), 400, rows);
        Bootstrap bootstrap = Bootstrap.of(table, resamples(400, 1999), RULES);
        Estimate ratio = bootstrap.ratio(0, 1, 0.1);
        assertThat(ratio.value()).isCloseTo(table.means()[0] / 100, within(1e-12));
        double half = Z * table.errors()[0] / 100;
        assertThat(ratio.low()).isCloseTo(ratio.value() - half, within(half / 8));
        assertThat(ratio.high()).isCloseTo(ratio.value() + half, within(half / 8));
        assertThat(ratio.error()).isNaN();
        assertThat(bootstrap.ratio(0, 1, 101)).isEqualTo(Estimate.NONE);
    }

    /** A denominator that many resamples put on the other side of 0 bounds nothing. */
    @Test
    void aRatioOfNearlyNothingHasNoInterval() {
        double[][] rows = normal(400, 50, 0);
        double mean = ClusterTable.of(Clusters.apart(400), 400, rows).means()[1];
        for (double[] row : rows) {
            row[1] += 0.2 - mean; // the mean's error is 0.5
        }
        Bootstrap bootstrap =
                Bootstrap.of(ClusterTable.of(Clusters.apart(400), 400, rows), resamples(400, 1999), RULES);
        assertThat(bootstrap.ratio(0, 1, 0.1).known()).isTrue();
        assertThat(bootstrap.ratio(0, 1, 0.1).low()).isNaN();
    }
}
