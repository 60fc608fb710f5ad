package sightline.analysis;

import java.util.Locale;
import sightline.statistics.Bounds;

/** What a curve tells of an answer under a cut, against the uncut one. */
public enum Measure {
    /** Change of the answer's probability. */
    CHANGE("%", 3) {
        @Override
        public Bounds bounds(double threshold, boolean clipped) {
            double rise = threshold > 0 ? 100 * (1 / threshold - 1) : Double.POSITIVE_INFINITY;
            return new Bounds(-100, clipped ? 0 : rise);
        }
    },
    /** Share of answers that greedy decoding no longer gives. */
    FLIP("share", 0.03) {
        @Override
        public Bounds bounds(double threshold, boolean clipped) {
            return new Bounds(0, 1);
        }
    },
    /** Change of the answer's log-odds. */
    LOG_ODDS("nats", 0.1) {
        @Override
        public Bounds bounds(double threshold, boolean clipped) {
            return clipped ? new Bounds(Double.NEGATIVE_INFINITY, 0) : Bounds.NONE;
        }
    },
    /** Change of the first token's logit less its foil's, of runs that name foils. */
    FOIL("nats", 0.1) {
        @Override
        public Bounds bounds(double threshold, boolean clipped) {
            return Bounds.NONE;
        }
    };

    private final String unit;
    private final double least;

    Measure(String unit, double least) {
        this.unit = unit;
        this.least = least;
    }

    /** What its numbers count. */
    public String unit() {
        return unit;
    }

    /** The size, in its unit, from which a mean is worth a name. */
    public double least() {
        return least;
    }

    /** Whether it is harm that raises it. */
    public boolean harmRaises() {
        return this == FLIP;
    }

    /** How much harm a mean tells of, in its unit; below 0 if the cut does good. */
    public double harm(double mean) {
        return harmRaises() ? mean : -mean;
    }

    /**
     * Between what a mean can lie.
     *
     * @param threshold that every sample's uncut probability reaches; 0 without one
     * @param clipped whether rises count as 0
     */
    public abstract Bounds bounds(double threshold, boolean clipped);

    /** As in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
