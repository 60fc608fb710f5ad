package sightline.image;

/** BMP's runs of equal samples, as the reference follows them: also beyond the ends of rows. */
final class BmpRuns {
    private final Bytes bytes;
    private final boolean halves;
    private final int width;
    private final byte[] out;
    private long at;
    private int filled;

    private BmpRuns(Bytes bytes, BmpHeader header) {
        this.bytes = bytes;
        this.halves = header.halfBytes();
        this.width = header.width();
        this.out = new byte[Math.multiplyExact(header.width(), header.height())];
        this.at = header.samples();
    }

    /**
     * The samples, row by row as stored.
     *
     * @throws BrokenPicture if the runs end before the picture does
     */
    static byte[] decode(Bytes bytes, BmpHeader header) throws BrokenPicture {
        return new BmpRuns(bytes, header).run();
    }

    private byte[] run() throws BrokenPicture {
        int x = 0;
        while (filled < out.length) {
            int count = bytes.u8(at);
            int value = bytes.u8(at + 1);
            at += 2;
            if (count > 0) {
                int fitting = Math.min(count, Math.max(0, width - x));
                for (int i = 0; i < fitting; i++) {
                    put(halves ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
                }
                x += fitting;
            } else if (value == 0) {
                skip((width - filled % width) % width);
                x = 0;
            } else if (value == 1) {
                throw BrokenPicture.truncated();
            } else if (value == 2) {
                jump();
                x = filled % width;
            } else {
                literals(value);
                x += value;
            }
        }
        return out;
    }

    private void put(int value) {
        if (filled < out.length) {
            out[filled++] = (byte) value;
        }
    }

    /** Passed over, and so 0. */
    private void skip(long count) {
        filled = (int) Math.min(out.length, filled + count);
    }

    private void literals(int count) throws BrokenPicture {
        int stored = halves ? count / 2 : count;
        for (int i = 0; i < stored && filled < out.length; i++) {
            int value = bytes.u8(at++);
            if (halves) {
                put(value >> 4);
                put(value & 15);
            } else {
                put(value);
            }
        }
        at += at % 2; // they end at an even place of the file
    }

    /** The reference takes the distances from the two bytes behind those that hold them. */
    private void jump() throws BrokenPicture {
        long right = bytes.u8(at + 2);
        long up = bytes.u8(at + 3);
        at += 4;
        skip(right + up * width);
    }
}
