package sightline.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.PublishedPlots;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.analysis.Triangle;
import sightline.error.InputException;

/**
 * Writes a report: {@code report.html}, {@code curves.csv}, {@code stability.csv}; {@code whole_depth.csv}, {@code
 * controls.csv}, {@code kept.csv}, {@code triangle.csv}, {@code heads.csv}, {@code head_curves.csv}, {@code regions.csv} and {@code inside.csv} if such was traced;
 * {@code contrasts.csv} where there are categories; and {@code figures/} as SVG, PDF and PNG.
 */
public final class ReportWriter {
    private static final int LONGEST_SLUG = 60;

    private final StudySummary study;
    private final ReportFolder folder;
    private final Set<String> names = new HashSet<>();

    private ReportWriter(StudySummary study, ReportFolder folder) {
        this.study = study;
        this.folder = folder;
    }

    /**
     * Writes all files; an earlier report in the folder is replaced.
     *
     * @param path the folder, made if it is not there; one that holds anything else is refused, and left as it is
     * @return the files, in the order in which they were written
     * @throws InputException if the folder cannot be used
     */
    public static List<Path> write(StudySummary study, Path path, FigureStyle style) {
        try (ReportFolder folder = ReportFolder.prepare(path)) {
            ReportWriter report = new ReportWriter(study, folder);
            folder.text(folder.curves(), Tables.curves(study));
            AddedTables.wholeDepth(study).ifPresent(csv -> folder.text(folder.wholeDepth(), csv));
            AddedTables.controls(study).ifPresent(csv -> folder.text(folder.controls(), csv));
            KeptTable.csv(study).ifPresent(csv -> folder.text(folder.kept(), csv));
            TriangleTable.csv(study).ifPresent(csv -> folder.text(folder.triangle(), csv));
            HeadTable.csv(study).ifPresent(csv -> folder.text(folder.heads(), csv));
            HeadCurveTable.csv(study).ifPresent(csv -> folder.text(folder.headCurves(), csv));
            RegionTable.csv(study).ifPresent(csv -> folder.text(folder.regions(), csv));
            InsideTable.csv(study).ifPresent(csv -> folder.text(folder.inside(), csv));
            StabilityTable.csv(study).ifPresent(table -> folder.text(folder.stability(), table));
            ContrastTable.csv(study).ifPresent(table -> folder.text(folder.contrasts(), table));
            if (style == FigureStyle.PAPER) {
                report.published();
            } else {
                report.figures();
            }
            folder.text(folder.page(), ReportPage.html(study));
            folder.finish();
            return folder.written();
        }
    }

    /** What the page is made of, as the JSON that its script reads. */
    public static String data(StudySummary study) {
        return ReportData.json(study);
    }

    /**
     * Refuses a folder that a report cannot go into, before long work for it; changes nothing.
     *
     * @throws InputException if it is a file, or holds anything else than an earlier report
     */
    public static void requireUsable(Path path) {
        ReportFolder.requireOurs(path);
    }

    /** Says how far a run has come, if it holds less than its dataset. */
    public static Optional<String> unfinished(TracedDataset data) {
        return ReportFacts.unfinished(data);
    }

    /** Says in what the runs differ, and which is which: side by side they are not of one and the same model or setting. */
    public static List<String> differences(StudySummary study) {
        return ReportFacts.differences(study);
    }

