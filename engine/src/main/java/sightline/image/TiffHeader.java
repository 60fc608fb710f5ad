package sightline.image;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF file: numbers by tag.
 *
 * @param tags values of the types byte, short and long; others are left out
 */
record TiffHeader(Map<Integer, long[]> tags) {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int ORIENTATION = 274;
    static final int COMPONENTS = 277;
    static final int PLANES = 284;
    static final int FAX_OPTIONS = 292;
    static final int PREDICTOR = 317;
    static final int COLOUR_TABLE = 320;
    static final int TILE_WIDTH = 322;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;

    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_LENGTHS = 325;

    /**
     * Reads the directory and checks that the samples it points to are there.
     *
     * @throws BrokenPicture if something lies beyond the end of the file
     */
    static TiffHeader parse(byte[] file) throws BrokenPicture {
        ByteOrder order = file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Bytes bytes = new Bytes(file, order);
        long at = bytes.u32(4);
        Map<Integer, long[]> tags = new HashMap<>();
        int entries = bytes.u16(at);
        for (int i = 0; i < entries; i++) {
            long entry = at + 2 + 12L * i;
            int size = sizeOf(bytes.u16(entry + 2));
            if (size > 0) {
                tags.put(bytes.u16(entry), values(bytes, entry, size));
            }
        }
        bytes.check(at + 2 + 12L * entries, 4); // where the next directory is
        TiffHeader header = new TiffHeader(Map.copyOf(tags));
        header.checkData(bytes, STRIP_OFFSETS, STRIP_LENGTHS);
        header.checkData(bytes, TILE_OFFSETS, TILE_LENGTHS);
        if (!tags.containsKey(STRIP_OFFSETS) && !tags.containsKey(TILE_OFFSETS)) {
            throw BrokenPicture.damaged("is a damaged TIFF picture (it holds no samples)");
        }
        header.checkLength();
        return header;
    }

    /** Bytes of one value of a TIFF type; 0 for types that are not wanted here. */
    private static int sizeOf(int type) {
        return switch (type) {
            case 1 -> 1;
            case 3 -> 2;
            case 4 -> 4;
            default -> 0;
        };
    }

    private static long[] values(Bytes bytes, long entry, int size) throws BrokenPicture {
        long count = bytes.u32(entry + 4);
        long from = count * size <= 4 ? entry + 8 : bytes.u32(entry + 8);
        bytes.check(from, count * size); // before memory is asked for
        long[] values = new long[(int) count];
        for (int i = 0; i < values.length; i++) {
            long at = from + (long) size * i;
            values[i] = size == 1 ? bytes.u8(at) : size == 2 ? bytes.u16(at) : bytes.u32(at);
        }
        return values;
    }

    private void checkData(Bytes bytes, int offsetsTag, int lengthsTag) throws BrokenPicture {
        long[] offsets = all(offsetsTag);
        long[] lengths = all(lengthsTag);
        for (int i = 0; i < offsets.length; i++) {
            bytes.check(offsets[i], i < lengths.length ? lengths[i] : 1);
        }
    }

    /** Samples that are not compressed must be as many as the picture has pixels. */
    private void checkLength() throws BrokenPicture {
        long[] bits = all(BITS);
        long perPixel = first(COMPONENTS, 1) * (bits.length == 0 ? 1 : bits[0]);
        long needed = (first(WIDTH, 0) * perPixel + 7) / 8 * first(HEIGHT, 0);
        long[] lengths = tags.containsKey(STRIP_OFFSETS) ? all(STRIP_LENGTHS) : all(TILE_LENGTHS);
        if (first(COMPRESSION, 1) == 1 && Arrays.stream(lengths).sum() < needed) {
            throw BrokenPicture.truncated();
        }
    }

    /** Whether the samples lie in tiles, not in strips. */
    boolean isTiled() {
        return !tags.containsKey(STRIP_OFFSETS);
    }

    /** How many strips or tiles there are. */
    int parts() {
        return all(isTiled() ? TILE_OFFSETS : STRIP_OFFSETS).length;
    }

    /** All values of a tag; none if it is not there. */
    long[] all(int tag) {
        return tags.getOrDefault(tag, new long[0]);
    }

    /** The first value of a tag. */
    long first(int tag, long otherwise) {
        long[] values = all(tag);
        return values.length == 0 ? otherwise : values[0];
    }
}
