package sightline.ask;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Arrays as NumPy reads them: format version 1.0, little-endian float32, row-major. */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    /** The data begins at a multiple of it. */
    private static final int ALIGNMENT = 64;

    private Npy() {}

    /**
     * Writes an array.
     *
     * @param rows its numbers, the last axis as arrays
     * @param shape of all, the last axis too
     */
    static void write(OutputStream file, Iterable<float[]> rows, int... shape) throws IOException {
        String axes = Arrays.stream(shape).mapToObj(axis -> axis + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + axes + "), }";
        int before = MAGIC.length + Short.BYTES + header.length() + 1;
        header += " ".repeat((ALIGNMENT - before % ALIGNMENT) % ALIGNMENT) + "\n";
        file.write(MAGIC);
        file.write(ByteBuffer.allocate(Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) header.length())
                .array());
        file.write(header.getBytes(StandardCharsets.US_ASCII));
        for (float[] row : rows) {
            ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(row);
            file.write(bytes.array());
        }
    }
}
