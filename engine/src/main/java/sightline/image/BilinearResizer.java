package sightline.image;

import java.util.Arrays;

/**
 * Bilinear resizing with antialiasing on 8-bit channels, bit for bit as Pillow 11.1 does it (METHOD, section 2).
 *
 * <p>Each output pixel is a weighted mean of the input pixels under a triangle that is as wide as the reduction asks
 * for. Weights are fixed-point numbers, columns are done before rows, and the result between the two passes is rounded
 * to 8 bits: all three decide about single levels.
 */
final class BilinearResizer {
    /** 32 bits less 8 for the value and 2 to spare, as in the reference. */
    private static final int FRACTION_BITS = 22;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private BilinearResizer() {}

    /** The picture at another size; the same object if it has that size already. */
    static RgbImage resize(RgbImage picture, int width, int height) {
        RgbImage wide = picture.width() == width ? picture : horizontal(picture, width);
        return wide.height() == height ? wide : vertical(wide, height);
    }

    /**
     * The weights of one pass.
     *
     * @param first (outputs): the first input that counts
     * @param count (outputs): how many inputs count from there
     * @param weight (outputs, taps): in units of 2^-22
     * @param taps room for the weights of one output
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Weights(int[] first, int[] count, int[] weight, int taps) {
        static Weights of(int inputs, int outputs) {
            double scale = (double) inputs / outputs;
            double support = Math.max(scale, 1); // half the base of the triangle, in input pixels
            double inverse = 1 / support;
            int taps = (int) Math.ceil(support) * 2 + 1;
            int[] first = new int[outputs];
            int[] count = new int[outputs];
            int[] weight = new int[Math.multiplyExact(outputs, taps)];
            double[] exact = new double[taps];
            for (int output = 0; output < outputs; output++) {
                double center = (output + 0.5) * scale;
                first[output] = Math.max((int) (center - support + 0.5), 0);
                count[output] = Math.min((int) (center + support + 0.5), inputs) - first[output];
                double sum = 0;
                for (int i = 0; i < count[output]; i++) {
                    exact[i] = triangle((i + first[output] - center + 0.5) * inverse);
                    sum += exact[i];
                }
                for (int i = 0; i < count[output]; i++) {
                    // No weight is negative, so adding a half rounds half away from zero.
                    weight[output * taps + i] = (int) (0.5 + exact[i] / sum * (1 << FRACTION_BITS));
                }
            }
            return new Weights(first, count, weight, taps);
        }

        private static double triangle(double x) {
            return Math.max(1 - Math.abs(x), 0);
        }
    }

    private static RgbImage horizontal(RgbImage picture, int width) {
        Weights weights = Weights.of(picture.width(), width);
        byte[] in = picture.rgb();
        byte[] out = new byte[Math.multiplyExact(3 * width, picture.height())];
        int to = 0;
        for (int y = 0; y < picture.height(); y++) {
            int row = 3 * picture.width() * y;
            for (int x = 0; x < width; x++) {
                int from = row + 3 * weights.first[x];
                int tap = x * weights.taps;
                int end = tap + weights.count[x];
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                for (; tap < end; tap++, from += 3) {
                    int weight = weights.weight[tap];
                    red += weight * (in[from] & 0xff);
                    green += weight * (in[from + 1] & 0xff);
                    blue += weight * (in[from + 2] & 0xff);
                }
                out[to++] = toByte(red);
                out[to++] = toByte(green);
                out[to++] = toByte(blue);
            }
        }
        return new RgbImage(width, picture.height(), out);
    }

    private static RgbImage vertical(RgbImage picture, int height) {
        Weights weights = Weights.of(picture.height(), height);
        byte[] in = picture.rgb();
        int rowLength = 3 * picture.width();
        byte[] out = new byte[Math.multiplyExact(rowLength, height)];
        int[] sums = new int[rowLength];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            for (int i = 0; i < weights.count[y]; i++) {
                int weight = weights.weight[y * weights.taps + i];
                int from = (weights.first[y] + i) * rowLength;
                // Whole rows at a time: this loop becomes vector instructions.
                for (int x = 0; x < rowLength; x++) {
                    sums[x] += weight * (in[from + x] & 0xff);
                }
            }
            for (int x = 0; x < rowLength; x++) {
                out[y * rowLength + x] = toByte(sums[x]);
            }
        }
        return new RgbImage(picture.width(), height, out);
    }

    private static byte toByte(int sum) {
        // Rounded weights can sum to a little more than one, so 255 can be passed; below zero nothing can fall.
        return (byte) Math.min(sum >> FRACTION_BITS, 255);
    }
}
