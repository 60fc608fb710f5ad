package sightline.statistics;

/** How far two orders agree (Kendall 1945). */
public final class KendallTau {
    private KendallTau() {}

    /**
     * τ_b, which counts pairs that are equal in either as neither agreeing nor not: 1 for the same order, −1 for the reverse.
     *
     * @param one values by thing
     * @param other values of the same things
     * @return NaN if all values of either are equal
     * @throws IllegalArgumentException if there are not as many of both
     */
    public static double b(double[] one, double... other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException(one.length + " values beside " + other.length);
        }
        double agreeing = 0;
        double differOne = 0;
        double differOther = 0;
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < i; j++) {
                double sign = Math.signum(one[i] - one[j]);
                double otherSign = Math.signum(other[i] - other[j]);
                agreeing += sign * otherSign;
                differOne += Math.abs(sign);
                differOther += Math.abs(otherSign);
            }
        }
        return agreeing / Math.sqrt(differOne * differOther);
    }
}
