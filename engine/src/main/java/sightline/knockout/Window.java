package sightline.knockout;

/**
 * The layers in which a pathway is cut: max(0, l − ⌊k/2⌋) … min(L − 1, l + ⌊k/2⌋). An even k thus spans k + 1 layers, and
 * near the ends a window is shorter (METHOD section 4).
 *
 * @param first first layer
 * @param last last layer, inclusive
 */
public record Window(int first, int last) {
    /**
     * The window of size k around a layer.
     *
     * @param k window size, 1 or more
     * @param layers L, the number of decoder layers
     * @throws IllegalArgumentException if k is below 1 or there is no such layer
     */
    public static Window around(int layer, int k, int layers) {
        if (k < 1 || layer < 0 || layer >= layers) {
            throw new IllegalArgumentException(
                    "no window of size " + k + " around layer " + layer + " of " + layers + " layers");
        }
        return new Window(Math.max(0, layer - k / 2), Math.min(layers - 1, layer + k / 2));
    }

    /** Whether a layer lies in this window. */
    public boolean holds(int layer) {
        return first <= layer && layer <= last;
    }
}
