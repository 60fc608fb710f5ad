package sightline.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.spi.ImageReaderSpi;

/** TIFF, first page: TwelveMonkeys undoes the compression; what the samples mean is {@link TiffKind}'s to say. */
final class TiffDecoder {
    private static final ImageReaderSpi TWELVE_MONKEYS = new TIFFImageReaderSpi();
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;

    private TiffDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        TiffHeader header = TiffHeader.parse(file);
        BrokenPicture.checkSize(header.first(TiffHeader.WIDTH, 0), header.first(TiffHeader.HEIGHT, 0));
        Samples.Rule rule = TiffKind.of(header).rule(); // before any memory is asked for
        Readers.Reading<BufferedImage> reading = read(file);
        checkWarnings(reading.warnings());
        // One-bit grey comes as numbers of a black and white table; which is which stands there alone.
        if (reading.result().getColorModel() instanceof IndexColorModel model && isGrey(header)) {
            rule = Samples.palette(table(model));
        }
        RgbImage stored = Samples.toRgb(reading.result().getRaster(), rule);
        return Orientation.apply(stored, header.first(TiffHeader.ORIENTATION, 1));
    }

    private static Readers.Reading<BufferedImage> read(byte[] file) throws IOException {
        try {
            return Readers.read(TWELVE_MONKEYS, file, reader -> reader.read(0));
        } catch (IIOException e) {
            if ("Unsupported element precision".equals(e.getMessage())) {
                throw BrokenPicture.unsupported(
                        "is a TIFF picture of a kind that is not read (JPEG with coarse tables, of 16 bits)");
            }
            throw e;
        }
    }

    private static boolean isGrey(TiffHeader header) {
        long photometric = header.first(TiffHeader.PHOTOMETRIC, -1);
        return photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO;
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
}
