package sightline.knockout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an attention edge runs, and with it which decoder layers carry it. */
public enum Medium {
    /** Text rows read text rows: self-attention layers. */
    TEXT,
    /** Text rows read the picture's vision tokens: cross-attention layers. */
    IMAGE;

    /** The one of a name, as in results. */
    public static Optional<Medium> named(String name) {
        return Arrays.stream(values())
                .filter(medium -> medium.toString().equals(name))
                .findFirst();
    }

    /** The name used in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
