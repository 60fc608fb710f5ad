package sightline.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The rows of a PNG picture, inflated and unfiltered. What lies in the data behind the last row that is asked for is not
 * looked at, unless inflating that row comes upon it: a wrong checksum of the data is found as the reference finds it.
 */
final class PngRows implements AutoCloseable {
    private static final int HEADER = 8;
    private static final int CHECKSUM = 4;

    /** The reference reads a chunk in pieces of so many bytes. */
    private static final int MOST = 1 << 16;

    private final Bytes bytes;
    private final Inflater inflater = new Inflater();

    /** Where the next bytes of the chunk stand, and where it ends. */
    private long at;

    private long end;
    private byte[] row = {};
    private byte[] above = {};
    private int pixel;

    /** @param data the offset of the first chunk of data */
    PngRows(Bytes bytes, long data) throws BrokenPicture {
        this.bytes = bytes;
        enter(data);
    }

    private void enter(long chunk) throws BrokenPicture {
        at = chunk + HEADER;
        end = at + bytes.u32(chunk);
    }

    /** Begins a picture, or a pass of it; there is no row above its first. */
    void begin(int columns, int bitsPerPixel) {
        row = new byte[Math.toIntExact(1 + ((long) columns * bitsPerPixel + 7) / 8)];
        above = new byte[row.length];
        pixel = Math.max(1, bitsPerPixel / 8);
    }

    /**
     * The next row: one byte, then the samples. It is overwritten by the row after the next.
     *
     * @throws BrokenPicture if there is none, or the data are damaged
     */
    byte[] next() throws BrokenPicture {
        byte[] swap = above;
        above = row;
        row = swap;
        try {
            for (int filled = 0; filled < row.length; ) {
                int count = inflater.inflate(row, filled, row.length - filled);
                filled += count;
                if (count == 0) {
                    if (inflater.finished()) {
                        throw BrokenPicture.truncated();
                    }
                    if (inflater.needsDictionary()) {
                        throw damaged("it needs a dictionary");
                    }
                    feed();
                }
            }
        } catch (DataFormatException e) {
            throw damaged(e.getMessage() == null ? "its data cannot be inflated" : e.getMessage());
        }
        unfilter();
        return row;
    }

    private void feed() throws BrokenPicture {
        while (at == end) {
            long chunk = end + CHECKSUM;
            if (!bytes.says(chunk + 4, "IDAT")) {
                throw BrokenPicture.truncated();
            }
            enter(chunk);
        }
        int length = (int) Math.min(Math.min(MOST, end - at), bytes.length() - at);
        if (length <= 0) {
            throw BrokenPicture.truncated();
        }
        inflater.setInput(bytes.slice(at, length));
        at += length;
    }

    private void unfilter() throws BrokenPicture {
        int filter = row[0];
        if (filter < 0 || filter > 4) {
            throw damaged("filter " + (filter & 0xff));
        }
        // In the first pixel there is nothing to the left, where Paeth's choice is what is above.
        switch (filter) {
            case 1 -> {
                for (int i = 1 + pixel; i < row.length; i++) {
                    row[i] += row[i - pixel];
                }
            }
            case 2 -> {
                for (int i = 1; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < row.length; i++) {
                    int left = i <= pixel ? 0 : row[i - pixel] & 0xff;
                    row[i] += (byte) ((left + (above[i] & 0xff)) / 2);
                }
            }
            case 4 -> {
                for (int i = 1; i < row.length; i++) {
                    boolean first = i <= pixel;
                    row[i] += (byte)
                            (first ? above[i] : paeth(row[i - pixel] & 0xff, above[i] & 0xff, above[i - pixel] & 0xff));
                }
            }
            default -> {
                // 0: as it stands
            }
        }
    }

    private static int paeth(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    /** The offset behind the chunk that was read last. */
    long end() {
        return end + CHECKSUM;
    }

    private static BrokenPicture damaged(String reason) {
        return BrokenPicture.damaged("is a damaged PNG picture (" + reason + ")");
    }

    @Override
    public void close() {
        inflater.end();
    }
}
