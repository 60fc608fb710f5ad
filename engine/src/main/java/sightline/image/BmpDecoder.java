package sightline.image;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * BMP as the reference reads it, which is not always as the format is meant: a grey palette is left out, and with it the
 * depth of the samples. Written out because the JDK's reader knows fewer headers and fills what is missing with black.
 */
final class BmpDecoder {
    private static final int UNPACKED = 8;

    private BmpDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        Bytes bytes = new Bytes(file, ByteOrder.LITTLE_ENDIAN);
        BmpHeader header = BmpHeader.parse(bytes);
        if (header.bits() > UNPACKED) {
            return colours(bytes, header);
        }
        byte[] palette = header.palette();
        boolean grey = palette.length == 0;
        // A palette that is only black and white makes one bit a sample, other greys make eight: whatever is stored.
        int bits = !grey ? header.bits() : header.entries() == 2 ? 1 : UNPACKED;
        Samples.Rule rule = grey ? Samples.grey(bits) : Samples.palette(palette);
        if (header.runs()) {
            if (bits == 1 && grey) {
                throw BrokenPicture.unsupported("is a BMP picture of runs in black and white, which is not read");
            }
            byte[] indices = BmpRuns.decode(bytes, header);
            return image(header, header.width(), (row, x) -> indices[row + x] & 0xff, rule);
        }
        int stride = stride(bytes, header, bits);
        int at = (int) header.samples();
        int mask = (1 << bits) - 1;
        return image(
                header,
                stride,
                (row, x) -> bytes.u8(at + row + x * bits / 8) >> (8 - bits - x * bits % 8) & mask,
                rule);
    }

    /** Two, three or four bytes a pixel. */
    private static RgbImage colours(Bytes bytes, BmpHeader header) throws BrokenPicture {
        int stride = stride(bytes, header, header.bits());
        int size = header.bits() / 8;
        int at = (int) header.samples();
        int[] order = header.order();
        int green = header.greenBits();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(header.width(), header.height()))];
        for (int y = 0, to = 0; y < header.height(); y++) {
            int from = at + header.storedRow(y) * stride;
            for (int x = 0; x < header.width(); x++, from += size, to += 3) {
                if (size == 2) {
                    int pixel = bytes.u16(from);
                    rgb[to] = scaled(pixel >> (5 + green), 5);
                    rgb[to + 1] = scaled(pixel >> 5, green);
                    rgb[to + 2] = scaled(pixel, 5);
                } else {
                    for (int i = 0; i < 3; i++) {
                        rgb[to + i] = (byte) bytes.u8(from + order[i]);
                    }
                }
            }
        }
        return new RgbImage(header.width(), header.height(), rgb);
    }

    /** Bytes from one row to the next; all rows are there, the last perhaps without its padding. */
    private static int stride(Bytes bytes, BmpHeader header, int bits) throws BrokenPicture {
        long stride = ((long) header.width() * header.bits() + 31) / 32 * 4;
        long used = ((long) header.width() * bits + 7) / 8;
        if (used > stride) {
            throw BrokenPicture.unsupported("is a BMP picture of " + header.bits()
                    + " bits whose palette holds no colours but the first of 256 greys, which is not read");
        }
        bytes.check(header.samples(), stride * (header.height() - 1) + used);
        return (int) stride;
    }

    /** The lowest {@code bits} bits, spread over 0 to 255 and rounded down. */
    private static byte scaled(int value, int bits) {
        int most = (1 << bits) - 1;
        return (byte) ((value & most) * 255 / most);
    }

    private interface Pixels {
        int at(int row, int x) throws BrokenPicture;
    }

    private static RgbImage image(BmpHeader header, int stride, Pixels pixels, Samples.Rule rule) throws BrokenPicture {
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(header.width(), header.height()))];
        int[] sample = new int[1];
        for (int y = 0, to = 0; y < header.height(); y++) {
            int row = header.storedRow(y) * stride;
            for (int x = 0; x < header.width(); x++, to += 3) {
                sample[0] = pixels.at(row, x);
                rule.put(sample, 0, rgb, to);
            }
        }
        return new RgbImage(header.width(), header.height(), rgb);
    }
}
