package sightline.statistics;

import java.util.Objects;

/**
 * What a bootstrap may say.
 *
 * @param kind of the bands
 * @param leastClusters with fewer there is neither band nor test
 * @param leastEffective a column whose spread is carried by fewer clusters takes no part in a test: one column in which a
 *     handful of clusters lose everything would take all power from the others of its curve
 */
public record BootstrapRules(IntervalKind kind, int leastClusters, double leastEffective) {
    public BootstrapRules {
        Objects.requireNonNull(kind);
    }

    /** As documented. */
    public static BootstrapRules of(IntervalKind kind) {
        return new BootstrapRules(kind, 10, 10);
    }
}
