package sightline.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import sightline.analysis.Clustering;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.run.Foils;
import sightline.run.Manifest.SettingsFacts;
import sightline.run.NamedRun;

/** What the page says of the runs that it is about. */
final class ReportFacts {
    private ReportFacts() {}

    static String names(StudySummary report) {
        List<String> names =
                runs(report).stream().map(NamedRun::name).distinct().toList();
        return names.isEmpty()
                ? "published results"
                : (names.size() == 1 ? "run " : "runs ") + String.join(", ", names);
    }

    /** Name and value, in the order of reading; what differs between runs is listed. */
    static Map<String, String> of(StudySummary report) {
        Map<String, String> facts = new LinkedHashMap<>();
        put(
                facts,
                "Model",
                each(
                        report,
                        run -> modelName(run.manifest().model().path())
                                + comma(run.manifest().settings().dtype())));
        String layers = report.summaries().stream()
                .map(summary -> layers(summary.data()))
                .distinct()
                .collect(Collectors.joining("; "));
        put(facts, "Layers", layers);
        long traced = report.summaries().stream()
                .mapToLong(summary -> summary.data().samples().size())
                .sum();
        long failed = report.summaries().stream()
                .mapToLong(summary -> summary.data().failed())
                .sum();
        put(facts, "Samples", ChangeText.grouped(traced) + " traced, " + ChangeText.grouped(failed) + " failed");
        String sizes = report.summaries().stream()
                .flatMap(summary -> summary.keys().stream())
                .map(CurveKey::k)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        put(facts, "Window sizes", sizes.isEmpty() ? "" : "k = " + sizes);
        String clusters = report.summaries().stream()
                .map(summary ->
                        clusters(summary.clustering()) + " (" + summary.data().title() + ")")
                .collect(Collectors.joining("; "));
        put(facts, "Intervals over", clusters);
        put(
                facts,
                "Rows before the image",
                each(
                        report,
                        run -> run.manifest().model().crossAttentionLayers().isEmpty()
                                ? "" // readings are of layers that read the picture beside the text
                                : run.manifest().settings().rows()));
        put(facts, "Image mode", each(report, run -> run.manifest().model().imageMode()));
        put(facts, "Temperature", each(report, run -> run.manifest().settings().temperature()));
        put(
                facts,
                "Flips",
                each(report, run -> run.manifest().settings().flipEnd() ? "also where the end is lost" : ""));
        put(facts, "Foils", each(report, run -> foils(run.manifest().settings().foils())));
        return facts;
    }

    private static String foils(Foils foils) {
        return foils.choices()
                ? "the other choices"
                : foils.texts().stream().map(text -> "“" + text + "”").collect(Collectors.joining(", "));
    }

    /** Says how many samples curves of named foils leave out, if any. */
    private static Optional<String> withoutFoil(TracedDataset data) {
        return Optional.of(data.notFoiled())
                .filter(left -> data.foiled() && left > 0)
                .map(left -> "In " + data.title() + " the named foils do not apply to " + ChangeText.grouped(left)
                        + (left == 1 ? " sample" : " samples") + ", which curves of foils leave out.");
    }

    /** What a reader must know before believing the numbers. */
    static List<String> notes(StudySummary report) {
        List<String> notes = new ArrayList<>();
        for (DatasetSummary summary : report.summaries()) {
            unfinished(summary.data()).ifPresent(notes::add);
            withoutFoil(summary.data()).ifPresent(notes::add);
        }
        notes.addAll(differences(report));
        return notes;
    }

    /** Says which run has which, where they differ in what their numbers depend on: figures side by side do not tell. */
    static List<String> differences(StudySummary report) {
        List<String> differences = new ArrayList<>();
        boolean whole = runs(report).stream()
                .noneMatch(run -> run.manifest().model().weights().isEmpty());
        Function<NamedRun, String> weights = run -> whole
                ? run.manifest().model().weights()
                : run.manifest().model().fingerprint();
        difference(
                        report,
                        "weights",
                        weights,
                        run -> modelName(run.manifest().model().path()) + " "
                                + weights.apply(run)
                                        .substring(
                                                0,
                                                Math.min(8, weights.apply(run).length())))
                .ifPresent(differences::add);
        Function<NamedRun, String> mode = run -> run.manifest().model().imageMode();
        difference(report, "image mode", mode, mode).ifPresent(differences::add);
        Map<String, Function<SettingsFacts, String>> settings = new LinkedHashMap<>();
        settings.put("dtype", SettingsFacts::dtype);
        settings.put("rows", SettingsFacts::rows);
        settings.put("temperature", SettingsFacts::temperature);
        settings.put("what flips", its -> its.flipEnd() ? "an answer's words and its end" : "its words alone");
        settings.forEach((setting, value) -> {
            Function<NamedRun, String> its = run -> value.apply(run.manifest().settings());
            difference(report, setting, its, its).ifPresent(differences::add);
        });
        return differences;
    }

    private static Optional<String> difference(
            StudySummary report, String what, Function<NamedRun, String> value, Function<NamedRun, String> shown) {
        if (runs(report).stream().map(value).distinct().count() <= 1) {
            return Optional.empty();
        }
        String each = report.summaries().stream()
                .flatMap(summary ->
                        summary.data().run().stream().map(run -> summary.data().title() + ": " + shown.apply(run)))
                .collect(Collectors.joining("; "));
        return Optional.of("These runs differ in " + what + ". " + each + ".");
    }

    /** Says how far a run has come, if it holds less than its dataset, be it that samples failed. */
    static Optional<String> unfinished(TracedDataset data) {
        long traced = data.samples().size();
        return data.run()
                .filter(run -> traced < run.manifest().datasetFile().entries())
                .map(run -> data.title() + " is unfinished: " + ChangeText.grouped(traced) + " of "
                        + ChangeText.grouped(run.manifest().datasetFile().entries()) + " entries are traced"
                        + (data.failed() == 0 ? "" : ", " + ChangeText.grouped(data.failed()) + " failed") + ".");
    }

    static String foot(StudySummary report) {
        String created = each(report, run -> run.manifest().created());
        String version = each(report, run -> named("Sightline ", run.manifest().sightline()));
        String source = report.summaries().stream()
                        .anyMatch(summary -> summary.data().run().isEmpty())
                ? "Read from results in the published form. "
                : "";
        return (version.isEmpty() ? "" : "Traced by " + version + ". ")
                + (created.isEmpty() ? "" : "Begun " + created + ". ") + source
                + "Intervals: " + report.settings().interval()
                + ", 1,999 or more resamples, seeded. This page holds its numbers and asks no network.";
    }

    /** What is resampled. */
    static String clusters(Clustering clustering) {
        return switch (clustering) {
            case IMAGE -> "pictures";
            case DOCUMENT -> "documents";
            case NONE -> "samples";
        };
    }

    private static String named(String what, String name) {
        return name.isEmpty() ? "" : what + name;
    }

    private static String layers(TracedDataset data) {
        String cross = data.crossAttentionLayers().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return data.layers() + (cross.isEmpty() ? "" : ", cross-attention in " + cross);
    }

    private static String modelName(String path) {
        String trimmed = path.replaceAll("[/\\\\]+$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
    }

    private static String comma(String text) {
        return text.isEmpty() ? "" : ", " + text;
    }

    private static List<NamedRun> runs(StudySummary report) {
        return report.summaries().stream()
                .flatMap(summary -> summary.data().run().stream())
                .toList();
    }

    private static String each(StudySummary report, Function<NamedRun, String> fact) {
        return runs(report).stream()
                .map(fact)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }
}
