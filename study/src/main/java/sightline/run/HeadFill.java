package sightline.run;

import java.util.Locale;

/** What a head reads that is silenced. */
public enum HeadFill {
    /** No head is. */
    NONE,
    /** Nothing: its slice of attention's output is 0. */
    ZERO,
    /** What it reads on average at the read-out rows of samples of other pictures. */
    MEAN;

    /** The name on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
