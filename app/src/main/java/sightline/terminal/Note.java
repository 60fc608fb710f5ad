package sightline.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Remarks below a chart. */
public final class Note {
    private Note() {}

    /**
     * Says which pathways make the answer likelier somewhere, since bars show drops alone; empty if none does by one percent
     * or more.
     */
    public static String rises(List<BarRow> rows, Glyphs glyphs) {
        Map<String, Double> risen = new LinkedHashMap<>();
        for (BarRow row : rows) {
            if (row.largestRise() >= 1) {
                risen.merge(glyphs.pathway(row.name()), row.largestRise(), Math::max);
            }
        }
        String list = risen.entrySet().stream()
                .map(entry -> entry.getKey() + " " + NumberText.percent(entry.getValue(), glyphs))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "" : "Bars show drops alone. Largest rise: " + list + ".";
    }

    /** A remark in lines of a width, broken at spaces. */
    public static List<String> wrapped(String text, int width) {
        return TextWidth.wrap(Visible.line(text, Glyphs.UNICODE), width, Integer.MAX_VALUE, Glyphs.ASCII);
    }
}
