package sightline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;

/** The whole study on the embedded model. */
class DemoCommandTest {
    private static final List<String> STYLES = List.of("vqav2", "visual7w", "docvqa");
    /** Of each style, over 40 questions; guessers without eyes stay below 0.45. The model's card has the true figures. */
    private static final double ALMOST_ALL = 0.9;

    @TempDir
    private Path folder;

    @Test
    void answersScoresTracesAndReportsAndMayBeRunAgain() throws IOException {
        Path out = folder.resolve("demo");

        CommandRun run = CommandRun.with(StandardCharsets.US_ASCII, "demo", "--samples", "40", "--out", out.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("VQAv2: ", "Visual7W: ", "DocVQA: ")
                .contains("Drop of p when a pathway is cut; k = 3, masking paper")
                .contains("  image->last  ", "  image->question  ", "  question->last  ", "  last->last  ")
                .contains("report.html", "./sightline ask --model");
        assertThat(run.out()).matches("\\p{ASCII}*");
        assertThat(out.resolve("report/report.html")).isNotEmptyFile();
        assertThat(out.resolve("report/curves.csv")).isNotEmptyFile();
        JsonNode summary =
                new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        assertThat(summary.get("samples").intValue()).isEqualTo(3 * 40);
        assertThat(summary.get("seconds").doubleValue()).isPositive();
        for (String style : STYLES) {
            assertThat(summary.get("accuracy").get(style).doubleValue())
                    .as(style)
                    .isGreaterThan(ALMOST_ALL);
            assertThat(out.resolve("studies").resolve(style).resolve("run/results.parquet"))
                    .isNotEmptyFile();
        }
        theCurvesTellPathwaysApart(out.resolve("report/curves.csv"));
        theSuggestedQuestionIsAnswered(out, run.out());

        whatIsNotTheDemosStays(out);
    }

    private static void whatIsNotTheDemosStays(Path out) throws IOException {
        Path mine = Files.writeString(out.resolve("studies/mine.txt"), "mine");
        CommandRun refused = CommandRun.of("demo", "--samples", "4", "--out", out.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("holds something else than a demo, for example studies/mine.txt");
        assertThat(mine).hasContent("mine");
        Files.delete(mine);
        Path page = out.resolve("report/report.html");
        String before = Files.readString(page);
        Files.writeString(page, before + "<!-- mine -->");
        assertThat(CommandRun.of("demo", "--samples", "4", "--out", out.toString())
                        .err())
                .contains("holds report/report.html, which was changed since a demo wrote it");
        assertThat(page).content().endsWith("<!-- mine -->");
        Files.writeString(page, before);

        Path run = out.resolve("studies/vqav2/run");
        Path report = out.resolve("report");
        assertThat(CommandRun.of("report", run.toString(), "--out", report.toString())
                        .status())
                .as("a report made anew is still ours")
                .isZero();
        assertThat(CommandRun.of("demo", "--samples", "4", "--out", out.toString())
                        .status())
                .isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.resolve("summary.json").toFile())
                        .get("samples")
                        .intValue())
                .as("the earlier demo is replaced")
                .isEqualTo(3 * 4);
    }

    /** What a kill leaves cannot be told from what somebody else has put there. */
    @Test
    void whatAKilledDemoLeftIsNotTouched() throws Exception {
        Path out = folder.resolve("killed");
        Process process =
                CommandRun.start(folder.resolve("stderr"), List.of("demo", "--samples", "60", "--out", out.toString()));
        while (process.isAlive() && !Files.exists(out.resolve("studies"))) {
            Thread.sleep(5);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        CommandRun refused = CommandRun.of("demo", "--out", out.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("holds what a demo left that was killed", "delete it");
        assertThat(out.resolve("studies")).exists();
    }

    /** Each pathway but last→last has a window that costs a tenth of the answer's probability, beyond its band. */
    private static void theCurvesTellPathwaysApart(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<String> names = Arrays.asList(lines.get(0).split(","));
        Map<String, Double> lowest = new TreeMap<>();
        Map<String, Double> surest = new TreeMap<>(); // the upper end of a window's band
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = Arrays.asList(line.split(","));
            boolean change = row.get(names.indexOf("measure")).equals("change");
            if (change && row.get(names.indexOf("category")).isEmpty()) {
                String pathway = row.get(names.indexOf("pathway"));
                lowest.merge(pathway, Double.valueOf(row.get(names.indexOf("change"))), Math::min);
                surest.merge(pathway, Double.valueOf(row.get(names.indexOf("high"))), Math::min);
            }
        }
        for (String pathway : List.of("image_to_last", "image_to_question", "question_to_last")) {
            assertThat(lowest.get(pathway)).as(pathway).isLessThan(-10);
            assertThat(surest.get(pathway)).as(pathway).isNegative();
        }
        assertThat(lowest.get("last_to_last")).isGreaterThan(-10);
    }

    private static void theSuggestedQuestionIsAnswered(Path out, String printed) {
        String question = printed.substring(printed.lastIndexOf("--question \"") + 12, printed.lastIndexOf('"'));
        String picture = printed.substring(printed.lastIndexOf("--image ") + 8, printed.lastIndexOf(" \\"));

        CommandRun asked = CommandRun.of(
                "ask",
                "--model",
                out.resolve("checkpoint").toString(),
                "--prompt",
                "vqav2",
                "--k",
                "3",
                "--image",
                picture,
                "--question",
                question);

        assertThat(asked.status()).as(asked.err()).isZero();
        assertThat(asked.out()).containsPattern("p = (0\\.\\d+|1\\.00)");
    }

    /** Once the process is ending no step, and no figure, can register anything for its end. */
    @Test
    void askedToEndAtAnyMomentItSaysSoAndNothingElse() throws Exception {
        Path out = folder.resolve("ended");
        Path err = folder.resolve("stderr");
        for (Path begun : List.of(out.resolve("data"), out.resolve("studies/vqav2"), out.resolve("report"))) {
            Process process = CommandRun.start(err, List.of("demo", "--samples", "60", "--out", out.toString()));
            while (process.isAlive() && !(Files.exists(begun) && Files.size(out.resolve("summary.json")) == 0)) {
                Thread.sleep(5);
            }
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();

            assertThat(process.exitValue()).as(begun.toString()).isEqualTo(143);
            assertThat(Files.readString(err)).contains("stopping soon").doesNotContain("failed", "Shutdown");
        }
    }

    @Test
    void aSummaryOfSomethingElseIsNoDemo() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data")).resolve("mine.txt");
        Files.writeString(data, "mine");
        Files.writeString(folder.resolve("summary.json"), "{\"mine\": 1}");

        CommandRun run = CommandRun.of("demo", "--out", folder.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("holds something else than a demo");
        assertThat(data).hasContent("mine");
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Path mine = folder.resolve("mine.txt");
        Files.writeString(mine, "mine");

        CommandRun run = CommandRun.of("demo", "--out", folder.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("holds something else than a demo");
        assertThat(mine).hasContent("mine");
        assertThat(folder.resolve("summary.json")).doesNotExist();
    }
}
