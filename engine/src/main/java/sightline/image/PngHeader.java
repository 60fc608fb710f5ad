package sightline.image;

import java.util.zip.CRC32;

/**
 * What a PNG file says before its data. As in the reference, checksums count up to there and not behind, lengths
 * everywhere, and what cannot change a pixel is only looked at for its form.
 *
 * @param width in pixels
 * @param height in pixels
 * @param depth bits a sample
 * @param colour 0 grey, 2 RGB, 3 indexed, 4 grey with alpha, 6 RGB with alpha
 * @param interlaced whether the rows come in seven passes
 * @param palette red, green, blue for each entry; empty if there is none
 * @param data offset of the first chunk of data
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PngHeader(int width, int height, int depth, int colour, boolean interlaced, byte[] palette, long data) {
    private static final int SIGNATURE = 8;

    /** Length, kind and checksum of a chunk. */
    private static final int FRAME = 12;

    private static final int INDEXED = 3;

    /** Samples a pixel. */
    int channels() {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** @throws BrokenPicture if something before the data is damaged, or they never come */
    static PngHeader parse(Bytes bytes) throws BrokenPicture {
        PngHeader header = null;
        for (long at = SIGNATURE; ; ) {
            long length = bytes.u32(at);
            String kind = kind(bytes, at);
            if (kind.isEmpty()) {
                throw damaged("a chunk has no name");
            }
            if (kind.equals("IDAT")) {
                return complete(header, at);
            }
            if (kind.equals("IEND")) {
                throw BrokenPicture.truncated();
            }
            checkSum(bytes, at, length);
            PngChunk.checkBeforeData(bytes, kind, at + 8, length, header);
            if (kind.equals("IHDR")) {
                header = of(bytes, at + 8, header == null ? new byte[0] : header.palette);
            } else if (kind.equals("PLTE") && header != null && header.colour == INDEXED) {
                header = header.with(bytes.slice(at + 8, palette(length)), -1);
            }
            at += length + FRAME;
        }
    }

    private static PngHeader of(Bytes bytes, long at, byte[] palette) throws BrokenPicture {
        BrokenPicture.checkSize(bytes.u32(at), bytes.u32(at + 4));
        int depth = bytes.u8(at + 8);
        int colour = bytes.u8(at + 9);
        boolean known =
                switch (colour) {
                    case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                    case INDEXED -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                    case 2, 4, 6 -> depth == 8 || depth == 16;
                    default -> false;
                };
        if (!known) {
            throw damaged("colour type " + colour + " of " + depth + " bits");
        }
        return new PngHeader(bytes.i32(at), bytes.i32(at + 4), depth, colour, bytes.u8(at + 12) != 0, palette, -1);
    }

    private static long palette(long length) throws BrokenPicture {
        if (length >= 3 * 257) {
            throw damaged("a palette of more than 256 colours");
        }
        return length;
    }

    private PngHeader with(byte[] newPalette, long newData) {
        return new PngHeader(width, height, depth, colour, interlaced, newPalette, newData);
    }

    private static PngHeader complete(PngHeader header, long data) throws BrokenPicture {
        if (header == null) {
            throw damaged("its header is missing");
        }
        return header.with(header.palette, data);
    }

    /**
     * Looks at the chunks behind the data: they must be there in full, up to the last one or to anything that is none.
     *
     * @throws BrokenPicture if one is cut short
     */
    static void checkRest(Bytes bytes, PngHeader header, long from) throws BrokenPicture {
        for (long at = from; at + 8 <= bytes.length(); ) {
            String kind = kind(bytes, at);
            if (kind.isEmpty() || kind.equals("IEND")) {
                return;
            }
            long length = bytes.u32(at);
            bytes.check(at + 8, length);
            PngChunk.check(bytes, kind, at + 8, length, header);
            at += length + FRAME;
        }
    }

    /** The name of a chunk; empty if it is none. */
    private static String kind(Bytes bytes, long at) throws BrokenPicture {
        StringBuilder kind = new StringBuilder();
        for (int i = 4; i < 8; i++) {
            char c = (char) bytes.u8(at + i);
            boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            if (!word) {
                return "";
            }
            kind.append(c);
        }
        return kind.toString();
    }

    private static void checkSum(Bytes bytes, long at, long length) throws BrokenPicture {
        bytes.check(at, length + FRAME);
        CRC32 sum = new CRC32();
        sum.update(bytes.slice(at + 4, length + 4));
        if ((int) sum.getValue() != bytes.i32(at + 8 + length)) {
            throw damaged("a checksum differs");
        }
    }

    private static BrokenPicture damaged(String reason) {
        return BrokenPicture.damaged("is a damaged PNG picture (" + reason + ")");
    }
}
