package sightline.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.spi.ImageReaderSpi;

/** TIFF, first page: TwelveMonkeys undoes the compression; what the samples mean is decided here. */
final class TiffDecoder {
    private static final ImageReaderSpi TWELVE_MONKEYS = new TIFFImageReaderSpi();
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;
    private static final int ASSOCIATED_ALPHA = 1;

    private TiffDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        TiffHeader header = TiffHeader.parse(file);
        BrokenPicture.checkSize(header.first(TiffHeader.WIDTH, 0), header.first(TiffHeader.HEIGHT, 0));
        Samples.Rule rule = rule(header);
        Raster raster = Readers.raster(TWELVE_MONKEYS, file);
        RgbImage stored = Samples.toRgb(raster, rule);
        return Orientation.apply(stored, header.first(TiffHeader.ORIENTATION, 1));
    }

    private static Samples.Rule rule(TiffHeader header) throws BrokenPicture {
        long[] bits = header.all(TiffHeader.BITS);
        int depth = bits.length == 0 ? 1 : (int) bits[0];
        boolean even = Arrays.stream(bits).allMatch(value -> value == depth);
        boolean unsigned = Arrays.stream(header.all(TiffHeader.SAMPLE_FORMAT)).allMatch(format -> format == 1);
        boolean plainAlpha =
                Arrays.stream(header.all(TiffHeader.EXTRA_SAMPLES)).noneMatch(kind -> kind == ASSOCIATED_ALPHA);
        int photometric = (int) header.first(TiffHeader.PHOTOMETRIC, -1);
        boolean grey = photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO;
        boolean small = depth == 1 || depth == 2 || depth == 4 || depth == 8;
        if (even && unsigned && plainAlpha) {
            if (grey && small) {
                return Samples.grey(depth);
            }
            if (photometric == BLACK_IS_ZERO && depth == 16 && header.first(TiffHeader.COMPONENTS, 1) == 1) {
                return Samples.clippedGrey();
            }
            if (photometric == RGB && (depth == 8 || depth == 16)) {
                return Samples.rgb(depth);
            }
            if (photometric == YCBCR && depth == 8) {
                return Samples.rgb(8);
            }
            if (photometric == PALETTE && small) {
                return Samples.palette(table(header));
            }
            if (photometric == CMYK && depth == 8) {
                return Samples.cmyk();
            }
        }
        throw BrokenPicture.unsupported("is a TIFF picture of a kind that is not read (photometric " + photometric
                + ", bits " + Arrays.toString(bits) + ", sample format "
                + Arrays.toString(header.all(TiffHeader.SAMPLE_FORMAT)) + ", extra samples "
                + Arrays.toString(header.all(TiffHeader.EXTRA_SAMPLES)) + ")");
    }

    /** All reds, all greens, all blues of 16 bits; the high bytes, side by side. */
    private static byte[] table(TiffHeader header) {
        long[] values = header.all(TiffHeader.COLOUR_TABLE);
        int entries = values.length / 3;
        byte[] table = new byte[3 * entries];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) (values[i % 3 * entries + i / 3] >> 8);
        }
        return table;
    }
}
