package sightline.model;

import java.util.BitSet;
import java.util.Objects;

/**
 * Blocked attention edges in one layer: every target row loses its edges to every source.
 *
 * @param medium the kind of layer it acts in
 * @param targets text positions that read
 * @param sources what they no longer read: text positions, or vision tokens (tile · tokens per tile + token)
 * @param masking what a target row reads if nothing is left
 */
public record Cut(Medium medium, BitSet targets, BitSet sources, Masking masking) {
    public Cut {
        Objects.requireNonNull(medium);
        Objects.requireNonNull(masking);
        targets = (BitSet) targets.clone();
        sources = (BitSet) sources.clone();
    }

    /** The cut of each decoder layer; null where nothing is cut. */
    @FunctionalInterface
    public interface PerLayer {
        /** Nothing is cut anywhere. */
        PerLayer NONE = layer -> null;

        /** The cut in this layer, or null. A cut of another medium than the layer's is an error. */
        Cut at(int layer);
    }
}
