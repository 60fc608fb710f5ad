package sightline.statistics;

import java.util.Arrays;

/**
 * Columns of values summed by cluster, their means and standard errors: θ = ΣT/ΣM, se² = G/(G − 1) · Σ(T − θM)²/n² (Cameron
 * and Miller 2015; Miller 2024).
 */
public final class ClusterTable {
    private final int clusters;
    private final int n;
    private final double[] counts;
    private final double[][] sums;
    private final double[] centres;
    private final double[] means;
    private final double[] errors;
    private final double[] plainErrors;
    private final double[] effective;

    private ClusterTable(int[] numbers, int clusters, double[][] rows) {
        int columns = rows[0].length;
        this.clusters = clusters;
        this.n = rows.length;
        this.counts = new double[clusters];
        this.sums = new double[clusters][columns];
        this.centres = centres(rows);
        this.means = new double[columns];
        for (int i = 0; i < n; i++) {
            counts[numbers[i]]++;
            double[] sum = sums[numbers[i]];
            for (int c = 0; c < columns; c++) {
                sum[c] += rows[i][c] - centres[c];
                means[c] += rows[i][c];
            }
        }
        for (int c = 0; c < columns; c++) {
            means[c] /= n;
        }
        this.errors = new double[columns];
        this.plainErrors = new double[columns];
        this.effective = new double[columns];
        spread();
        plainSpread(rows);
    }

    /**
     * Sums a table.
     *
     * @param numbers of each sample's cluster, below {@code clusters}
     * @param clusters G; some may have no sample here
     * @param rows [sample][column], at least one sample
     */
    public static ClusterTable of(int[] numbers, int clusters, double[][] rows) {
        return new ClusterTable(numbers, clusters, rows);
    }

    /**
     * Each column's value of more than half the samples, else its mean. Sums are those of the differences from it: of a column
     * in which most values are equal, a resample of these alone then has no spread exactly, and no digits are lost where a mean
     * is far larger than its spread.
     */
    private static double[] centres(double[][] rows) {
        int columns = rows[0].length;
        double[] centres = new double[columns];
        int[] votes = new int[columns]; // Boyer and Moore 1981: what is most of a column outvotes all else
        double[] sums = new double[columns];
        for (double[] row : rows) {
            for (int c = 0; c < columns; c++) {
                sums[c] += row[c];
                if (votes[c] == 0) {
                    centres[c] = row[c];
                }
                votes[c] += row[c] == centres[c] ? 1 : -1;
            }
        }
        int[] equal = new int[columns];
        for (double[] row : rows) {
            for (int c = 0; c < columns; c++) {
                equal[c] += row[c] == centres[c] ? 1 : 0;
            }
        }
        for (int c = 0; c < columns; c++) {
            centres[c] = 2 * equal[c] > rows.length ? centres[c] : sums[c] / rows.length;
        }
        return centres;
    }

    private void spread() {
        double[] fourth = new double[errors.length];
        for (int g = 0; g < clusters; g++) {
            for (int c = 0; c < errors.length; c++) {
                double d = deviation(g, c);
                errors[c] += d * d;
                fourth[c] += d * d * d * d;
            }
        }
        for (int c = 0; c < errors.length; c++) {
            effective[c] = errors[c] == 0 ? 0 : errors[c] * errors[c] / fourth[c];
            errors[c] = error(errors[c], clusters, n);
        }
    }

    private void plainSpread(double[][] rows) {
        for (double[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                double d = row[c] - means[c];
                plainErrors[c] += d * d;
            }
        }
        for (int c = 0; c < plainErrors.length; c++) {
            plainErrors[c] = error(plainErrors[c], n, n);
        }
    }

    /** The standard error out of a sum of squares; NaN of a single cluster. */
    static double error(double squares, int clusters, double n) {
        return clusters < 2 ? Double.NaN : Math.sqrt(clusters / (clusters - 1.0) * squares) / n;
    }

    private double deviation(int cluster, int column) {
        return sums[cluster][column] - (means[column] - centres[column]) * counts[cluster];
    }

    /** G, of which some may have no sample here. */
    int clusters() {
        return clusters;
    }

    /** Clusters that have a sample. */
    public int present() {
        return (int) Arrays.stream(counts).filter(count -> count > 0).count();
    }

    /** Samples. */
    public int n() {
        return n;
    }

    /** Samples by cluster. */
    double[] counts() {
        return counts;
    }

    /** Sums [cluster][column] of values less their column's centre. */
    double[][] sums() {
        return sums;
    }

    /** What values are less in {@link #sums}. */
    double[] centres() {
        return centres;
    }

    /** θ by column. */
    public double[] means() {
        return means.clone();
    }

    /** The standard errors of the means, by column; NaN of a single cluster. */
    public double[] errors() {
        return errors.clone();
    }

    /** The same as if samples were independent. */
    public double[] plainErrors() {
        return plainErrors.clone();
    }

    /** By how much clusters widen the variance of the means: (se / se over samples)²; NaN without spread. */
    public double[] designEffects() {
        double[] effects = new double[errors.length];
        Arrays.setAll(effects, c -> Math.pow(errors[c] / plainErrors[c], 2));
        return effects;
    }

    /** Σ(M/n)² over clusters: 1/G if all have as many samples. */
    double concentration() {
        return Arrays.stream(counts).map(count -> count / n * (count / n)).sum();
    }

    /** How many clusters carry a column's spread: (Σd²)²/Σd⁴ with d = T − θM; 0 without spread. */
    double[] effective() {
        return effective;
    }
}
