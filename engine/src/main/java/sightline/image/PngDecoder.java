package sightline.image;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import javax.imageio.spi.ImageReaderSpi;

/**
 * PNG: the file is first reduced to the chunks that hold samples, each checked, so that nothing else (gamma, profiles,
 * transparency, text) can change a pixel; the JDK inflates and unfilters the rest.
 */
final class PngDecoder {
    private static final ImageReaderSpi JDK = Readers.ofJdk("png");
    private static final int HEADER = 8;
    private static final int INDEXED = 3;

    private PngDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        Bytes bytes = new Bytes(file, ByteOrder.BIG_ENDIAN);
        if (!bytes.says(HEADER + 4, "IHDR")) {
            bytes.check(HEADER, 8);
            throw BrokenPicture.damaged("is a damaged PNG picture (its header is missing)");
        }
        BrokenPicture.checkSize(bytes.u32(HEADER + 8), bytes.u32(HEADER + 12));
        int depth = bytes.u8(HEADER + 16);
        int colour = bytes.u8(HEADER + 17);
        byte[] palette = {};
        boolean samples = false;
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, HEADER);
        for (long at = HEADER; ; ) {
            long length = bytes.u32(at);
            int start = bytes.check(at, length + 12);
            checkSum(file, start + 4, (int) length + 4, bytes.i32(at + 8 + length));
            boolean table = bytes.says(at + 4, "PLTE") && colour == INDEXED;
            boolean data = bytes.says(at + 4, "IDAT");
            boolean end = bytes.says(at + 4, "IEND");
            if (table) {
                palette = bytes.slice(at + 8, length);
            }
            samples |= data;
            if (table || data || end || bytes.says(at + 4, "IHDR")) {
                kept.write(file, start, (int) length + 12);
            }
            if (end) {
                break;
            }
            at += length + 12;
        }
        if (!samples) {
            throw BrokenPicture.truncated();
        }
        Raster raster = Readers.image(JDK, kept.toByteArray()).getRaster();
        return Samples.toRgb(raster, rule(colour, depth, palette));
    }

    private static void checkSum(byte[] file, int from, int length, int expected) throws BrokenPicture {
        CRC32 sum = new CRC32();
        sum.update(file, from, length);
        if ((int) sum.getValue() != expected) {
            throw BrokenPicture.damaged("is a damaged PNG picture (a checksum differs)");
        }
    }

    private static Samples.Rule rule(int colour, int depth, byte[] palette) throws BrokenPicture {
        return switch (colour) {
            case 0 -> depth == 16 ? Samples.clippedGrey() : Samples.grey(depth);
            case INDEXED -> Samples.palette(palette);
            case 4 -> depth == 16 ? Samples.highGrey() : Samples.grey(8);
            case 2, 6 -> Samples.rgb(depth);
            default -> throw BrokenPicture.damaged("is a damaged PNG picture (colour type " + colour + ")");
        };
    }
}
