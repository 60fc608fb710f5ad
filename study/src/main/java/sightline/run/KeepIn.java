package sightline.run;

import java.util.Locale;

/** Where pathways are kept alone. */
public enum KeepIn {
    /** In all layers at once. */
    DEPTH,
    /** In a window around each layer, of every size of the curves. */
    WINDOWS;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
