package sightline.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sightline.console.Console;
import sightline.dataset.Dataset;
import sightline.selection.CategoryCount;
import sightline.selection.SelectionReport;
import sightline.terminal.Counts;
import sightline.terminal.Table;

/** The words of {@code select}. */
final class SelectText {
    private SelectText() {}

    /** The table on stdout, what one should know of it on stderr. */
    static void tell(Console console, Dataset dataset, SelectionReport report) {
        console.print(lines(dataset, report));
        SkipText.lines(report.skipped()).forEach(console::note);
        report.remarks().forEach(console::note);
    }

    private static List<String> lines(Dataset dataset, SelectionReport report) {
        List<String> lines = new ArrayList<>();
        CategoryCount all = report.categories().get(report.categories().size() - 1);
        lines.add(dataset + ": " + Counts.of(all.selected(), "question", "questions") + " selected");
        lines.add("");
        Table table = new Table("category", "questions", "correct", "correct %", "selected", "tokens");
        for (CategoryCount row : report.categories()) {
            table.row(
                    row.category(),
                    Counts.of(row.total()),
                    Counts.of(row.correct()),
                    Counts.percent(row.correct(), row.total()),
                    Counts.of(row.selected()),
                    row.meanTokens().isEmpty()
                            ? "-"
                            : String.format(
                                    Locale.ROOT, "%.2f", row.meanTokens().getAsDouble()));
        }
        lines.addAll(table.lines());
        lines.add("");
        report.files()
                .forEach(file -> lines.add(file.equals(report.filtered()) ? file + "  (to trace)" : file.toString()));
        return lines;
    }
}
