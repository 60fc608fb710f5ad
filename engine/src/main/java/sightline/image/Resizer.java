package sightline.image;

import java.util.Arrays;

/**
 * Resizing with antialiasing on 8-bit channels, bit for bit as Pillow 11.1 does it (METHOD and METHOD-LLAVA, section 2).
 *
 * <p>Each output pixel is a weighted mean of the input pixels under a curve that is as wide as the reduction asks for.
 * Weights are fixed-point numbers, columns are done before rows, and the result between the two passes is rounded and
 * clipped to 8 bits: all of it decides about single levels.
 */
final class Resizer {
    /** 32 bits less 8 for the value and 2 to spare, as in the reference. */
    private static final int FRACTION_BITS = 22;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private Resizer() {}

    /** The curve of weights. */
    enum Filter {
        BILINEAR(1),
        BICUBIC(2);

        /** Half the base of the curve, in output pixels or, enlarging, input pixels. */
        private final int support;

        Filter(int support) {
            this.support = support;
        }

        /** The weight at a distance from the middle, 0 or more. */
        private double at(double x) {
            if (this == BILINEAR) {
                return Math.max(1 - x, 0);
            }
            return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
        }
    }

    /**
     * What is wanted of one side of the resized picture. Resized sides may be longer than an array; what is wanted is not.
     *
     * @param size to which the side is resized, pixels
     * @param from the first pixel wanted
     * @param count how many
     */
    record Side(long size, long from, int count) {
        static Side whole(int size) {
            return new Side(size, 0, size);
        }
    }

    /** The picture at another size; the same object if it has that size already. */
    static RgbImage resize(RgbImage picture, int width, int height, Filter filter) {
        RgbImage wide = picture.width() == width
                ? picture
                : horizontal(Framed.bare(picture), Side.whole(width), filter).picture();
        return wide.height() == height ? wide : vertical(Framed.bare(wide), Side.whole(height), filter);
    }

    /** A part of the resized picture. A side that keeps its size keeps its pixels. */
    static RgbImage resize(Framed framed, Side width, Side height, Filter filter) {
        return vertical(horizontal(framed, width, filter), height, filter);
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
        static Weights of(int inputs, Side wanted, Filter filter) {
            double scale = (double) inputs / wanted.size();
            double support = filter.support * Math.max(scale, 1); // in input pixels
            double inverse = 1 / Math.max(scale, 1);
            int taps = (int) Math.ceil(support) * 2 + 1;
            int outputs = wanted.count();
            int[] first = new int[outputs];
            int[] count = new int[outputs];
            int[] weight = new int[Math.multiplyExact(outputs, taps)];
            double[] exact = new double[taps];
            for (int output = 0; output < outputs; output++) {
                double center = (wanted.from() + output + 0.5) * scale;
                first[output] = Math.max((int) (center - support + 0.5), 0);
                count[output] = Math.min((int) (center + support + 0.5), inputs) - first[output];
                double sum = 0;
                for (int i = 0; i < count[output]; i++) {
                    double distance = Math.abs((i + first[output] - center + 0.5) * inverse);
                    exact[i] = filter.at(distance);
                    sum += exact[i];
                }
                for (int i = 0; i < count[output]; i++) {
                    weight[output * taps + i] = awayFromZero(exact[i] / sum * (1 << FRACTION_BITS));
                }
            }
            return new Weights(first, count, weight, taps);
        }

        /** Halves away from zero. */
        private static int awayFromZero(double value) {
            return (int) (value < 0 ? value - 0.5 : value + 0.5);
        }
    }

    /** Only rows that hold picture are computed: one colour stays one colour. */
    private static Framed horizontal(Framed framed, Side wanted, Filter filter) {
        Weights weights = Weights.of(framed.width(), wanted, filter);
        RgbImage picture = framed.picture();
        byte[] in = framed.groundRow(framed.width());
        byte[] out = new byte[Math.multiplyExact(3 * wanted.count(), picture.height())];
        int to = 0;
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.rgb(), 3 * picture.width() * y, in, 3 * framed.left(), 3 * picture.width());
            for (int x = 0; x < wanted.count(); x++) {
                int from = 3 * weights.first[x];
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
        return framed.withColumns(new RgbImage(wanted.count(), picture.height(), out));
    }

    private static RgbImage vertical(Framed framed, Side wanted, Filter filter) {
        Weights weights = Weights.of(framed.height(), wanted, filter);
        RgbImage picture = framed.picture();
        byte[] ground = framed.groundRow(picture.width());
        int rowLength = ground.length;
        byte[] out = new byte[Math.multiplyExact(rowLength, wanted.count())];
        int[] sums = new int[rowLength];
        for (int y = 0; y < wanted.count(); y++) {
            Arrays.fill(sums, HALF);
            for (int i = 0; i < weights.count[y]; i++) {
                int weight = weights.weight[y * weights.taps + i];
                int row = weights.first[y] + i - framed.top();
                boolean inside = row >= 0 && row < picture.height();
                byte[] in = inside ? picture.rgb() : ground;
                int from = inside ? row * rowLength : 0;
                // Whole rows at a time: this loop becomes vector instructions.
                for (int x = 0; x < rowLength; x++) {
                    sums[x] += weight * (in[from + x] & 0xff);
                }
            }
            for (int x = 0; x < rowLength; x++) {
                out[y * rowLength + x] = toByte(sums[x]);
            }
        }
        return new RgbImage(picture.width(), wanted.count(), out);
    }

    private static byte toByte(int sum) {
        return (byte) Math.min(Math.max(sum >> FRACTION_BITS, 0), 255);
    }
}
