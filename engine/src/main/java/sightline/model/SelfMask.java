package sightline.model;

import java.util.Arrays;
import java.util.BitSet;
import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Compute;

/**
 * Which keys the rows of one pass may read in a self-attention layer: those up to themselves, less what a cut blocks.
 *
 * @param additive (rows, keys), 0 for open and −∞ for blocked
 * @param emptied rows (counted within the pass) that a cut left without any key; their mask is that of the uncut row
 */
record SelfMask(Tensor additive, int[] emptied) {
    /**
     * The mask of rows first … first + rows − 1 over all positions up to the last of them.
     *
     * @param cut the layer's cut, or null
     */
    static SelfMask of(int first, int rows, Cut cut, Compute compute) {
        int keys = first + rows;
        float[] mask = new float[rows * keys];
        int[] emptied = new int[rows];
        int emptiedCount = 0;
        for (int row = 0; row < rows; row++) {
            int position = first + row;
            int start = row * keys;
            Arrays.fill(mask, start + position + 1, start + keys, Float.NEGATIVE_INFINITY);
            if (cut == null || !cut.targets().get(position)) {
                continue;
            }
            BitSet blocked = cut.sources().get(0, position + 1);
            if (blocked.cardinality() == position + 1) {
                emptied[emptiedCount++] = row;
            } else {
                blocked.stream().forEach(key -> mask[start + key] = Float.NEGATIVE_INFINITY);
            }
        }
        Tensor additive = compute.place(sightline.tensor.Arrays.tensor(mask, rows, keys), compute.matmul());
        return new SelfMask(additive, Arrays.copyOf(emptied, emptiedCount));
    }
}
