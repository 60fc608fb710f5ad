package sightline.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.HarmfulWindow;
import sightline.analysis.MeanCurve;
import sightline.analysis.PictureWorth;
import sightline.analysis.StudySummary;
import sightline.figure.ReportWriter;
import sightline.terminal.BarRow;
import sightline.terminal.DropChart;
import sightline.terminal.DropTable;
import sightline.terminal.Hue;
import sightline.terminal.Look;
import sightline.terminal.Note;

/** What a person reads of {@code report}: a chart per dataset, the largest drops by category, and the files. */
final class ReportText {
    private static final int PUBLISHED_K = 9;

    private ReportText() {}

    static List<String> lines(StudySummary study, Look look) {
        List<String> lines = new ArrayList<>();
        ReportWriter.differences(study).forEach(text -> lines.addAll(Note.wrapped(text, Look.WIDTH)));
        for (DatasetSummary summary : study.summaries()) {
            lines.addAll(Note.wrapped(head(summary), Look.WIDTH));
            ReportWriter.unfinished(summary.data()).ifPresent(text -> lines.addAll(Note.wrapped(text, Look.WIDTH)));
            boolean any = !summary.samples(Group.all(), true).isEmpty();
            if (!any) {
                lines.add("No sample counts, so there is nothing to draw.");
            }
            shown(summary.keys()).filter(key -> any).ifPresent(key -> {
                DropChart chart = chart(study, summary, key);
                lines.addAll(chart.lines(look));
                String rises = Note.rises(chart.rows(), look.glyphs());
                if (!rises.isEmpty()) {
                    lines.addAll(Note.wrapped(rises, Look.WIDTH));
                }
                lines.addAll(table(study, summary, key).lines(look));
                if (summary.keys().stream().anyMatch(other -> !alike(key, other))) {
                    lines.add("report.html has the other window sizes and maskings.");
                }
            });
            for (PictureWorth picture : summary.additions(Group.all()).pictures()) {
                lines.addAll(Note.wrapped(WorthText.of(picture), Look.WIDTH));
            }
            for (String line : InsideText.lines(summary.additions(Group.all()))) {
                lines.addAll(Note.wrapped(line, Look.WIDTH));
            }
            ContrastText.of(summary, look.glyphs()).ifPresent(text -> lines.addAll(Note.wrapped(text, Look.WIDTH)));
            lines.add("");
        }
        return lines;
    }

    static String files(List<Path> files, Path folder) {
        long figures =
                files.stream().filter(file -> !folder.equals(file.getParent())).count();
        List<String> names = new ArrayList<>();
        files.stream()
                .filter(file -> folder.equals(file.getParent()))
                .forEach(file -> names.add(file.getFileName().toString()));
        return "Written to " + folder + ": " + String.join(", ", names) + " and " + figures + " files in figures.";
    }

    private static String head(DatasetSummary summary) {
        int all = summary.samples(Group.all(), false).size();
        int kept = summary.samples(Group.all(), true).size();
        String counted = summary.threshold() == 0
                ? all + " samples"
                : kept + " of " + all + " samples with p >= " + summary.threshold();
        return summary.data().title() + ": " + counted;
    }

    /** The published window size if it was traced, else the largest. */
    private static Optional<CurveKey> shown(List<CurveKey> keys) {
        Optional<CurveKey> published =
                keys.stream().filter(key -> key.k() == PUBLISHED_K).findFirst();
        return published.or(() -> keys.stream().max(Comparator.comparingInt(CurveKey::k)));
    }

    private static boolean alike(CurveKey key, CurveKey other) {
        return key.k() == other.k() && key.masking().equals(other.masking());
    }

    private static List<CurveKey> row(DatasetSummary summary, CurveKey shown) {
        return summary.keys().stream().filter(key -> alike(shown, key)).toList();
    }

    private static DropChart chart(StudySummary study, DatasetSummary summary, CurveKey shown) {
        List<BarRow> rows = new ArrayList<>();
        for (CurveKey key : row(summary, shown)) {
            MeanCurve curve = summary.curve(Group.all(), key, study.metric(), study.clipping());
            double[] change = new double[summary.data().layers()];
            for (int layer = 0; layer < change.length; layer++) {
                boolean there = curve.n() > 0 && summary.data().acts(key, layer);
                change[layer] = there ? curve.mean()[layer] : Double.NaN;
            }
            rows.add(new BarRow(key.pathway(), Hue.ofPathway(key.pathway()), change));
        }
        return new DropChart(
                shown.k(),
                shown.masking(),
                summary.data().layers(),
                summary.data().landmarks(),
                rows);
    }

    private static DropTable table(StudySummary study, DatasetSummary summary, CurveKey shown) {
        List<CurveKey> keys = row(summary, shown);
        List<DropTable.Row> rows = new ArrayList<>();
        for (String category : summary.data().categories()) {
            List<DropTable.Drop> drops = keys.stream()
                    .map(key -> HarmfulWindow.of(summary, Group.of(category), key, study.metric(), study.clipping())
                            .map(worst -> new DropTable.Drop(
                                    worst.change(),
                                    worst.window().first(),
                                    worst.window().last()))
                            .orElse(DropTable.Drop.NONE))
                    .toList();
            rows.add(new DropTable.Row(
                    category, summary.samples(Group.of(category), true).size(), drops));
        }
        return new DropTable(keys.stream().map(CurveKey::pathway).toList(), rows);
    }
}
