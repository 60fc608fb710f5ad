package sightline.sweep;

import java.util.BitSet;
import org.bytedeco.pytorch.Tensor;
import sightline.plan.RowView;

/** Takes out what silenced query heads read. */
final class SilencedHeads {
    private SilencedHeads() {}

    /**
     * Zeroes the slices of silenced heads in place.
     *
     * @param attended (rows, heads · size)
     * @param views one per row
     */
    static void zero(Tensor attended, RowView[] views, int headSize) {
        for (int row = 0; row < views.length; row++) {
            BitSet heads = views[row].silenced();
            if (heads != null) {
                zero(attended.narrow(0, row, 1), heads, headSize);
            }
        }
    }

    /** Zeroes the heads' slices of attended (1, heads · size). */
    private static void zero(Tensor attended, BitSet heads, int headSize) {
        for (int head = heads.nextSetBit(0); head >= 0; head = heads.nextSetBit(head + 1)) {
            attended.narrow(1, (long) head * headSize, headSize).zero_();
        }
    }
}
