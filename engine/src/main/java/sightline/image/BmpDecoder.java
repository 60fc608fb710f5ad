package sightline.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.spi.ImageReaderSpi;

/** BMP: the JDK unpacks the samples; sizes are checked first, for the JDK fills what is missing with black. */
final class BmpDecoder {
    private static final ImageReaderSpi JDK = Readers.ofJdk("bmp");
    private static final int FILE_HEADER = 14;
    private static final int OS2_HEADER = 12;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;

    private BmpDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        Bytes bytes = new Bytes(file, ByteOrder.LITTLE_ENDIAN);
        long samples = bytes.u32(10);
        boolean os2 = bytes.u32(FILE_HEADER) == OS2_HEADER;
        long width = os2 ? bytes.u16(18) : bytes.i32(18);
        long height = os2 ? bytes.u16(20) : Math.abs((long) bytes.i32(22));
        int bits = bytes.u16(os2 ? 24 : 28);
        long compression = os2 ? 0 : bytes.u32(30);
        BrokenPicture.checkSize(width, height);
        if (compression == RLE8 || compression == RLE4) {
            checkRuns(bytes, samples, (int) compression);
        } else if (compression == 0 || compression == BIT_FIELDS) {
            bytes.check(samples, (width * bits + 31) / 32 * 4 * height);
        } else {
            throw BrokenPicture.unsupported("is a BMP picture of compression " + compression + ", which is not read");
        }
        Raster raster = Readers.image(JDK, file).getRaster();
        if (bits <= 8) {
            return Samples.toRgb(raster, Samples.palette(table(bytes, os2, bits)));
        }
        return Samples.toRgb(raster, bits == 16 ? scaled(raster.getSampleModel().getSampleSize()) : Samples.rgb(8));
    }

    /** The colour table, stored blue first; for grey ones the JDK makes no table of its own. */
    private static byte[] table(Bytes bytes, boolean os2, int bits) throws BrokenPicture {
        long used = os2 ? 0 : bytes.u32(46);
        int entries = used == 0 || used > 1 << bits ? 1 << bits : (int) used;
        long at = FILE_HEADER + bytes.u32(FILE_HEADER);
        int size = os2 ? 3 : 4;
        bytes.check(at, (long) entries * size);
        byte[] table = new byte[3 * entries];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) bytes.u8(at + (long) (i / 3) * size + 2 - i % 3);
        }
        return table;
    }

    /** Samples of 5 or 6 bits, spread over 0 to 255 and rounded down. */
    private static Samples.Rule scaled(int[] sizes) {
        return (samples, from, rgb, to) -> {
            for (int i = 0; i < 3; i++) {
                rgb[to + i] = (byte) (samples[from + i] * 255 / ((1 << sizes[i]) - 1));
            }
        };
    }

    /** Follows the runs up to the mark that ends the picture. */
    private static void checkRuns(Bytes bytes, long from, int compression) throws BrokenPicture {
        long at = from;
        while (true) {
            int count = bytes.u8(at);
            int value = bytes.u8(at + 1);
            at += 2;
            if (count == 0 && value == 1) {
                return;
            }
            if (count == 0 && value == 2) {
                at += 2; // a jump: two bytes of distance
            } else if (count == 0 && value > 2) {
                int length = compression == RLE8 ? value : (value + 1) / 2; // literals, padded to even length
                at += length + (length & 1);
            }
        }
    }
}
