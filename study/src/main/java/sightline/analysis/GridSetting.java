package sightline.analysis;

import java.util.Locale;
import java.util.Objects;

/**
 * One of the settings under which a dataset's curves are compared.
 *
 * @param measure what is told of an answer
 * @param threshold that kept samples reach; 0 keeps all
 * @param clipping of rises, for change alone
 * @param k window size
 * @param masking what a row read if nothing was left
 */
public record GridSetting(Measure measure, double threshold, Clipping clipping, int k, String masking) {
    public GridSetting {
        Objects.requireNonNull(measure);
        Objects.requireNonNull(clipping);
        Objects.requireNonNull(masking);
    }

    /** What a change of probability may depend on. */
    public enum Axis {
        /** Which samples are kept. */
        THRESHOLD,
        /** Whether rises count as 0. */
        CLIP,
        /** The window size. */
        K,
        /** What an emptied row reads. */
        MASKING;

        /** As on the command line. */
        @Override
        public String toString() {
            return this == K ? "k" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it is another one at most along one axis. */
    boolean differsAlongOnly(Axis axis, GridSetting other) {
        return measure == other.measure
                && (axis == Axis.THRESHOLD || threshold == other.threshold)
                && (axis == Axis.CLIP || clipping == other.clipping)
                && (axis == Axis.K || k == other.k)
                && (axis == Axis.MASKING || masking.equals(other.masking));
    }
}
