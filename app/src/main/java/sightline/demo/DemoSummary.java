package sightline.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sightline.dataset.Dataset;
import sightline.terminal.Counts;
import sightline.terminal.Table;

/**
 * What came of a demo.
 *
 * @param styles by dataset, in the datasets' order
 * @param seconds that it took
 */
record DemoSummary(List<Style> styles, double seconds) {
    /**
     * One style of questions.
     *
     * @param dataset whose style it is
     * @param asked questions
     * @param right answers with the full score: near misses, which DocVQA's metric also keeps, are not right
     * @param chance the share that a guesser without eyes gets right
     */
    record Style(Dataset dataset, int asked, int right, double chance) {
        double accuracy() {
            return (double) right / asked;
        }
    }

    /** {@code summary.json}: a contract. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode accuracy = json.putObject("accuracy");
        styles.forEach(style -> accuracy.put(style.dataset().toString(), style.accuracy()));
        return json.put("samples", styles.stream().mapToInt(Style::asked).sum()).put("seconds", seconds);
    }

    /**
     * The last words: how often the model is right, what to open, and what to try.
     *
     * @param picture one of the demo's
     * @param question about it, in VQAv2's style
     */
    List<String> lines(DemoFolder folder, Path picture, String question) {
        Table table = new Table("style", "asked", "right %", "chance %");
        for (Style style : styles) {
            table.row(
                    style.dataset().toString(),
                    Counts.of(style.asked()),
                    percent(style.accuracy(), 1), // 299 of 300 are not 100 %
                    percent(style.chance(), 0));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%.0f s. Open %s", seconds, page(folder)));
        lines.add("");
        lines.add("Ask the same model yourself, or give --model a real Llama 3.2-Vision checkpoint:");
        lines.add("  ./sightline ask --model " + quoted(folder.checkpoint()) + " --prompt vqav2 --k 3 \\");
        lines.add("      --image " + quoted(picture) + " \\");
        lines.add("      --question \"" + question + "\"");
        return lines;
    }

    /** As a shell takes it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static Path page(DemoFolder folder) {
        return folder.report().resolve("report.html").toAbsolutePath().normalize();
    }

    private static String percent(double share, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", 100 * share);
    }
}
