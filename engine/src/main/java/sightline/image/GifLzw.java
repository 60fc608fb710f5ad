package sightline.image;

/**
 * GIF's compression (variable-length LZW, low bits first). Written out because the JDK's reader keeps silent about
 * missing and impossible codes, and leaves the rows black.
 */
final class GifLzw {
    private static final int MOST_CODES = 1 << 12;

    private final Bytes bytes;
    private long at;
    private int blockLeft;
    private int bits;
    private int bitCount;

    private GifLzw(Bytes bytes, long at) {
        this.bytes = bytes;
        this.at = at;
    }

    /**
     * The colour numbers of a frame, in stored order.
     *
     * @param at where the frame's data begin: the byte that gives the code size
     * @param pixels how many there must be
     */
    static byte[] decode(Bytes bytes, long at, int pixels) throws BrokenPicture {
        int codeSize = bytes.u8(at);
        if (codeSize > 8) {
            throw BrokenPicture.damaged("is a damaged GIF picture (code size " + codeSize + ")");
        }
        return new GifLzw(bytes, at + 1).run(codeSize, pixels);
    }

    private byte[] run(int codeSize, int pixels) throws BrokenPicture {
        int clear = 1 << codeSize;
        int[] prefix = new int[MOST_CODES];
        byte[] suffix = new byte[MOST_CODES];
        byte[] reversed = new byte[MOST_CODES];
        byte[] out = new byte[pixels];
        int filled = 0;
        int next = clear + 2;
        int width = codeSize + 1;
        int previous = -1;
        byte first = 0;
        while (filled < pixels) {
            int code = code(width);
            if (code == clear) {
                next = clear + 2;
                width = codeSize + 1;
                previous = -1;
                continue;
            }
            if (code == clear + 1) {
                throw BrokenPicture.truncated();
            }
            if (code > next || (code >= clear && previous < 0) || (code == next && next == MOST_CODES)) {
                throw BrokenPicture.damaged("is a damaged GIF picture (impossible code)");
            }
            int length = 0;
            int rest = code;
            if (code == next) { // the string that this very code is about to define: the previous one and its head
                reversed[length++] = first;
                rest = previous;
            }
            while (rest > clear) {
                reversed[length++] = suffix[rest];
                rest = prefix[rest];
            }
            first = (byte) rest;
            reversed[length++] = first;
            while (length > 0 && filled < pixels) {
                out[filled++] = reversed[--length];
            }
            if (previous >= 0 && next < MOST_CODES) {
                prefix[next] = previous;
                suffix[next] = first;
                next++;
                if (next == 1 << width && width < 12) {
                    width++;
                }
            }
            previous = code;
        }
        return out;
    }

    private int code(int width) throws BrokenPicture {
        while (bitCount < width) {
            if (blockLeft == 0) {
                blockLeft = bytes.u8(at++);
                if (blockLeft == 0) {
                    throw BrokenPicture.truncated();
                }
                bytes.check(at, blockLeft); // a block counts only as a whole
            }
            bits |= bytes.u8(at++) << bitCount;
            blockLeft--;
            bitCount += 8;
        }
        int code = bits & ((1 << width) - 1);
        bits >>>= width;
        bitCount -= width;
        return code;
    }
}
