package sightline.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A file in memory, read at any offset; reading past the end says that the picture ends too early. */
final class Bytes {
    private final byte[] data;
    private final ByteBuffer buffer;

    Bytes(byte[] data, ByteOrder order) {
        this.data = data;
        this.buffer = ByteBuffer.wrap(data).order(order);
    }

    int length() {
        return data.length;
    }

    /** An unsigned byte. */
    int u8(long at) throws BrokenPicture {
        return buffer.get(check(at, 1)) & 0xff;
    }

    /** An unsigned 16-bit number. */
    int u16(long at) throws BrokenPicture {
        return buffer.getShort(check(at, 2)) & 0xffff;
    }

    /** An unsigned 24-bit number, low byte first. */
    int u24(long at) throws BrokenPicture {
        return u8(at) | u8(at + 1) << 8 | u8(at + 2) << 16;
    }

    /** A signed 32-bit number. */
    int i32(long at) throws BrokenPicture {
        return buffer.getInt(check(at, 4));
    }

    /** An unsigned 32-bit number. */
    long u32(long at) throws BrokenPicture {
        return i32(at) & 0xffff_ffffL;
    }

    /** A copy of {@code length} bytes. */
    byte[] slice(long at, long length) throws BrokenPicture {
        int from = check(at, length);
        return Arrays.copyOfRange(data, from, from + (int) length);
    }

    /** Whether these ASCII characters stand there; false past the end. */
    boolean says(long at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return at + wanted.length <= data.length
                && Arrays.equals(data, (int) at, (int) at + wanted.length, wanted, 0, wanted.length);
    }

    /** The offset as an index, if {@code length} bytes stand there. */
    int check(long at, long length) throws BrokenPicture {
        if (at < 0 || length < 0 || at + length > data.length) {
            throw BrokenPicture.truncated();
        }
        return (int) at;
    }
}
