package sightline.figure;

import java.util.Locale;

/** How figures look. */
public enum FigureStyle {
    /** This project's look: small multiples with bands, and heat maps. */
    SIGHTLINE,
    /** The published plots, drawn from the published numbers, in their colours. */
    PAPER;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
