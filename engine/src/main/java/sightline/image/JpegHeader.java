package sightline.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;

/**
 * What a JPEG file says before its samples, and the file without all that may not change a pixel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param colours how the components make a colour
 * @param components 1, 3 or 4
 * @param bare the file up to its first end marker, without application data (JFIF, EXIF, profiles, Adobe) and comments
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record JpegHeader(int width, int height, int components, Colours colours, byte[] bare) {
    /** How components make a colour. */
    enum Colours {
        GREY,
        RGB,
        YCC,
        CMYK,
        YCCK
    }

    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final int NO_ADOBE = -1;

    /**
     * Walks the markers up to the end of the first picture.
     *
     * @throws BrokenPicture if there is no end, or the coding is one that is not read
     */
    static JpegHeader parse(byte[] file) throws BrokenPicture {
        return new Walk(file).run();
    }

    private static final class Walk {
        private final byte[] file;
        private final Bytes bytes;
        private final ByteArrayOutputStream kept;
        private int frame = -1;
        private boolean jfif;
        private int adobe = NO_ADOBE;

        Walk(byte[] file) {
            this.file = file;
            this.bytes = new Bytes(file, ByteOrder.BIG_ENDIAN);
            this.kept = new ByteArrayOutputStream(file.length);
        }

        JpegHeader run() throws BrokenPicture {
            kept.write(0xff);
            kept.write(START_OF_IMAGE);
            int at = 2;
            while (true) {
                while (bytes.u8(at) != 0xff || bytes.u8(at + 1) == 0 || bytes.u8(at + 1) == 0xff) {
                    at++; // fill bytes, or garbage that libjpeg skips too
                }
                int marker = bytes.u8(at + 1);
                if (marker == END_OF_IMAGE) {
                    kept.write(file, at, 2);
                    return header();
                }
                if (marker == START_OF_IMAGE) {
                    throw BrokenPicture.damaged("is a damaged JPEG picture (a second one begins inside it)");
                }
                if (marker == 1 || (marker >= 0xd0 && marker < START_OF_IMAGE)) {
                    at += 2; // no length follows
                    continue;
                }
                int end = at + 2 + bytes.u16(at + 2);
                bytes.check(at, end - at);
                look(marker, at + 4, end);
                boolean told = marker == COMMENT || (marker >= APP0 && marker <= APP15);
                if (marker == START_OF_SCAN) {
                    end = endOfScan(end);
                }
                if (!told) {
                    kept.write(file, at, end - at);
                }
                at = end;
            }
        }

        private void look(int marker, int at, int end) throws BrokenPicture {
            int length = end - at;
            if (marker == APP0 && length >= 14 && bytes.says(at, "JFIF\0")) {
                jfif = true;
            } else if (marker == APP14 && length >= 12 && bytes.says(at, "Adobe")) {
                adobe = bytes.u8(at + 11);
            } else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                if (frame >= 0) {
                    throw BrokenPicture.damaged("is a damaged JPEG picture (two frames)");
                }
                checkCoding(marker, bytes.u8(at));
                frame = at;
            }
        }

        private static void checkCoding(int marker, int bits) throws BrokenPicture {
            if (marker > 0xc8) {
                throw BrokenPicture.unsupported("is a JPEG picture with arithmetic coding, which is not read");
            }
            if (marker > 0xc2) {
                throw BrokenPicture.unsupported("is a lossless or hierarchical JPEG picture, which is not read");
            }
            if (bits != 8) {
                throw BrokenPicture.unsupported("is a JPEG picture of " + bits + " bits, of which only 8 are read");
            }
        }

        /** The offset of the next marker that is neither a restart nor an escaped 0xff. */
        private int endOfScan(int from) throws BrokenPicture {
            int at = from;
            while (true) {
                int next = bytes.u8(at) == 0xff ? bytes.u8(at + 1) : 0;
                if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                    return at;
                }
                at++;
            }
        }

        private JpegHeader header() throws BrokenPicture {
            if (frame < 0) {
                throw BrokenPicture.truncated();
            }
            int height = bytes.u16(frame + 1);
            int width = bytes.u16(frame + 3);
            BrokenPicture.checkSize(width, height);
            int components = bytes.u8(frame + 5);
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < components; i++) {
                names.append((char) bytes.u8(frame + 6 + 3 * i));
            }
            return new JpegHeader(width, height, components, colours(names.toString()), kept.toByteArray());
        }

        /** As libjpeg guesses: JFIF first, then Adobe's word, then the names of the components. */
        private Colours colours(String names) throws BrokenPicture {
            return switch (names.length()) {
                case 1 -> Colours.GREY;
                case 3 -> {
                    boolean red = !jfif && (adobe == NO_ADOBE ? names.equals("RGB") : adobe == 0);
                    yield red ? Colours.RGB : Colours.YCC;
                }
                case 4 -> adobe == NO_ADOBE || adobe == 0 ? Colours.CMYK : Colours.YCCK;
                default ->
                    throw BrokenPicture.unsupported(
                            "is a JPEG picture of " + names.length() + " components, which is not read");
            };
        }
    }
}
