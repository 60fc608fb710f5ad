package sightline.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sightline.console.Console;
import sightline.dataset.Dataset;
import sightline.scoring.CategoryScore;
import sightline.scoring.ScoreReport;
import sightline.terminal.Counts;
import sightline.terminal.Table;

/** The words of {@code score}. */
final class ScoreText {
    private static final int SHOWN = 3;

    private ScoreText() {}

    private static List<String> lines(Dataset dataset, ScoreReport report) {
        List<String> lines = new ArrayList<>();
        CategoryScore all = report.all();
        lines.add(dataset + ": " + Counts.of(all.answers(), "answer", "answers") + ", " + Counts.of(all.kept())
                + " correct");
        lines.add("");
        List<String> titles = new ArrayList<>(List.of("category", "answers", "correct", "paper %", "official %"));
        boolean changed = dataset.rulesChanged();
        if (changed) {
            titles.add("official-2016 %");
        }
        Table table = new Table(titles.toArray(String[]::new));
        for (CategoryScore row : report.categories()) {
            List<String> cells = new ArrayList<>(List.of(
                    row.category(),
                    Counts.of(row.answers()),
                    Counts.of(row.kept()),
                    Counts.percent(row.paper()),
                    Counts.percent(row.official())));
            if (changed) {
                cells.add(Counts.percent(row.official2016()));
            }
            table.row(cells.toArray(String[]::new));
        }
        lines.addAll(table.lines());
        return lines;
    }

    /** The table on stdout, what is missing from it on stderr. */
    static void tell(Console console, Dataset dataset, ScoreReport report) {
        console.print(lines(dataset, report));
        SkipText.lines(report.skipped()).forEach(console::note);
        unscored(report).forEach(console::note);
        if (!report.unknown().isEmpty()) {
            console.note(Counts.of(report.unknown().size(), "answer is", "answers are")
                    + " to no usable question of the annotations and may be in no category's row; "
                    + ids(report.unknown()));
        }
    }

    /** What could not be scored, by reason. */
    private static List<String> unscored(ScoreReport report) {
        Map<String, List<Long>> ids = new TreeMap<>();
        report.unscored().forEach(answer -> ids.computeIfAbsent(answer.problem(), problem -> new ArrayList<>())
                .add(answer.id()));
        List<String> lines = new ArrayList<>();
        ids.forEach((problem, list) -> {
            lines.add(
                    "no score for " + Counts.of(list.size(), "answer", "answers") + ": " + problem + "; " + ids(list));
        });
        return lines;
    }

    private static String ids(List<Long> all) {
        List<String> first = all.stream().limit(SHOWN).map(String::valueOf).toList();
        return (all.size() > SHOWN ? "first ids " : "ids ") + String.join(", ", first);
    }
}
