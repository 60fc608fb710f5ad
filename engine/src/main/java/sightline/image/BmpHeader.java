package sightline.image;

import java.util.Map;
import java.util.Set;

/**
 * What a BMP file says before its samples.
 *
 * @param width in pixels
 * @param height in pixels
 * @param topDown whether the first stored row is the upper one
 * @param bits of a stored sample: 1, 4, 8, 16, 24 or 32
 * @param compression as stored: 0 none, 1 and 2 runs, 3 masks
 * @param samples where they begin
 * @param entries of the colour table
 * @param palette red, green, blue for each entry there is; empty above 8 bits, and if all are the greys they stand for
 * @param order which byte of a pixel of 24 or 32 bits is red, green, blue
 * @param greenBits of a pixel of 16 bits: 5 or 6
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BmpHeader(
        int width,
        int height,
        boolean topDown,
        int bits,
        int compression,
        long samples,
        int entries,
        byte[] palette,
        int[] order,
        int greenBits) {
    private static final int FILE_HEADER = 14;
    private static final int OS2 = 12;
    private static final int WITH_MASKS = 52;
    private static final int WITH_ALPHA_MASK = 56;
    private static final Set<Integer> SIZES = Set.of(OS2, 40, WITH_MASKS, WITH_ALPHA_MASK, 64, 108, 124);
    private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int MASKS = 3;
    private static final int MOST_COLOURS = 256;
    private static final int MOST_GREYS = 1 << 16;

    /** Blue first. */
    private static final int[] USUAL = {2, 1, 0};

    /** Red, green, blue and alpha masks of 32 bits that the reference knows, with the bytes they stand for. */
    private static final Map<String, int[]> ORDERS = Map.of(
            "ff0000 ff00 ff 0", USUAL,
            "ff000000 ff0000 ff00 0", new int[] {3, 2, 1},
            "ff000000 ff00 ff 0", new int[] {3, 1, 0},
            "ff000000 ff0000 ff00 ff", new int[] {3, 2, 1},
            "ff ff00 ff0000 ff000000", new int[] {0, 1, 2},
            "ff0000 ff00 ff ff000000", USUAL,
            "ff000000 ff00 ff ff0000", new int[] {3, 1, 0},
            "0 0 0 0", USUAL);

    /** @throws BrokenPicture if the file is cut short, or of a kind that is not read */
    static BmpHeader parse(Bytes bytes) throws BrokenPicture {
        long size = bytes.u32(FILE_HEADER);
        if (size > Integer.MAX_VALUE || !SIZES.contains((int) size)) {
            throw BrokenPicture.unsupported("is a BMP picture with a header of " + size + " bytes, which is not read");
        }
        bytes.check(FILE_HEADER, size);
        boolean os2 = size == OS2;
        boolean topDown = !os2 && bytes.u8(25) == 0xff;
        long width = os2 ? bytes.u16(18) : bytes.u32(18);
        long height = os2 ? bytes.u16(20) : topDown ? -(long) bytes.i32(22) : bytes.u32(22);
        int bits = bytes.u16(os2 ? 24 : 28);
        long compression = os2 ? 0 : bytes.u32(30);
        long entries = os2 || bytes.u32(46) == 0 ? 1L << Math.min(bits, 32) : bytes.u32(46);
        BrokenPicture.checkSize(width, height);
        if (!DEPTHS.contains(bits)) {
            throw BrokenPicture.unsupported("is a BMP picture of " + bits + " bits, which is not read");
        }
        long at = FILE_HEADER + size;
        int[] order = USUAL;
        int green = 5;
        if (compression == MASKS) {
            String masks = masks(bytes, (int) size);
            at += size == 40 ? 12 : 0;
            order = bits == 32 ? ORDERS.get(masks) : USUAL;
            green = masks.startsWith("f800 7e0 1f ") ? 6 : 5;
            boolean known = bits == 32
                    ? order != null
                    : bits == 24 ? masks.startsWith("ff0000 ff00 ff ") : green == 6 || masks.startsWith("7c00 3e0 1f ");
            if (!known || bits <= 8) {
                throw BrokenPicture.unsupported(
                        "is a BMP picture of " + bits + " bits with masks (" + masks + ") that are not read");
            }
        } else if (compression > MASKS || (bits > 8 && compression != 0)) {
            throw BrokenPicture.unsupported(
                    "is a BMP picture of " + bits + " bits with compression " + compression + ", which is not read");
        }
        long samples = bytes.u32(10);
        byte[] palette = {};
        if (bits <= 8) {
            // Samples cannot begin where the palette does; the reference then counts four bytes an entry.
            samples += samples == FILE_HEADER + size ? 4 * entries : 0;
            int each = os2 ? 3 : 4;
            palette = entries > MOST_GREYS ? null : palette(bytes, at, (int) entries, each);
            if (palette == null || palette.length > 3 * MOST_COLOURS) {
                throw BrokenPicture.unsupported(
                        "is a BMP picture of " + entries + " colours, of which at most " + MOST_COLOURS + " are read");
            }
            at = Math.min(at + each * entries, bytes.length());
        }
        return new BmpHeader(
                (int) width,
                (int) height,
                topDown,
                bits,
                (int) compression,
                samples == 0 ? at : samples,
                (int) entries,
                palette,
                order,
                green);
    }

    private static String masks(Bytes bytes, int size) throws BrokenPicture {
        StringBuilder masks = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            boolean there = i < 3 || size >= WITH_ALPHA_MASK;
            masks.append(i == 0 ? "" : " ").append(Long.toHexString(there ? bytes.u32(FILE_HEADER + 40 + 4L * i) : 0));
        }
        return masks.toString();
    }

    /** The table, stored blue first; empty if it holds just the greys that the indices stand for. */
    private static byte[] palette(Bytes bytes, long at, int entries, int each) throws BrokenPicture {
        int there = (int) Math.min(entries, Math.max(0, bytes.length() - at) / each);
        byte[] table = new byte[3 * there];
        boolean grey = there == entries;
        for (int i = 0; i < table.length; i++) {
            int value = bytes.u8(at + (long) (i / 3) * each + 2 - i % 3);
            table[i] = (byte) value;
            grey &= value == (entries == 2 ? i / 3 * 255 : i / 3 & 0xff);
        }
        return grey ? new byte[0] : table;
    }

    /** Whether the samples are runs. */
    boolean runs() {
        return compression == RLE8 || compression == RLE4;
    }

    /** Whether a byte of a run holds two samples. */
    boolean halfBytes() {
        return compression == RLE4;
    }

    /** Which stored row is a row of the picture, counted from the top. */
    int storedRow(int y) {
        return topDown ? y : height - 1 - y;
    }
}
