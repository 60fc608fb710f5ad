package sightline.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What somebody meant who wrote a name that does not exist: the same but for capitals and dashes, another usual name of it,
 * its beginning, or a slip of the hand away. Nothing rather than something else.
 */
public final class Nearest {
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "gpu", "cuda",
            "bf16", "bfloat16",
            "fp32", "float32",
            "f32", "float32",
            "vqa", "vqav2",
            "v7w", "visual7w");

    private static final int SHORTEST_BEGINNING = 3;

    private Nearest() {}

    /** The names that are as near as any; most often one or none. */
    public static List<String> of(String value, Collection<String> names) {
        String wanted = plain(value);
        String other = OTHER_NAMES.get(wanted);
        List<String> equal = names.stream()
                .filter(name -> plain(name).equals(wanted) || name.equals(other))
                .toList();
        if (!equal.isEmpty() || wanted.isEmpty()) {
            return equal;
        }
        List<String> near = nearest(wanted, names);
        return near.isEmpty() && wanted.length() >= SHORTEST_BEGINNING
                ? names.stream().filter(name -> plain(name).startsWith(wanted)).toList()
                : near;
    }

    private static List<String> nearest(String wanted, Collection<String> names) {
        int least = slips(wanted);
        List<String> near = new ArrayList<>();
        for (String name : names) {
            int distance = edits(wanted, plain(name));
            if (distance < least) {
                near.clear();
                least = distance;
            }
            if (distance == least) {
                near.add(name);
            }
        }
        return near;
    }

    /** How many slips of the hand a name of that length may hold. */
    private static int slips(String wanted) {
        return wanted.length() < 3 ? 0 : wanted.length() < 6 ? 1 : wanted.length() < 9 ? 2 : wanted.length() / 3;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Letters to insert, drop or change, or neighbours to swap (optimal string alignment distance). */
    private static int edits(String from, String to) {
        int[][] d = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[from.length()][to.length()];
    }
}
