package sightline.run;

import java.util.List;
import java.util.Objects;
import sightline.knockout.Medium;

/**
 * What a run changes in its model, as its manifest records it: nobody who reads results needs to know more of a pathway.
 *
 * @param name of the pathway, as in results
 * @param acts at least one
 */
public record InterventionFacts(String name, List<ActFacts> acts) {
    private static final List<String> IMAGE = List.of("image");

    public InterventionFacts {
        Objects.requireNonNull(name);
        acts = List.copyOf(acts);
    }

    /** Whether all that it cuts comes from the picture, in whichever medium. */
    public boolean cutsImageAlone() {
        return acts.stream()
                .allMatch(act -> act.medium() == Medium.IMAGE || act.sources().equals(IMAGE));
    }

    /** Whether it can act in a layer. */
    public boolean actsIn(int layer) {
        return acts.stream().anyMatch(act -> act.layers().contains(layer));
    }
}
