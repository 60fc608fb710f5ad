package sightline.statistics;

/** The least effect that is found in 80 of 100 studies of this size. */
public final class DetectableEffect {
    /** z at 97.5 % and z at 80 %. */
    private static final double ALONE = 2.801585;

    private static final double POWER = 0.841621;

    private DetectableEffect() {}

    /** By one window that is looked at alone. */
    public static double alone(double error) {
        return ALONE * error;
    }

    /** By a window among others, under the critical value of their simultaneous test; NaN if none is tested. */
    public static double among(double critical, double error) {
        return (critical + POWER) * error;
    }

    /** Clusters that find an effect, where {@code clusters} find {@code detectable}. */
    public static double clusters(int clusters, double detectable, double effect) {
        return clusters * Math.pow(detectable / effect, 2);
    }
}
