package sightline.statistics;

/**
 * Between what a mean can lie.
 *
 * @param low may be −∞
 * @param high may be ∞
 */
public record Bounds(double low, double high) {
    /** No bounds. */
    public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Bounds {
        if (!(low <= high)) {
            throw new IllegalArgumentException("nothing lies between " + low + " and " + high);
        }
    }

    /** The bounds of a difference. */
    public Bounds minus(Bounds other) {
        return new Bounds(low - other.high, high - other.low);
    }

    double cut(double value) {
        return Math.max(low, Math.min(high, value)); // NaN stays NaN
    }
}
