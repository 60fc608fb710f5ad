package sightline.model;

import java.util.List;
import sightline.knockout.Act;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;

/**
 * A family's knockout stated edge by edge, straight from its definition and apart from {@link sightline.plan.FamilyRules}:
 * what the naive sweep computes, so that it can find an error there.
 */
@FunctionalInterface
public interface EdgeDefinition {
    /**
     * What each text row reads in a layer.
     *
     * @param medium what the layer reads
     * @param acts of the intervention, those of other media left out; empty if nothing is cut
     */
    Edges edges(Medium medium, Layout layout, RowReading reading, List<Act> acts, Masking masking);

    /** Whether the MLP of a layer that reads the picture is multiplied by 0 in a row. */
    default boolean dropsImageMlp(int row, Layout layout, RowReading reading) {
        return false;
    }

    /**
     * Attention edges.
     *
     * @param open [row][key]: whether there is an edge
     * @param uniform [row]: whether the row takes the mean over its edges in place of softmax. A row without any edge reads 0
     */
    @SuppressWarnings("ArrayRecordComponent") // a matrix, made and read once
    record Edges(boolean[][] open, boolean[] uniform) {}
}
