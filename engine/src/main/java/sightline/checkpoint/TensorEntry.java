package sightline.checkpoint;

import java.util.List;

/**
 * Where one tensor lies in a safetensors file.
 *
 * @param name its name in the header
 * @param type its element type
 * @param shape sizes of its axes; empty for one number
 * @param begin its first byte, counted from the start of the data
 * @param end the byte after its last, counted alike
 */
record TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end) {
    TensorEntry {
        shape = List.copyOf(shape);
    }

    /** Bytes it takes. */
    long bytes() {
        return end - begin;
    }

    /** How many numbers it holds. */
    long elements() {
        return bytes() / type.bytes();
    }
}
