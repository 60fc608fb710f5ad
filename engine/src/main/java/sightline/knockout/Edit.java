package sightline.knockout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sightline.checkpoint.TextConfig;
import sightline.model.Masking;

/**
 * A pathway cut in some layers. Two windows that hold the same layers of the pathway's kind are one edit.
 *
 * @param layers the layers that are really cut; empty for the baseline
 */
record Edit(Pathway pathway, Masking masking, BitSet layers) {
    static Edit of(Pathway pathway, int k, int layer, Masking masking, TextConfig config) {
        Window window = Window.around(layer, k, config.layers());
        return new Edit(pathway, masking, SweepRequest.cutLayers(pathway, window, config));
    }

    boolean isBaseline() {
        return layers.isEmpty();
    }

    /** All edits of a request that cut anything, each once, in the request's order. */
    static List<Edit> distinct(SweepRequest request, TextConfig config) {
        Set<Edit> edits = new LinkedHashSet<>();
        for (Pathway pathway : request.pathways()) {
            for (int k : request.windowSizes()) {
                for (Masking masking : request.maskings()) {
                    for (int layer = 0; layer < config.layers(); layer++) {
                        edits.add(of(pathway, k, layer, masking, config));
                    }
                }
            }
        }
        edits.removeIf(Edit::isBaseline);
        return new ArrayList<>(edits);
    }
}
