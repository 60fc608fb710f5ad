package sightline.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A last field {@value #FIELD} by which a journal's line tells whether somebody has edited it: the first 16 hex digits of
 * SHA-256 over all bytes before that field.
 */
public final class LineCheck {
    /** The field's name. */
    public static final String FIELD = "check";

    private static final int DIGITS = 16;
    private static final int LENGTH = tail("0".repeat(DIGITS)).length;

    private LineCheck() {}

    /** An object with its check; {@code object} is its JSON, with at least one field and without spaces at its end. */
    public static byte[] added(byte[] object) {
        byte[] head = Arrays.copyOf(object, object.length - 1);
        byte[] tail = tail(FileHash.of(head).substring(0, DIGITS));
        byte[] line = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, line, head.length, tail.length);
        return line;
    }

    /** Whether a line ends with the check of what is before it. */
    static boolean holds(byte[] line) {
        int end = line.length - LENGTH;
        return end > 0 && Arrays.equals(line, added(Arrays.copyOf(line, end + 1)));
    }

    private static byte[] tail(String digits) {
        return (",\"" + FIELD + "\":\"" + digits + "\"}").getBytes(StandardCharsets.US_ASCII);
    }
}
