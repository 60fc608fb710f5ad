package sightline.knockout;

import java.util.Locale;

/** Where an attention edge runs, and with it which decoder layers carry it. */
public enum Medium {
    /** Text rows read text rows: self-attention layers. */
    TEXT,
    /** Text rows read the picture's vision tokens: cross-attention layers. */
    IMAGE;

    /** The name used in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
