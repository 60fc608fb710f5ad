package sightline.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.spi.ImageReaderSpi;

/**
 * WebP: the bare VP8 or VP8L stream of the first frame goes to libwebp, which the reference uses as well; alpha,
 * profiles and metadata stay behind. In an animation the canvas around the first frame is black.
 */
final class WebpDecoder {
    private static final ImageReaderSpi LIBWEBP = new WebPImageReaderSpi();
    private static final int CHUNK_HEADER = 8;
    /** Of an ANMF chunk, before the frame's own chunks. */
    private static final int FRAME_HEADER = 16;

    private WebpDecoder() {}

    static RgbImage decode(byte[] file) throws IOException {
        Bytes bytes = new Bytes(file, ByteOrder.LITTLE_ENDIAN);
        long end = CHUNK_HEADER + bytes.u32(4);
        bytes.check(0, end);
        if (!bytes.says(12, "VP8X")) {
            checkChunks(bytes, 12, end);
            if (!bytes.says(12, "VP8")) {
                throw BrokenPicture.damaged("is a damaged WebP picture (it does not begin with its samples)");
            }
            return stream(bytes, 12, end);
        }
        boolean animated = (bytes.u8(20) & 2) != 0;
        int width = bytes.u24(24) + 1;
        int height = bytes.u24(27) + 1;
        BrokenPicture.checkSize(width, height);
        checkChunks(bytes, 12, end);
        long first = 12 + CHUNK_HEADER + bytes.u32(16);
        if (!animated) {
            RgbImage picture = stream(bytes, first, end);
            if (picture.width() != width || picture.height() != height) {
                throw BrokenPicture.damaged("is a damaged WebP picture (two sizes)");
            }
            return picture;
        }
        find(bytes, first, end, "ANIM");
        long frame = find(bytes, first, end, "ANMF") + CHUNK_HEADER;
        RgbImage picture = stream(bytes, frame + FRAME_HEADER, frame + bytes.u32(frame - 4));
        return onCanvas(picture, 2 * bytes.u24(frame), 2 * bytes.u24(frame + 3), width, height);
    }

    /** The picture in the first VP8 or VP8L chunk between two offsets. */
    private static RgbImage stream(Bytes bytes, long from, long end) throws IOException {
        long at = find(bytes, from, end, "VP8 ", "VP8L");
        long length = bytes.u32(at + 4);
        if (bytes.says(at, "VP8 ")) {
            BrokenPicture.checkSize(bytes.u16(at + 14) & 0x3fff, bytes.u16(at + 16) & 0x3fff);
        } else {
            long sizes = bytes.u32(at + 9);
            BrokenPicture.checkSize((sizes & 0x3fff) + 1, (sizes >> 14 & 0x3fff) + 1);
        }
        long padded = length + (length & 1);
        ByteBuffer simple = ByteBuffer.allocate(Math.toIntExact(padded + 20)).order(ByteOrder.LITTLE_ENDIAN);
        simple.put(ascii("RIFF")).putInt((int) padded + 12).put(ascii("WEBP")).put(bytes.slice(at, length + 8));
        return Samples.toRgb(decompress(simple.array()), Samples.rgb(8));
    }

    private static Raster decompress(byte[] file) throws IOException {
        try {
            return Readers.image(LIBWEBP, file).getRaster();
        } catch (LinkageError e) {
            // There is no libwebp for this platform, or it could not be unpacked into the folder for temporary files.
            throw BrokenPicture.unsupported("is a WebP picture, and libwebp cannot be loaded here (" + e + ")");
        }
    }

    /** The whole file is chunks, also behind the picture; the reference does not begin otherwise. */
    private static void checkChunks(Bytes bytes, long from, long end) throws BrokenPicture {
        for (long at = from; at < end; ) {
            long length = bytes.u32(at + 4);
            long next = at + CHUNK_HEADER + length + (length & 1);
            if (next > end) {
                throw BrokenPicture.truncated();
            }
            if (bytes.says(at, "ANMF")) {
                checkChunks(bytes, at + CHUNK_HEADER + FRAME_HEADER, at + CHUNK_HEADER + length);
            }
            at = next;
        }
    }

    /** The offset of the first chunk of one of these kinds. */
    private static long find(Bytes bytes, long from, long end, String... kinds) throws BrokenPicture {
        for (long at = from; at + CHUNK_HEADER <= end; ) {
            long length = bytes.u32(at + 4);
            bytes.check(at + CHUNK_HEADER, length);
            for (String kind : kinds) {
                if (bytes.says(at, kind)) {
                    return at;
                }
            }
            at += CHUNK_HEADER + length + (length & 1);
        }
        throw BrokenPicture.truncated();
    }

    private static RgbImage onCanvas(RgbImage picture, int left, int top, int width, int height) throws BrokenPicture {
        if (left + picture.width() > width || top + picture.height() > height) {
            throw BrokenPicture.damaged("is a damaged WebP picture (a frame lies outside)");
        }
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        int row = 3 * picture.width();
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.rgb(), y * row, rgb, 3 * ((top + y) * width + left), row);
        }
        return new RgbImage(width, height, rgb);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
