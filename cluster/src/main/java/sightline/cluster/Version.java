package sightline.cluster;

import java.io.Serializable;
import java.util.Optional;

/**
 * What must be the same in all processes.
 *
 * @param sightline its version
 * @param code a hash over its classes, since two checkouts may have one version
 * @param java the feature version
 */
record Version(String sightline, String code, int java) implements Serializable {
    private static final long serialVersionUID = 2L;

    /** That of this process. */
    static Version here() {
        return Here.VERSION;
    }

    @Override
    public String toString() {
        return "Sightline " + sightline + " (its code: " + code + ") on Java " + java;
    }

    /** Reads the code once. */
    private static final class Here {
        private static final Version VERSION = new Version(
                Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                        .orElse("unpackaged"),
                CodeHash.here(),
                Runtime.version().feature());
    }
}
