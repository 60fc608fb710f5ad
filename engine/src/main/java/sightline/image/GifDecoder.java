package sightline.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * GIF: the first frame on its logical screen. What lies around it is colour 0, or the frame's transparent colour if it
 * has one; a frame that reaches beyond the screen enlarges it.
 */
final class GifDecoder {
    private static final int SCREEN = 6;
    private static final int TABLE = 0x80;
    private static final int INTERLACED = 0x40;

    private GifDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        Bytes bytes = new Bytes(file, ByteOrder.LITTLE_ENDIAN);
        int packed = bytes.u8(SCREEN + 4);
        byte[] palette = table(bytes, packed, SCREEN + 7);
        GifExtensions before = GifExtensions.skip(bytes, SCREEN + 7L + palette.length);
        long at = before.end();
        int around = before.transparent();
        int left = bytes.u16(at + 1);
        int top = bytes.u16(at + 3);
        int width = bytes.u16(at + 5);
        int height = bytes.u16(at + 7);
        int flags = bytes.u8(at + 9);
        byte[] local = table(bytes, flags, at + 10);
        long data = at + 10 + local.length;
        int screenWidth = Math.max(bytes.u16(SCREEN), left + width);
        int screenHeight = Math.max(bytes.u16(SCREEN + 2), top + height);
        BrokenPicture.checkSize(width, height);
        BrokenPicture.checkSize(screenWidth, screenHeight);

        // The reference leaves out a table that only says that each number is its own grey, and takes the next.
        byte[] colours = isNeeded(local) ? local : isNeeded(palette) ? palette : greys();
        byte[] indices = GifLzw.decode(bytes, data, Math.multiplyExact(width, height));
        byte[] screen = new byte[Math.multiplyExact(3, Math.multiplyExact(screenWidth, screenHeight))];
        for (int to = 0; to < screen.length; to += 3) {
            paint(colours, around, screen, to);
        }
        int[] rows = storedRows(height, (flags & INTERLACED) != 0);
        for (int stored = 0; stored < height; stored++) {
            int to = 3 * ((top + rows[stored]) * screenWidth + left);
            for (int x = 0; x < width; x++, to += 3) {
                paint(colours, indices[stored * width + x] & 0xff, screen, to);
            }
        }
        return new RgbImage(screenWidth, screenHeight, screen);
    }

    /** The colour table that a packed field announces; empty if none. */
    private static byte[] table(Bytes bytes, int packed, long at) throws BrokenPicture {
        return (packed & TABLE) == 0 ? new byte[0] : bytes.slice(at, 3L * (2 << (packed & 7)));
    }

    /** One pixel; what lies beyond the table's end is black. */
    private static void paint(byte[] colours, int index, byte[] rgb, int to) {
        for (int i = 0; i < 3; i++) {
            rgb[to + i] = 3 * index + i < colours.length ? colours[3 * index + i] : 0;
        }
    }

    /** The row of the picture that each stored row is: every eighth first, then those between, if interlaced. */
    private static int[] storedRows(int height, boolean interlaced) {
        if (!interlaced) {
            return IntStream.range(0, height).toArray();
        }
        IntStream eighths = IntStream.iterate(0, y -> y < height, y -> y + 8);
        IntStream fourths = IntStream.iterate(4, y -> y < height, y -> y + 8);
        IntStream halves = IntStream.iterate(2, y -> y < height, y -> y + 4);
        IntStream odd = IntStream.iterate(1, y -> y < height, y -> y + 2);
        return Stream.of(eighths, fourths, halves, odd).flatMapToInt(s -> s).toArray();
    }

    private static boolean isNeeded(byte[] table) {
        for (int i = 0; i < table.length; i++) {
            if (table[i] != (byte) (i / 3)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] greys() {
        byte[] table = new byte[3 * 256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) (i / 3);
        }
        return table;
    }
}
