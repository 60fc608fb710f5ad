package sightline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

/** {@code report} over a run whose numbers come from the engine. */
class ReportCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    private static Path run;
    private static JsonNode traced;

    /** Two samples of a dataset of five, traced by {@code ask}. */
    @BeforeAll
    static void trace() throws IOException {
        run = Files.createDirectories(folder.resolve("run"));
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("format", 1)
                .put("sightline", "test")
                .put("created", "2026-01-01T00:00:00Z")
                .put("dataset", "vqav2");
        manifest.putObject("dataset_file")
                .put("path", "filtered.json")
                .put("sha256", "00")
                .put("entries", 5);
        ObjectNode model = manifest.putObject("model");
        model.put("path", CommandRun.TINY10).put("fingerprint", "00").put("layers", 10);
        model.putArray("cross_attention_layers").add(3).add(8);
        ObjectNode settings = manifest.putObject("settings")
                .put("rows", "paper")
                .put("dtype", "float32")
                .put("temperature", 0.6);
        settings.putArray("pathways")
                .add("last_to_last")
                .add("question_to_last")
                .add("image_to_last")
                .add("image_to_question");
        settings.putArray("k").add(1).add(3);
        settings.putArray("masking").add("paper");
        Files.writeString(run.resolve("manifest.json"), manifest.toString());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CommandRun ask = CommandRun.of(
                    "ask",
                    "--model",
                    CommandRun.TINY10,
                    "--image",
                    CommandRun.image("small_50x50.png"),
                    "--question",
                    "Is it " + i + "?",
                    "--max-new-tokens",
                    "2",
                    "--k",
                    "1,3",
                    "--json");
            assertThat(ask.status()).as(ask.err()).isZero();
            lines.add(line(i, JSON.readTree(ask.out())).toString());
        }
        Files.write(run.resolve("samples.jsonl"), lines, StandardCharsets.UTF_8);
    }

    private static ObjectNode line(int id, JsonNode ask) {
        traced = ask;
        ObjectNode line = JSON.createObjectNode().put("id", id).put("index", id);
        line.putArray("categories").add(id == 0 ? "other" : "yes_no");
        line.put("image", "small.png").put("question", "Is it?").put("answer", "a");
        line.set("answer_tokens", ask.get("answer_tokens"));
        line.set("baseline", ask.at("/baseline/token_probability"));
        ArrayNode curves = line.putArray("curves");
        for (JsonNode sweep : ask.get("sweeps")) {
            ObjectNode curve = curves.addObject();
            curve.set("pathway", sweep.get("pathway"));
            curve.set("k", sweep.get("k"));
            curve.put("masking", "paper");
            curve.set("token_probability", sweep.get("token_probability"));
        }
        return line;
    }

    private static CommandRun report(String... more) {
        List<String> arguments = new ArrayList<>(List.of("report", run.toString()));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void writesTheFilesAndSaysWhatIsInThem() throws IOException {
        Path out = folder.resolve("out");
        CommandRun report = report("--out", out.toString(), "--threshold", "0", "--metric", "length-normalised");

        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.err()).isEmpty();
        assertThat(report.out().lines()).allMatch(line -> line.length() <= 80 || line.startsWith("Written to"));
        assertThat(report.out())
                .contains(
                        "VQAv2: 2 samples",
                        "VQAv2 is unfinished: 2 of 5 entries are traced.",
                        "Drop of p when a pathway is cut; k = 3, masking paper",
                        "  category         n     image→last image→question  question→last      last→last",
                        "  yes_no           1 ",
                        "report.html has the other window sizes and maskings.",
                        "Written to " + out + ": curves.csv, stability.csv, report.html and 9 files in figures.");

        // The last sample is the only one of its category: its mean is its own change.
        double full = 1;
        double cut = 1;
        JsonNode sweep = traced.get("sweeps").get(0);
        int tokens = traced.at("/baseline/token_probability").size();
        for (int token = 0; token < tokens; token++) {
            full *= traced.at("/baseline/token_probability").get(token).doubleValue();
            cut *= sweep.get("token_probability").get(token).get(4).doubleValue();
        }
        double reference = Math.pow(full, 1.0 / tokens) + 1e-5;
        double change = (Math.pow(cut, 1.0 / tokens) - reference) / reference * 100;
        String start = "vqav2," + folder.getFileName() + ",yes_no,"
                + sweep.get("pathway").textValue() + "," + sweep.get("k")
                + ",paper,change,length-normalised,none,0.0,4,";
        String row = Files.readAllLines(out.resolve("curves.csv")).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(row.split(",", -1)[15]))
                .isCloseTo(change, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void thresholdLeavesOutUncertainAnswers() throws IOException {
        Path out = folder.resolve("strict");
        CommandRun report = report("--out", out.toString(), "--threshold", "1");
        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.out()).contains("VQAv2: 0 of 2 samples with p >= 1.0");
        assertThat(Files.readAllLines(out.resolve("curves.csv"))).hasSize(1);
    }

    @Test
    void aRunWithoutSamplesIsToldNotDrawn() throws IOException {
        Path fresh = Files.createDirectories(folder.resolve("fresh"));
        Files.copy(run.resolve("manifest.json"), fresh.resolve("manifest.json"));
        Path out = folder.resolve("fresh-out");
        CommandRun report = CommandRun.of("report", fresh.toString(), "--out", out.toString());
        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.out()).contains("VQAv2 is unfinished: 0 of 5 entries are traced.");
        assertThat(out.resolve("report.html")).exists();
    }

    @Test
    void failuresAreToldAlsoWhereAllWasTried() throws IOException {
        Path failed = Files.createDirectories(folder.resolve("failed"));
        Files.copy(run.resolve("manifest.json"), failed.resolve("manifest.json"));
        List<String> lines = new ArrayList<>(Files.readAllLines(run.resolve("samples.jsonl")));
        for (int id = 2; id < 5; id++) {
            lines.add("{\"id\":" + id + ",\"index\":" + id + ",\"failed\":\"no picture\"}");
        }
        Files.write(failed.resolve("samples.jsonl"), lines);
        Path out = folder.resolve("failed-out");
        CommandRun report = CommandRun.of("report", failed.toString(), "--out", out.toString());
        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.out()).contains("VQAv2 is unfinished: 2 of 5 entries are traced, 3 failed.");
    }

    @Test
    void readsPublishedResultsAndDrawsThePapersFigures() throws IOException {
        Path published = Files.createDirectories(folder.resolve("published"));
        ObjectNode sample = JSON.createObjectNode().put("full_attention", 0.8);
        for (String pathway : List.of("last_to_last", "image_to_last", "question_to_last", "image_to_question")) {
            ArrayNode curve = sample.putArray(pathway);
            for (int layer = 0; layer < 10; layer++) {
                curve.add(layer == 5 ? 0.2 : 0.8);
            }
        }
        Files.writeString(published.resolve("7.json"), sample.toString());
        Path ids = Files.writeString(folder.resolve("ids.json"), "{\"form\": [7, 8]}");
        Path out = folder.resolve("paper");
        CommandRun report = CommandRun.of(
                "report",
                published.toString(),
                "--ids",
                ids.toString(),
                "--dataset",
                "docvqa",
                "--k",
                "5",
                "--style",
                "paper",
                "--out",
                out.toString());
        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.out()).contains("DocVQA: 1 of 1 samples", "−75 %", "published.csv");
        assertThat(out.resolve("figures/paper-docvqa-form-k5.pdf")).exists();
        assertThat(out.resolve("figures/paper-stages-k5.svg")).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
                    --threshold 2 ~ --threshold: is '2'. Expected a number from 0 to 1. For example --threshold 0.5.
                    --threshold x ~ --threshold: is 'x'. Expected a number from 0 to 1. For example --threshold 0.5.
                    --style papper ~ --style: does not know 'papper'. Expected one of sightline, paper. Perhaps you mean paper.
                    --clip some ~ --clip: does not know 'some'. Expected one of none, published, all. Take one of these.
                    --metric mean ~ --metric: does not know 'mean'. Expected one of product, length-normalised. Take one of these.
                    --clusters document ~ --clusters: is 'document', but VQAv2 has none. Expected image or none. Leave it out: DocVQA is clustered by document, other datasets by picture.
                    --clusters pictures ~ --clusters: does not know 'pictures'. Expected one of image, document, none. Take one of these.
                    --interval bca ~ --interval: does not know 'bca'. Expected one of studentised, percentile. Take one of these.
                    --k 3 ~ --k: changes nothing: runs say it themselves. Leave it out, or give --ids for results in the published form.
                    --ids x.json ~ --dataset: is missing; published results do not name theirs. Give it.
                    --ids x.json --dataset vqav2 --metric length-normalised ~ --metric: is 'length-normalised', but published results do not tell how many tokens an answer has. Expected product. Leave it out.
                    """)
    void wrongOptions(String options, String message) {
        List<String> arguments =
                new ArrayList<>(List.of("--out", folder.resolve("never").toString()));
        arguments.addAll(Arrays.asList(options.split(" ", -1)));
        CommandRun report = report(arguments.toArray(String[]::new));
        assertThat(report.err().strip()).isEqualTo("sightline: " + message);
        assertThat(report.status()).isEqualTo(2);
        assertThat(report.out()).isEmpty();
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void whatIsNoRunIsAFailure() {
        CommandRun report = CommandRun.of("report", folder.resolve("none").toString(), "--out", "x");
        assertThat(report.status()).isEqualTo(1);
        assertThat(report.err()).contains("does not exist").contains("`sightline trace`");
    }
}
