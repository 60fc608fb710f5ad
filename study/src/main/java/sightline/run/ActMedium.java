package sightline.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What text rows no longer read where an intervention acts. */
public enum ActMedium {
    /** Other text rows. */
    TEXT,
    /** The image. */
    IMAGE;

    /** The one of a name, as in a manifest. */
    static Optional<ActMedium> named(String name) {
        return Arrays.stream(values())
                .filter(medium -> medium.toString().equals(name))
                .findFirst();
    }

    /** As in a manifest. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
