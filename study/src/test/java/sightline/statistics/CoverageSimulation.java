package sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import sightline.draw.SeededDraws;

/**
 * How often 95 % bands hold the truth. Questions about one picture are correlated by a normal copula. No part of the usual run,
 * as its name says to surefire; docs/statistics.md has the command and the table that it prints.
 */
class CoverageSimulation {
    private static final int TABLES = 25;
    /** Studies that share their draws, which makes 2,500 of them quick. */
    private static final int STUDIES = 100;

    /** Shapes of changes, by the normal score of a sample. */
    private enum Shape {
        NORMAL(z -> -40 + 15 * z, -40),
        UNIFORM(z -> -100 * phi(z), -50),
        /** Most change little, some lose all: skewness 0.64. */
        SKEWED(z -> -100 * Math.pow(phi(z), 2), -100 / 3.0);

        @SuppressWarnings("ImmutableEnumChecker") // knows no state
        private final DoubleUnaryOperator value;

        private final double mean;

        Shape(DoubleUnaryOperator value, double mean) {
            this.value = value;
            this.mean = mean;
        }
    }

    /** The normal distribution by Abramowitz and Stegun 26.2.17: wrong by less than 1e-7. */
    private static double phi(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
        return z > 0 ? 1 - tail : tail;
    }

