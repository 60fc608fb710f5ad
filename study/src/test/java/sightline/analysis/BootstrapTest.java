package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    /** 2.5 % of a standard normal distribution lie above. */
    private static final double Z = 1.959964;

    private static double[][] normal(int samples, double mean, double deviation, long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[samples][1];
        for (double[] row : rows) {
            row[0] = mean + deviation * random.nextGaussian();
        }
        return rows;
    }

    private static double mean(double[][] rows) {
        return DistinctColumns.mean(rows)[0];
    }

    private static double standardError(double[][] rows) {
        double mean = mean(rows);
        double sum = 0;
        for (double[] row : rows) {
            sum += (row[0] - mean) * (row[0] - mean);
        }
        return Math.sqrt(sum / rows.length / rows.length);
    }

    @Test
    void ofANormalSampleIsTheKnownInterval() {
        double[][] rows = normal(500, -20, 10, 1);
        double[][] interval = new Bootstrap(10_000, 1).intervals(rows);
        double error = standardError(rows);
        assertThat(interval[0][0]).isCloseTo(mean(rows) - Z * error, within(0.05 * error));
        assertThat(interval[1][0]).isCloseTo(mean(rows) + Z * error, within(0.05 * error));
    }

    /** Of a share p among n, the mean of a resample is binomial: its quantiles are known exactly. */
    @Test
    void ofAShareIsBinomial() {
        double[][] rows = new double[100][1];
        for (int i = 0; i < 20; i++) {
            rows[i][0] = 1;
        }
        double[][] interval = new Bootstrap(20_000, 5).intervals(rows);
        assertThat(interval[0][0]).isCloseTo(0.12 + 0.005, within(0.0051)); // 2.5 % of B(100, 0.2): 12 or 13
        assertThat(interval[1][0]).isCloseTo(0.28, within(0.0051));
    }

    @Test
    void coversTheTruthAboutAsOftenAsItSays() {
        int covered = 0;
        int trials = 400;
        for (int trial = 0; trial < trials; trial++) {
            double[][] interval = new Bootstrap(400, trial).intervals(normal(60, 3, 2, 1000 + trial));
            covered += interval[0][0] <= 3 && 3 <= interval[1][0] ? 1 : 0;
        }
        assertThat(covered / (double) trials).isBetween(0.90, 0.975);
    }

    @Test
    void isTheSameEveryTimeAndColumnsDoNotDisturbOneAnother() {
        double[][] one = normal(70, 0, 1, 3);
        double[][] two = new double[70][2];
        for (int i = 0; i < one.length; i++) {
            two[i][0] = one[i][0] * 5;
            two[i][1] = one[i][0];
        }
        double[][] first = Bootstrap.standard().intervals(one);
        double[][] second = Bootstrap.standard().intervals(two);
        assertThat(second[0][1]).isEqualTo(first[0][0]);
        assertThat(second[1][1]).isEqualTo(first[1][0]);
        assertThat(second[0][0]).isCloseTo(5 * first[0][0], within(1e-12));
        assertThat(new Bootstrap(1000, 99).intervals(one)[0][0]).isNotEqualTo(first[0][0]);
    }

    @Test
    void ofOneSampleHasNoWidth() {
        double[][] interval = Bootstrap.standard().intervals(new double[][] {{-7, 0}});
        assertThat(interval[0]).containsExactly(-7, 0);
        assertThat(interval[1]).containsExactly(-7, 0);
    }
}
