package sightline.writing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns byte-level byte-pair merges (Sennrich et al. 2016) until every word is one token. Digits are never merged, so a
 * number is read and written figure by figure.
 */
final class BytePairs {
    /** Two neighbouring pieces. */
    record Pair(String left, String right) {
        String joined() {
            return left + right;
        }

        private boolean hasDigit() {
            return joined().chars().anyMatch(Character::isDigit);
        }
    }

    private BytePairs() {}

    /** All 256 bytes as byte-level vocabularies spell them, in the order of their characters. */
    static List<String> alphabet() {
        List<String> all = new ArrayList<>();
        char substitute = 0x100;
        for (int b = 0; b < 0x100; b++) {
            boolean itself = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            all.add(String.valueOf(itself ? (char) b : substitute++));
        }
        all.sort(Comparator.naturalOrder());
        return all;
    }

    /** ASCII text in that spelling. */
    static String spell(String ascii) {
        StringBuilder spelt = new StringBuilder();
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c > '~') {
                throw new IllegalArgumentException("'" + c + "' is not ASCII");
            }
            spelt.append(c > ' ' ? c : (char) (0x100 + c)); // the 33 bytes up to the blank come first
        }
        return spelt.toString();
    }

    /**
     * The merges in order: always the most frequent pair; among equals the first by its characters.
     *
     * @param words how often each occurs, spelt
     */
    static List<Pair> merges(Map<String, Long> words) {
        Map<List<String>, Long> split = new LinkedHashMap<>();
        new TreeMap<>(words)
                .forEach((word, count) ->
                        split.put(word.chars().mapToObj(Character::toString).toList(), count));
        List<Pair> merges = new ArrayList<>();
        while (true) {
            Map<Pair, Long> counts =
                    new TreeMap<>(Comparator.comparing(Pair::left).thenComparing(Pair::right));
            split.forEach((pieces, count) -> {
                for (int i = 1; i < pieces.size(); i++) {
                    Pair pair = new Pair(pieces.get(i - 1), pieces.get(i));
                    if (!pair.hasDigit()) {
                        counts.merge(pair, count, Long::sum);
                    }
                }
            });
            Pair best = null;
            for (Map.Entry<Pair, Long> entry : counts.entrySet()) {
                if (best == null || entry.getValue() > counts.get(best)) {
                    best = entry.getKey();
                }
            }
            if (best == null) {
                return merges;
            }
            merges.add(best);
            apply(best, split);
        }
    }

    private static void apply(Pair pair, Map<List<String>, Long> split) {
        Map<List<String>, Long> before = new LinkedHashMap<>(split);
        split.clear();
        before.forEach((pieces, count) -> {
            List<String> merged = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                boolean here = i + 1 < pieces.size()
                        && pieces.get(i).equals(pair.left())
                        && pieces.get(i + 1).equals(pair.right());
                merged.add(here ? pair.joined() : pieces.get(i));
                i += here ? 1 : 0;
            }
            split.merge(merged, count, Long::sum);
        });
    }
}
