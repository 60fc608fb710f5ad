package sightline.statistics;

/**
 * A number out of a group of samples, and how sure it is.
 *
 * @param value NaN if there is none
 * @param error its standard error over clusters; NaN of a ratio, or of a single cluster
 * @param low lower end of its 95 % interval; NaN without one
 * @param high upper end
 */
public record Estimate(double value, double error, double low, double high) {
    /** Nothing can be said. */
    public static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Whether there is a number. */
    public boolean known() {
        return !Double.isNaN(value);
    }
}
