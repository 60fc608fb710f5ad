package sightline.answering;

import java.util.Optional;
import java.util.ServiceLoader;
import sightline.tensor.ComputeDevice;

/** Finds a crew. The module {@code cluster} has the one implementation; where it is not on the class path there is none. */
public interface Crews {
    /**
     * The crew of a cluster; nothing is started yet.
     *
     * @param cluster as the user names it
     * @throws sightline.error.InputException if it is no name of a cluster
     */
    Crew of(String cluster);

    /** On which kind of device its processes compute, as the settings of the cluster say. */
    ComputeDevice.Kind devices();

    /** The implementation, if there is one. */
    static Optional<Crews> installed() {
        return ServiceLoader.load(Crews.class).findFirst();
    }
}
