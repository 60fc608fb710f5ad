package sightline.run;

import java.util.List;
import java.util.Objects;
import sightline.knockout.Medium;

/**
 * One act of an intervention, as a manifest records it.
 *
 * @param medium what is read through the edges that it changes
 * @param layers in which it can act, from 0, in order
 * @param targets names of the sets of text rows that read
 * @param sources names of the sets of tokens that are no longer read; empty if the results do not tell
 * @param maskings what a row read if nothing was left, by name
 */
public record ActFacts(
        Medium medium, List<Integer> layers, List<String> targets, List<String> sources, List<String> maskings) {
    public ActFacts {
        Objects.requireNonNull(medium);
        layers = List.copyOf(layers);
        targets = List.copyOf(targets);
        sources = List.copyOf(sources);
        maskings = List.copyOf(maskings);
    }
}
