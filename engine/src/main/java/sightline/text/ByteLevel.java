package sightline.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Byte-level BPE spells each byte as one printable character: itself where printable, else one from U+0100 on, in byte
 * order (GPT-2, Radford et al. 2019). This turns such spellings back into readable text.
 */
final class ByteLevel {
    private static final Map<Character, Byte> BYTES = alphabet();

    private ByteLevel() {}

    private static Map<Character, Byte> alphabet() {
        Map<Character, Byte> bytes = new HashMap<>();
        char substitute = 0x100;
        for (int b = 0; b < 0x100; b++) {
            boolean itself = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            bytes.put(itself ? (char) b : substitute++, (byte) b);
        }
        return bytes;
    }

    /** The bytes that a vocabulary entry stands for; null if it holds a character outside the alphabet. */
    static byte[] bytes(String spelling) {
        byte[] bytes = new byte[spelling.length()];
        for (int i = 0; i < bytes.length; i++) {
            Byte value = BYTES.get(spelling.charAt(i));
            if (value == null) {
                return null;
            }
            bytes[i] = value;
        }
        return bytes;
    }

    /**
     * Text for one line of a table: spaces as they are, line breaks and tabs as {@code \n}, {@code \r}, {@code \t}, other
     * control characters and bytes that are no whole character as {@code <0xE2>}.
     */
    static String printable(byte[] utf8) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports, does not replace
        ByteBuffer in = ByteBuffer.wrap(utf8);
        StringBuilder text = new StringBuilder();
        while (in.hasRemaining()) {
            CharBuffer out = CharBuffer.allocate(in.remaining());
            CoderResult result = decoder.reset().decode(in, out, true);
            appendVisible(text, out.flip());
            for (int bad = result.isError() ? result.length() : 0; bad > 0; bad--) {
                text.append(hex(in.get()));
            }
        }
        return text.toString();
    }

    private static void appendVisible(StringBuilder text, CharBuffer chars) {
        while (chars.hasRemaining()) {
            char c = chars.get();
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(Character.isISOControl(c) ? hex((byte) c) : Character.toString(c));
            }
        }
    }

    private static String hex(byte value) {
        return String.format("<0x%02X>", value);
    }
}
