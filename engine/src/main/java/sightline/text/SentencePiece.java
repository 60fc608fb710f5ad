package sightline.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SentencePiece spells a space as U+2581, a single byte as {@code <0xE2>} and everything else as itself. */
final class SentencePiece {
    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");
    private static final char SPACE = '\u2581';

    private SentencePiece() {}

    /** The bytes that a vocabulary entry stands for. */
    static byte[] bytes(String spelling) {
        Matcher one = BYTE.matcher(spelling);
        return one.matches()
                ? new byte[] {(byte) Integer.parseInt(one.group(1), 16)}
                : spelling.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
    }
}
