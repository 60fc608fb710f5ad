package sightline.run;

import java.util.Locale;

/** What a sample's numbers are held against. */
public enum Control {
    /** The uncut answer with another sample's picture: what the picture is worth. */
    SWAP,
    /** The uncut answer with a picture of the same size, every pixel its mean colour. */
    BLANK,
    /** As many other prompt tokens in place of a narrow pathway's sources. */
    RANDOM_SOURCES;

    /** The name on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
