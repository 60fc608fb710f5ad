package sightline.figure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.PublishedPlots;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.error.InputException;
import sightline.files.Json;
import sightline.files.WholeFile;

/** Writes a report: {@code report.html}, {@code curves.csv}, and {@code figures/} as SVG, PDF and PNG. */
public final class Report {
    private final StudySummary study;
    private final ReportFolder folder;
    private final List<Path> written = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Report(StudySummary study, Path folder) {
        this.study = study;
        this.folder = new ReportFolder(folder);
    }

    /**
     * Writes all files; an earlier report in the folder is replaced.
     *
     * @param folder made if it is not there; one that holds something else is refused
     * @return the files, in the order in which they were written
     * @throws InputException if the folder cannot be used
     */
    public static List<Path> write(StudySummary study, Path folder, FigureStyle style) {
        Report report = new Report(study, folder);
        try {
            report.folder.prepare();
            report.text(report.folder.curves(), Tables.curves(study));
            if (style == FigureStyle.PAPER) {
                report.published();
            } else {
                report.figures();
            }
            report.text(report.folder.page(), ReportPage.html(study));
            return List.copyOf(report.written);
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(),
                    "cannot be written: " + Json.reason(e),
                    "a folder with room",
                    "Check its permissions and the disk",
                    e);
        }
    }

    /** Says how far a run has come, if it holds less than its dataset. */
    public static Optional<String> unfinished(TracedDataset data) {
        return ReportFacts.unfinished(data);
    }

    /** Says in what the runs differ, and which is which: side by side they are not of one and the same model or setting. */
    public static List<String> differences(StudySummary study) {
        return ReportFacts.differences(study);
    }

    private void text(Path file, String text) {
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        written.add(file);
    }

    private void figure(Figure figure, String wanted) throws IOException {
        String name = wanted;
        for (int i = 2; !names.add(name); i++) { // titles that differ only where a slug does not
            name = wanted + "-" + i;
        }
        written.addAll(FigureFiles.write(figure, folder.figures(), name));
    }

    private void figures() throws IOException {
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
        }
    }

    private void published() throws IOException {
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
        text(folder.published(), csv.toString());
    }

    private List<PublishedCurveFigure> published(TracedDataset data, int k, String masking, String end)
            throws IOException {
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

    /** A name that any file system takes. */
    private static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-|-$", "");
    }
}
