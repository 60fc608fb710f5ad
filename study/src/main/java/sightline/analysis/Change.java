package sightline.analysis;

/** Change of an answer's probability (METHOD section 5). */
public final class Change {
    /** Added to the uncut probability, so that nothing is divided by 0. */
    public static final double EPSILON = 1e-5;

    private Change() {}

    /** q = p + 1e-5: what changes are measured against, and what the threshold looks at. */
    public static double reference(double uncut) {
        return uncut + EPSILON;
    }

    /** (cut − uncut) / q in percent: 0 if nothing changes. */
    public static double centred(double cut, double uncut) {
        return (cut - uncut) / reference(uncut) * 100;
    }

    /** (p − q) / q in percent, as published. */
    public static double percent(double cut, double reference) {
        return (cut - reference) / reference * 100;
    }
}
