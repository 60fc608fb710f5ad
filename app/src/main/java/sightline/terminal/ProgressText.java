package sightline.terminal;

import java.util.Locale;

/**
 * The words of a progress report: {@code tracing  ━━━━────  412 of 1,204 passes, 31 per s, 25 s left}.
 *
 * @param task what is being done
 * @param unit what is counted, in the plural
 * @param glyphs the characters at hand
 */
record ProgressText(String task, String unit, Glyphs glyphs) {
    private static final int BAR = 24;

    /**
     * The report.
     *
     * @param done steps done
     * @param all steps in all; below 1 if not known yet
     * @param seconds since the start
     */
    String report(long done, long all, double seconds) {
        if (all < 1 || done < 1) {
            return task + glyphs.ellipsis();
        }
        String count = Counts.of(done) + " of " + Counts.of(all) + " " + unit;
        String pace = pace(done / seconds);
        return task + "  " + bar(done, all) + "  " + count + ", " + pace + ", " + left(seconds / done * (all - done));
    }

    private String bar(long done, long all) {
        int full = (int) Math.min(BAR, BAR * done / all);
        boolean unicode = glyphs == Glyphs.UNICODE;
        return (unicode ? "━" : "#").repeat(full) + (unicode ? "─" : "-").repeat(BAR - full);
    }

    private static String pace(double perSecond) {
        if (perSecond >= 1) {
            return String.format(Locale.ROOT, perSecond < 10 ? "%.1f per s" : "%.0f per s", perSecond);
        }
        return String.format(Locale.ROOT, "%.1f s each", 1 / perSecond);
    }

    private static String left(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 100) {
            return whole + " s left";
        }
        long minutes = Math.round(seconds / 60);
        return minutes < 100 ? minutes + " min left" : minutes / 60 + " h " + minutes % 60 + " min left";
    }
}