    private void figure(Figure figure, String wanted) {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) { // titles that differ only where a slug does not
            name = wanted + "-" + i;
        }
        FigureFiles.write(figure, folder, name);
    }

    private void figures() {
        double top = CurveFigure.top(study.summaries(), study.metric(), study.clipping());
        for (DatasetSummary summary : study.summaries()) {
            String name = slug(summary.data().title());
            for (Map.Entry<String, Set<Integer>> masking :
                    sizes(List.of(summary)).entrySet()) {
                for (int k : masking.getValue()) {
                    figure(
                            new CurveFigure(summary, k, masking.getKey(), study.metric(), study.clipping(), top),
                            "curves-" + name + "-k" + k + end(masking.getKey()));
                }
                figure(
                        new HeatFigure(summary, masking.getKey(), study.metric(), study.clipping()),
                        "heat-" + name + end(masking.getKey()));
            }
            InsideTable.of(summary).ifPresent(inside -> {
                double width = CurveFigure.largeWidth();
                InsideFigure.lens(summary, inside, width).ifPresent(figure -> figure(figure, "lens-" + name));
                InsideFigure.attention(summary, inside, width).ifPresent(figure -> figure(figure, "attention-" + name));
            });
            triangles(summary, name);
            HeadTable.of(summary).ifPresent(heads -> figure(new HeadFigure(summary, heads), "heads-" + name));
            HeadCurveTable.of(summary)
                    .ifPresent(curves -> figure(new HeadCurveFigure(summary, curves), "head-curves-" + name));
        }
    }

    private void triangles(DatasetSummary summary, String name) {
        Map<String, List<Triangle>> byMasking = TriangleTable.of(summary).stream()
                .collect(
                        Collectors.groupingBy(triangle -> triangle.cut().masking(), TreeMap::new, Collectors.toList()));
        byMasking.forEach((masking, its) -> figure(
                new TriangleFigure(summary, masking, its),
                "triangle-" + name + (byMasking.size() > 1 ? "-" + masking : "")));
    }

    private void published() {
        StringBuilder csv = new StringBuilder();
        for (Map.Entry<String, Set<Integer>> entry : sizes(study.summaries()).entrySet()) {
            String masking = entry.getKey();
            List<PublishedCurveFigure> curves = new ArrayList<>();
            List<PublishedStageFigure> stages = new ArrayList<>();
            for (int k : entry.getValue()) {
                String end = "-k" + k + end(masking);
                for (DatasetSummary summary : study.summaries()) {
                    curves.addAll(published(summary.data(), k, masking, end));
                }
                for (List<TracedDataset> alike : alike(k, masking)) {
                    PublishedStageFigure figure = PublishedStageFigure.of(alike, k, masking);
                    String layers = alike.size() == study.summaries().size()
                            ? ""
                            : alike.get(0).layers() + "-layers";
                    figure(figure, "paper-stages" + (layers.isEmpty() ? "" : "-" + layers) + end);
                    stages.add(figure);
                }
            }
            String table = Tables.published(curves, stages, masking);
            csv.append(csv.isEmpty() ? table : table.substring(table.indexOf('\n') + 1));
        }
        folder.text(folder.published(), csv.toString());
    }

    private List<PublishedCurveFigure> published(TracedDataset data, int k, String masking, String end) {
        List<PublishedCurveFigure> drawn = new ArrayList<>();
        for (String category : data.categories()) {
            Optional<Map<String, double[]>> curves =
                    PublishedPlots.category(data, category, k, masking).curves();
            if (curves.isPresent()) {
                PublishedCurveFigure figure = new PublishedCurveFigure(data, category, k, curves.get());
                figure(figure, "paper-" + slug(data.title()) + "-" + slug(category) + end);
                drawn.add(figure);
            }
        }
        return drawn;
    }

    /** Datasets with results at k, those of the same layers together: only these share stages. */
    private List<List<TracedDataset>> alike(int k, String masking) {
        Map<String, List<TracedDataset>> groups = new TreeMap<>();
        for (DatasetSummary summary : study.summaries()) {
            TracedDataset data = summary.data();
            boolean traced = summary.keys().stream()
                    .anyMatch(key -> key.k() == k && key.masking().equals(masking));
            if (traced && !PublishedPlots.perCategory(data).isEmpty()) {
                groups.computeIfAbsent(data.layers() + " " + data.crossAttentionLayers(), key -> new ArrayList<>())
                        .add(data);
            }
        }
        return List.copyOf(groups.values());
    }

    /** Names tell the masking only where there are several. */
    private String end(String masking) {
        return sizes(study.summaries()).size() > 1 ? "-" + masking : "";
    }

    /** Window sizes by masking. */
    private static Map<String, Set<Integer>> sizes(List<DatasetSummary> summaries) {
        Map<String, Set<Integer>> sizes = new TreeMap<>();
        for (DatasetSummary summary : summaries) {
            for (CurveKey key : summary.keys()) {
                sizes.computeIfAbsent(key.masking(), masking -> new TreeSet<>()).add(key.k());
            }
        }
        return sizes;
    }

    /** A name that any file system takes, and with the rest of the file's name not too long for it. */
    private static String slug(String text) {
        String slug = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
        return slug.substring(0, Math.min(slug.length(), LONGEST_SLUG)).replaceAll("^-|-$", "");
    }
}
