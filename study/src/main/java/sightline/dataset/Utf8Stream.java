package sightline.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import sightline.error.InputException;

/**
 * A file's bytes, checked to be UTF-8 while they are read; a byte order mark is left out. JSON readers guess encodings and
 * let some broken sequences pass.
 */
final class Utf8Stream extends FilterInputStream {
    private static final int HEAD = 4;
    private static final int CONTINUATION_LOW = 0x80;
    private static final int CONTINUATION_HIGH = 0xBF;

    private final String file;
    private long offset;
    private int missing;
    private int low = CONTINUATION_LOW;
    private int high = CONTINUATION_HIGH;

    private Utf8Stream(String file, InputStream in, long offset) {
        super(in);
        this.file = file;
        this.offset = offset;
    }

    /**
     * Begins to read.
     *
     * @param file its name, for errors
     * @throws InputException if the file is empty or in another encoding; reading throws it for bytes that are not UTF-8
     */
    static Utf8Stream of(String file, InputStream bytes) throws IOException {
        PushbackInputStream in = new PushbackInputStream(bytes, HEAD);
        byte[] head = in.readNBytes(HEAD);
        if (head.length == 0) {
            throw new InputException(file, "is empty", "JSON", "Fetch the file again");
        }
        if (at(head, 0) == 0 && at(head, 1) == 0 && at(head, 2) == 0 && at(head, 3) <= 0) {
            throw new InputException(file, "begins with zeros, so it is damaged", "JSON", "Fetch the file again");
        }
        String encoding = encoding(head);
        if (!encoding.isEmpty()) {
            throw new InputException(
                    file, "is " + encoding + ", not UTF-8", "JSON in UTF-8", "Convert it, for example with iconv");
        }
        boolean mark = head.length >= 3 && at(head, 0) == 0xEF && at(head, 1) == 0xBB && at(head, 2) == 0xBF;
        in.unread(head, mark ? 3 : 0, head.length - (mark ? 3 : 0));
        return new Utf8Stream(file, in, mark ? 3 : 0);
    }

    /** JSON begins with ASCII, so zeros among the first bytes mean wide characters. */
    private static String encoding(byte[] head) {
        int a = at(head, 0);
        int b = at(head, 1);
        boolean wide = at(head, 2) == 0 && at(head, 3) == 0;
        if (a == 0xFF && b == 0xFE) {
            return wide ? "UTF-32" : "UTF-16";
        }
        if (a == 0xFE && b == 0xFF) {
            return "UTF-16";
        }
        if (a == 0 || b == 0) {
            return (a == 0 && b == 0) || (b == 0 && wide) ? "UTF-32" : "UTF-16";
        }
        return "";
    }

    private static int at(byte[] bytes, int i) {
        return i < bytes.length ? bytes[i] & 0xFF : -1;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int n = in.read(into, from, length);
        if (n < 0 && missing > 0) {
            throw broken("ends inside a character");
        }
        for (int i = 0; i < n; i++, offset++) {
            int b = into[from + i];
            if (missing > 0 || b < 0) {
                check(b & 0xFF);
            }
        }
        return n;
    }

    /** The ranges of the Unicode standard, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF. */
    private void check(int b) {
        if (missing > 0) {
            if (b < low || b > high) {
                throw notUtf8(b);
            }
            missing--;
            low = CONTINUATION_LOW;
            high = CONTINUATION_HIGH;
            return;
        }
        if (b < 0xC2 || b > 0xF4) {
            throw notUtf8(b);
        }
        missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : CONTINUATION_LOW;
        high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : CONTINUATION_HIGH;
    }

    private InputException notUtf8(int b) {
        return broken(String.format(Locale.ROOT, "byte %d, 0x%02x, is not UTF-8", offset, b));
    }

    private InputException broken(String problem) {
        return new InputException(file, problem, "JSON in UTF-8", "Fetch the file again, or convert it to UTF-8");
    }
}
