package sightline.statistics;

import sightline.draw.SeededDraws;

/** Draws of as many clusters as there are, with replacement: one set for all columns, so that their differences are paired. */
public final class Resamples {
    /** Enough for a test of its own; {@link #needed} says when more are. */
    public static final int USUAL = 1999;

    private static final int USUAL_TESTS = 20;

    /** [resample][cluster]: how often it was drawn. */
    private final char[][] weights;

    private final int clusters;
    private DrawnClusters latest;

    private Resamples(char[][] weights, int clusters) {
        this.weights = weights;
        this.clusters = clusters;
    }

    /** How many resamples let {@code tests} that Holm joins reach small p values: R + 1 is at least 100 times that. */
    public static int needed(int tests) {
        return tests <= USUAL_TESTS ? USUAL : 100 * tests - 1;
    }

    /** Draws resamples, one after the other. */
    public static Resamples draw(SeededDraws draws, int clusters, int count) {
        char[][] weights = new char[count][clusters];
        for (char[] its : weights) {
            for (int i = 0; i < clusters; i++) {
                its[draws.below(clusters)]++;
            }
        }
        return new Resamples(weights, clusters);
    }

    /** Resamples that somebody else has drawn: [resample][numbers of its clusters]. */
    static Resamples listed(int[][] drawn, int clusters) {
        char[][] weights = new char[drawn.length][clusters];
        for (int r = 0; r < drawn.length; r++) {
            for (int cluster : drawn[r]) {
                weights[r][cluster]++;
            }
        }
        return new Resamples(weights, clusters);
    }

    /** R. */
    int count() {
        return weights.length;
    }

    /** G. */
    int clusters() {
        return clusters;
    }

    /** How often each cluster is in a resample; not to be changed. */
    char[] weights(int resample) {
        return weights[resample];
    }

    /** The same for sums over clusters with so many samples. Tables of a group mostly have the same, and come one by one. */
    synchronized DrawnClusters drawn(double... samples) {
        if (latest == null || !latest.of(samples)) {
            latest = new DrawnClusters(weights, samples);
        }
        return latest;
    }
}
