package sightline.image;

import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** From the samples of a raster, as they stand in the file, to RGB by Pillow's rules. */
final class Samples {
    private Samples() {}

    /** One pixel: {@code bands} samples from index {@code from} on become three bytes from index {@code to} on. */
    interface Rule {
        void put(int[] samples, int from, byte[] rgb, int to);
    }

    /** All pixels of a raster; colour models and profiles have no say. */
    static RgbImage toRgb(Raster raster, Rule rule) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        int[] row = new int[width * bands];
        // Several times faster than sample by sample, where samples are whole bytes.
        boolean plain = raster.getSampleModel() instanceof ComponentSampleModel
                && raster.getTransferType() == DataBuffer.TYPE_BYTE;
        byte[] elements = plain ? new byte[row.length] : null;
        int to = 0;
        for (int y = 0; y < height; y++) {
            readRow(raster, y, row, elements);
            for (int from = 0; from < row.length; from += bands, to += 3) {
                rule.put(row, from, rgb, to);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static void readRow(Raster raster, int y, int[] row, byte[] elements) {
        int left = raster.getMinX();
        int top = raster.getMinY() + y;
        if (elements == null) {
            raster.getPixels(left, top, raster.getWidth(), 1, row);
            return;
        }
        raster.getDataElements(left, top, raster.getWidth(), 1, elements);
        for (int i = 0; i < row.length; i++) {
            row[i] = elements[i] & 0xff;
        }
    }

    /** Grey of 1, 2, 4 or 8 bits, spread over 0 to 255. */
    static Rule grey(int bits) {
        int factor = 255 / ((1 << bits) - 1);
        return (samples, from, rgb, to) -> fill(rgb, to, samples[from] * factor);
    }

    /** 16-bit grey: clipped, not scaled. */
    static Rule clippedGrey() {
        return (samples, from, rgb, to) -> fill(rgb, to, Math.min(samples[from], 255));
    }

    /** 16-bit grey with alpha: the high byte. */
    static Rule highGrey() {
        return (samples, from, rgb, to) -> fill(rgb, to, samples[from] >> 8);
    }

    /** Red, green, blue, and others that are dropped; of 16 bits the high byte. */
    static Rule rgb(int bits) {
        int shift = bits - 8;
        return (samples, from, rgb, to) -> {
            rgb[to] = (byte) (samples[from] >> shift);
            rgb[to + 1] = (byte) (samples[from + 1] >> shift);
            rgb[to + 2] = (byte) (samples[from + 2] >> shift);
        };
    }

    /** An index into a table of red, green, blue; what lies beyond its end is black. */
    static Rule palette(byte[] table) {
        return (samples, from, rgb, to) -> {
            int entry = 3 * samples[from];
            if (entry + 3 <= table.length) {
                System.arraycopy(table, entry, rgb, to, 3);
            }
        };
    }

    /** Cyan, magenta, yellow, black in amounts of ink; as Pillow, without a profile. */
    static Rule cmyk() {
        return (samples, from, rgb, to) -> {
            int white = 255 - samples[from + 3];
            for (int i = 0; i < 3; i++) {
                rgb[to + i] = (byte) Math.max(white - timesOver255(samples[from + i], white), 0);
            }
        };
    }

    /** {@code a * b / 255}, rounded, in Pillow's integer form. */
    static int timesOver255(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }

    private static void fill(byte[] rgb, int to, int grey) {
        rgb[to] = (byte) grey;
        rgb[to + 1] = (byte) grey;
        rgb[to + 2] = (byte) grey;
    }
}
