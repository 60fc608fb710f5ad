package sightline.image;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * PNG: rows are inflated one by one, as the reference does it, and unfiltered here. Written out because the JDK's reader
 * minds checksums that the reference does not look at, and chunks that may not change a pixel.
 */
final class PngDecoder {
    private static final int INDEXED = 3;

    /** First column and row of each pass of an interlaced picture, and the steps between them. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private PngDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        Bytes bytes = new Bytes(file, ByteOrder.BIG_ENDIAN);
        PngHeader header = PngHeader.parse(bytes);
        Samples.Rule rule = rule(header);
        int width = header.width();
        int height = header.height();
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        try (PngRows rows = new PngRows(bytes, header.data())) {
            for (int[] pass : header.interlaced() ? PASSES : ONE_PASS) {
                int columns = (width - pass[0] + pass[2] - 1) / pass[2];
                if (columns > 0 && pass[1] < height) {
                    rows.begin(columns, header.channels() * header.depth());
                    int[] samples = new int[columns * header.channels()];
                    for (int y = pass[1]; y < height; y += pass[3]) {
                        unpack(rows.next(), header.depth(), samples);
                        int to = 3 * (y * width + pass[0]);
                        for (int from = 0; from < samples.length; from += header.channels(), to += 3 * pass[2]) {
                            rule.put(samples, from, rgb, to);
                        }
                    }
                }
            }
            PngHeader.checkRest(bytes, header, rows.end());
        }
        return new RgbImage(width, height, rgb);
    }

    /** @param row a byte that was the filter's, then samples, high bits and high bytes first */
    private static void unpack(byte[] row, int depth, int[] samples) {
        if (depth == 8) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = row[1 + i] & 0xff;
            }
        } else if (depth == 16) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (row[1 + 2 * i] & 0xff) << 8 | (row[2 + 2 * i] & 0xff);
            }
        } else {
            for (int i = 0; i < samples.length; i++) {
                int bit = i * depth;
                samples[i] = (row[1 + bit / 8] & 0xff) >> (8 - depth - bit % 8) & ((1 << depth) - 1);
            }
        }
    }

    private static Samples.Rule rule(PngHeader header) {
        int depth = header.depth();
        return switch (header.colour()) {
            case 0 -> depth == 16 ? Samples.clippedGrey() : Samples.grey(depth);
            case INDEXED -> Samples.palette(header.palette());
            case 4 -> depth == 16 ? Samples.highGrey() : Samples.grey(8);
            default -> Samples.rgb(depth);
        };
    }
}
