package sightline.cluster;

import java.io.Serializable;
import java.util.Optional;

/**
 * What must be the same in all processes.
 *
 * @param sightline its version
 * @param java the feature version
 */
record Version(String sightline, int java) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** That of this process. */
    static Version here() {
        String sightline = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
        return new Version(sightline, Runtime.version().feature());
    }

    @Override
    public String toString() {
        return "Sightline " + sightline + " on Java " + java;
    }
}