    private static double[][] rows(int n, int perPicture, double correlation, Shape shape, int columns, Random random) {
        double[][] rows = new double[n][columns];
        double[] picture = new double[columns];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < columns; c++) {
                if (i % perPicture == 0) {
                    picture[c] = random.nextGaussian();
                }
                double z = Math.sqrt(correlation) * picture[c] + Math.sqrt(1 - correlation) * random.nextGaussian();
                rows[i][c] = shape.value.applyAsDouble(z);
            }
        }
        return rows;
    }

    /** Shares of studies in which the band holds the truth. */
    private static double coverage(int n, int perPicture, double correlation, Shape shape, int by, IntervalKind kind) {
        Random random = new Random(n * 31L
                + perPicture
                + Double.hashCode(correlation)
                + shape.name().length());
        int[] numbers = new int[n];
        Arrays.setAll(numbers, i -> i / by);
        int clusters = numbers[n - 1] + 1;
        boolean[] named = {true};
        int held = 0;
        for (int table = 0; table < TABLES; table++) {
            double[][] rows = rows(n, perPicture, correlation, shape, STUDIES, random);
            Resamples resamples = Resamples.draw(SeededDraws.of("boot", "coverage", table), clusters, 1999);
            Bootstrap bootstrap =
                    Bootstrap.of(ClusterTable.of(numbers, clusters, rows), resamples, BootstrapRules.of(kind));
            for (int c = 0; c < STUDIES; c++) {
                CurveStatistics curve = bootstrap.curve(new int[] {c}, named, new Bounds(-100, 100));
                held += curve.low()[0] <= shape.mean && shape.mean <= curve.high()[0] ? 1 : 0;
            }
        }
        return held / (double) (TABLES * STUDIES);
    }

    @Test
    void bandsHoldTheTruthAsOftenAsTheySay() {
        System.out.println("| n | questions a picture | correlation | shape | studentised, pictures"
                + " | percentile, pictures | percentile, samples |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Shape shape : Shape.values()) {
            for (int perPicture : new int[] {1, 3}) {
                for (double correlation : perPicture == 1 ? new double[] {0} : new double[] {0.3, 0.6}) {
                    for (int n : new int[] {50, 150, 300, 1000}) {
                        double ours = coverage(n, perPicture, correlation, shape, perPicture, IntervalKind.STUDENTISED);
                        double plain = coverage(n, perPicture, correlation, shape, perPicture, IntervalKind.PERCENTILE);
                        double samples = coverage(n, perPicture, correlation, shape, 1, IntervalKind.PERCENTILE);
                        System.out.printf(
                                Locale.ROOT,
                                "| %,d | %d | %.1f | %s | %.1f %% | %.1f %% | %.1f %% |%n",
                                n,
                                perPicture,
                                correlation,
                                shape.name().toLowerCase(Locale.ROOT),
                                100 * ours,
                                100 * plain,
                                100 * samples);
                        assertThat(ours).isBetween(0.93, 0.97);
                    }
                }
            }
        }
    }

    /** 32 windows, all at −21 %: the lowest of the means is too low, which its own interval does not know. */
    @Test
    void theSimultaneousIntervalHoldsTheMostHarmfulWindow() {
        int windows = 32;
        int studies = 300;
        int n = 50;
        int alone = 0;
        int together = 0;
        double tooLow = 0;
        int[] columns = new int[windows];
        Arrays.setAll(columns, i -> i);
        boolean[] named = new boolean[windows];
        Arrays.fill(named, true);
        Random random = new Random(7);
        for (int study = 0; study < studies; study++) {
            double[][] rows = rows(n, 1, 0, Shape.UNIFORM, windows, random);
            for (double[] row : rows) {
                for (int w = 0; w < windows; w++) {
                    row[w] = row[w] < -79 ? -100 : 0; // 21 of 100 lose everything
                }
            }
            Resamples resamples = Resamples.draw(SeededDraws.of("boot", "windows", study), n, 1999);
            ClusterTable table = ClusterTable.of(Clusters.apart(n), n, rows);
            CurveStatistics curve = Bootstrap.of(table, resamples, BootstrapRules.of(IntervalKind.STUDENTISED))
                    .curve(columns, named, new Bounds(-100, 100));
            int lowest = 0;
            for (int w = 1; w < windows; w++) {
                lowest = table.means()[w] < table.means()[lowest] ? w : lowest;
            }
            tooLow += (-21 - table.means()[lowest]) / studies;
            alone += curve.low()[lowest] <= -21 && -21 <= curve.high()[lowest] ? 1 : 0;
            together += curve.lowAll()[lowest] <= -21 && -21 <= curve.highAll()[lowest] ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "lowest of %d equal windows, n = %d: too low by %.1f; held by its own interval %.0f %%, by the"
                        + " simultaneous one %.0f %%%n",
                windows,
                n,
                tooLow,
                100.0 * alone / studies,
                100.0 * together / studies);
        assertThat(together / (double) studies).isGreaterThan(0.93);
    }

    /** Nothing changes anywhere, 32 windows and four pathways: how often anything is called significant. */
    @Test
    void falseAlarmsAreRare() {
        int windows = 32;
        int pathways = 4;
        int studies = 2000;
        int n = 300;
        int[] numbers = new int[n];
        Arrays.setAll(numbers, i -> i / 3);
        boolean[] named = new boolean[windows];
        Random random = new Random(8);
        int alarms = 0;
        for (int study = 0; study < studies; study++) {
            double[][] rows = rows(n, 3, 0.3, Shape.NORMAL, windows * pathways, random);
            for (double[] row : rows) {
                for (int c = 0; c < row.length; c++) {
                    row[c] -= Shape.NORMAL.mean;
                }
            }
            Resamples resamples = Resamples.draw(SeededDraws.of("boot", "nothing", study), 100, 1999);
            Bootstrap bootstrap = Bootstrap.of(
                    ClusterTable.of(numbers, 100, rows), resamples, BootstrapRules.of(IntervalKind.STUDENTISED));
            double[] p = new double[pathways];
            for (int pathway = 0; pathway < pathways; pathway++) {
                int first = pathway * windows;
                int[] columns = new int[windows];
                Arrays.setAll(columns, i -> first + i);
                p[pathway] = Arrays.stream(
                                bootstrap.curve(columns, named, Bounds.NONE).p())
                        .min()
                        .orElse(1);
            }
            alarms += Arrays.stream(Holm.adjusted(p)).min().orElse(1) <= 0.05 ? 1 : 0;
        }
        System.out.printf(Locale.ROOT, "false alarms, 4 pathways of 32 windows: %.1f %%%n", 100.0 * alarms / studies);
        assertThat(alarms / (double) studies).isLessThan(0.07);
    }
}
