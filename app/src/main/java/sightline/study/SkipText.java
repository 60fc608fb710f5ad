package sightline.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sightline.dataset.Skip;
import sightline.terminal.Counts;

/** The words for skipped entries: how many for each reason, and the first of them. */
final class SkipText {
    private static final int SHOWN = 3;

    private SkipText() {}

    /** Nothing if none was skipped. */
    static List<String> lines(List<Skip> skipped) {
        if (skipped.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> kinds = new TreeMap<>();
        skipped.forEach(skip -> kinds.merge(skip.kind(), 1, Integer::sum));
        String counts = kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " for " + kind.getKey())
                .collect(Collectors.joining(", "));
        List<String> lines = new ArrayList<>();
        lines.add("skipped " + Counts.of(skipped.size(), "faulty entry", "faulty entries") + ": " + counts);
        skipped.stream().limit(SHOWN).forEach(skip -> lines.add("  " + skip));
        if (skipped.size() > SHOWN) {
            lines.add("  and " + (skipped.size() - SHOWN) + " more");
        }
        return lines;
    }
}
