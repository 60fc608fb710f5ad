package sightline.scoring;

import java.util.Map;

/**
 * Writes contractions out, as the package {@code contractions} 0.1.73 does in lower-case text: from left to right, the
 * longest key that stands alone; nothing is read twice. Only ASCII letters, digits and underscores bound a word.
 */
final class Contractions {
    private static final Map<String, String> TABLE = ContractionTable.of("paper_contractions.json");
    private static final int LONGEST =
            TABLE.keySet().stream().mapToInt(String::length).max().orElseThrow();

    private Contractions() {}

    static String expand(String text) {
        StringBuilder expanded = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at > 0 && bounds(text.charAt(at - 1)) ? at : longest(text, at);
            if (end > at) {
                expanded.append(TABLE.get(text.substring(at, end)));
                at = end;
            } else {
                expanded.append(text.charAt(at));
                at++;
            }
        }
        return expanded.toString();
    }

    /** Where the longest key from an index on ends; the index itself if there is none. */
    private static int longest(String text, int at) {
        for (int end = Math.min(text.length(), at + LONGEST); end > at; end--) {
            boolean alone = end == text.length() || !bounds(text.charAt(end));
            if (alone && TABLE.containsKey(text.substring(at, end))) {
                return end;
            }
        }
        return at;
    }

    /** Whether a key cannot begin right after this character, or end right before it. */
    private static boolean bounds(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
