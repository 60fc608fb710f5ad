package sightline.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sightline.checkpoint.CheckpointReport;
import sightline.checkpoint.StoredType;
import sightline.model.Processor;
import sightline.terminal.Look;
import sightline.terminal.Note;
import sightline.text.EncodedPrompt;

/** The words of {@code check}: one fact a line, its name before it. */
final class CheckText {
    private static final double GIB = 1L << 30;
    private static final double MIB = 1L << 20;
    private static final int NAME = 12;

    private CheckText() {}

    static List<String> lines(CheckpointReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.folder().toString());
        lines.add(line("model", report.config().architecture() + ", " + count(report.parameters()) + " parameters"));
        report.config().facts().forEach(fact -> lines.addAll(wrapped(fact.name(), fact.value())));
        lines.add(line("weights", report.weights().map(CheckText::weights).orElse("none here")));
        lines.add(line(
                "memory",
                "weights take " + bytes(report.weightBytes(StoredType.BF16)) + " in bfloat16, "
                        + bytes(report.weightBytes(StoredType.F32)) + " in float32"));
        return lines;
    }

    static List<String> prompt(String question, EncodedPrompt encoded, Processor processor) {
        List<String> lines = new ArrayList<>();
        lines.add(line("prompt", "\"" + question + "\" makes " + encoded.length() + " tokens"));
        processor.imageMode().ifPresent(mode -> lines.add(line("image mode", mode.toString())));
        processor
                .addedBeginToken()
                .ifPresent(token -> lines.addAll(wrapped(
                        "begin token",
                        "the chat template does not write " + token
                                + ": it is added, as the reference's processor does")));
        return lines;
    }

    static List<String> warnings(CheckpointReport report) {
        return report.warnings().stream()
                .flatMap(warning -> wrapped("warning", warning + (warning.endsWith("?") ? "" : ".")).stream())
                .toList();
    }

    private static String weights(CheckpointReport.Weights weights) {
        int files = weights.files().size();
        String types = weights.parametersByType().entrySet().stream()
                .map(entry -> entry.getKey()
                        + (weights.parametersByType().size() > 1 ? " (" + count(entry.getValue()) + ")" : ""))
                .collect(Collectors.joining(", "));
        return (files == 1 ? "1 file, " : files + " files, ") + bytes(weights.bytes()) + ", stored as " + types;
    }

    private static String line(String name, String value) {
        return "  " + name + " ".repeat(Math.max(1, NAME - name.length())) + value;
    }

    private static List<String> wrapped(String name, String value) {
        List<String> values = Note.wrapped(value, Look.WIDTH - line("", "").length());
        List<String> lines = new ArrayList<>();
        for (String part : values) {
            lines.add(line(lines.isEmpty() ? name : "", part));
        }
        return lines;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Three digits of a count: 10.7 billion, 541 thousand. */
    private static String count(long number) {
        if (number >= 1_000_000_000) {
            return String.format(Locale.ROOT, "%.2f billion", number / 1e9);
        }
        if (number >= 1_000_000) {
            return String.format(Locale.ROOT, "%.2f million", number / 1e6);
        }
        return grouped(number);
    }

    private static String bytes(long bytes) {
        return bytes >= GIB
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / GIB)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }
}
