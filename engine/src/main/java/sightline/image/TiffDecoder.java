package sightline.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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
    private static final int JPEG = 7;
    private static final int ASSOCIATED_ALPHA = 1;
    private static final int MOST_COMPONENTS = 8;

    private TiffDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        TiffHeader header = TiffHeader.parse(file);
        BrokenPicture.checkSize(header.first(TiffHeader.WIDTH, 0), header.first(TiffHeader.HEIGHT, 0));
        Samples.Rule rule = rule(header); // before any memory is asked for
        Readers.Reading<BufferedImage> reading = Readers.read(TWELVE_MONKEYS, file, reader -> reader.read(0));
        checkWarnings(reading.warnings());
        // One-bit grey comes as numbers of a black and white table; which is which stands there alone.
        if (reading.result().getColorModel() instanceof IndexColorModel model && isGrey(header)) {
            rule = Samples.palette(table(model));
        }
        RgbImage stored = Samples.toRgb(reading.result().getRaster(), rule);
        return Orientation.apply(stored, header.first(TiffHeader.ORIENTATION, 1));
    }

    private static Samples.Rule rule(TiffHeader header) throws BrokenPicture {
        long[] bits = header.all(TiffHeader.BITS);
        int depth = bits.length == 0 ? 1 : (int) bits[0];
        // As many depths as samples, or one for all; this also bounds the memory that a row takes.
        long components = header.first(TiffHeader.COMPONENTS, 1);
        boolean even = components >= 1
                && components <= MOST_COMPONENTS
                && Arrays.stream(bits).allMatch(value -> value == depth);
        boolean unsigned = Arrays.stream(header.all(TiffHeader.SAMPLE_FORMAT)).allMatch(format -> format == 1);
        boolean associated =
                Arrays.stream(header.all(TiffHeader.EXTRA_SAMPLES)).anyMatch(kind -> kind == ASSOCIATED_ALPHA);
        int photometric = (int) header.first(TiffHeader.PHOTOMETRIC, -1);
        boolean small = depth == 1 || depth == 2 || depth == 4 || depth == 8;
        if (associated) {
            if (photometric == RGB && even && unsigned && depth == 8 && bits.length == 4) {
                return divided();
            }
        } else if (even && unsigned) {
            if (isGrey(header) && small) {
                return Samples.grey(depth);
            }
            if (photometric == BLACK_IS_ZERO && depth == 16 && components == 1) {
                return Samples.clippedGrey();
            }
            if (photometric == RGB && (depth == 8 || depth == 16)) {
                return Samples.rgb(depth);
            }
            if (photometric == YCBCR && depth == 8 && header.first(TiffHeader.COMPRESSION, 1) == JPEG) {
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

    private static boolean isGrey(TiffHeader header) {
        long photometric = header.first(TiffHeader.PHOTOMETRIC, -1);
        return photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO;
    }

    /** Colours that were multiplied by alpha are divided by it again, as the reference does; by zero gives black. */
    private static Samples.Rule divided() {
        return (samples, from, rgb, to) -> {
            int alpha = samples[from + 3];
            for (int i = 0; i < 3 && alpha > 0; i++) {
                rgb[to + i] = (byte) Math.min(255 * samples[from + i] / alpha, 255);
            }
        };
    }

    /** Profiles are of no interest; and the reader takes any last strip for too short, which was checked before. */
    private static void checkWarnings(List<String> warnings) throws BrokenPicture {
        for (String warning : warnings) {
            if (!warning.contains("ByteCount < required") && !warning.contains("ICC")) {
                throw BrokenPicture.damaged("is a damaged TIFF picture (" + warning.strip() + ")");
            }
        }
    }

    private static byte[] table(IndexColorModel model) {
        byte[] table = new byte[3 * model.getMapSize()];
        for (int i = 0; i < model.getMapSize(); i++) {
            table[3 * i] = (byte) model.getRed(i);
            table[3 * i + 1] = (byte) model.getGreen(i);
            table[3 * i + 2] = (byte) model.getBlue(i);
        }
        return table;
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
