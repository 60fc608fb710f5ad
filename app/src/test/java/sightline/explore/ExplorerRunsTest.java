package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.CurveKey;
import sightline.analysis.HarmfulWindow;
import sightline.analysis.RunResults;
import sightline.analysis.TracedDataset;
import sightline.analysis.TracedSample;
import sightline.app.CommandRun;
import sightline.dataset.Dataset;
import sightline.training.DemoCheckpoint;
import sightline.world.DemoDatasets;

/** A run's samples on the page, against its journal. */
class ExplorerRunsTest {
    @TempDir
    private Path folder;

    /** Its numbers are the run's: the table's, and those that are traced again when a row is opened. */
    @Test
    void aRowIsWhatTheRunSays() throws Exception {
        Path checkpoint = folder.resolve("checkpoint");
        DemoCheckpoint.writeTo(checkpoint);
        DemoDatasets.Written data = DemoDatasets.write(folder.resolve("data"), 70_000_000, 4, 2, drawn -> {})
                .get(Dataset.VQAV2);
        Path study = folder.resolve("study");
        CommandRun made = CommandRun.of(
                "study",
                "vqav2",
                "--model",
                checkpoint.toString(),
                "--device",
                "cpu",
                "--dtype",
                "float32",
                "--k",
                "3",
                "--temperature",
                "0.9",
                "--flip-end",
                "--images",
                data.images().toString(),
                "--annotations",
                data.annotations().toString(),
                "--questions",
                data.questions().orElseThrow().toString(),
                "--out",
                study.toString());
        assertThat(made.status()).as(made.err()).isZero();
        Map<Long, JsonNode> journal = journal(study.resolve("run/samples.jsonl"));
        TracedDataset results = RunResults.read(List.of(study.resolve("run"))).get(0);
        try (RunningExplorer explorer =
                new RunningExplorer(Optional.empty(), List.of(study), List.of(data.images())).ready()) {
            JsonNode table = explorer.json("/api/runs/0/samples");
            assertThat(table.path("samples").size()).isEqualTo(journal.size()).isPositive();
            for (TracedSample sample : results.samples()) {
                JsonNode row = row(table, sample.id());
                CurveKey key = new CurveKey(row.path("pathway").asText(), 3, "paper");
                assertThat(row.path("p").doubleValue()).isEqualTo(sample.probability());
                assertThat(row.path("layer").intValue())
                        .isEqualTo(HarmfulWindow.lowest(
                                results, key, sample.curves().get(key)));
            }
            for (JsonNode row : table.path("samples")) {
                assertSame(
                        explorer.ask(opened(table, row)).path("ask"),
                        journal.get(row.path("id").longValue()));
            }
        }
    }

    private static JsonNode row(JsonNode table, long id) {
        for (JsonNode row : table.path("samples")) {
            if (row.path("id").longValue() == id) {
                return row;
            }
        }
        throw new AssertionError("no row " + id);
    }

    /** As the page asks. */
    private static String opened(JsonNode table, JsonNode row) {
        ObjectNode ask = RunningExplorer.JSON.createObjectNode();
        ask.put("picture", row.path("picture").asText())
                .put("question", row.path("question").asText());
        ask.put("prompt", table.path("prompt").asText())
                .put("rows", table.path("rows").asText());
        ask.put("temperature", table.path("temperature").asText());
        ask.put("answer-tokens", row.path("answer_tokens").toString().replaceAll("[\\[\\]]", ""));
        ask.put("flip-end", table.path("flip_end").booleanValue());
        ask.put("k", "3").put("masking", table.path("masking").asText());
        return ask.toString();
    }

    private static void assertSame(JsonNode ask, JsonNode line) {
        assertThat(ask.at("/baseline/token_probability")).isEqualTo(line.path("baseline"));
        assertThat(ask.path("answer_tokens")).isEqualTo(line.path("answer_tokens"));
        assertThat(ask.at("/baseline/answer_measures/ends").isBoolean()).isTrue();
        Map<String, JsonNode> curves = new HashMap<>();
        line.path("curves")
                .forEach(curve -> curves.put(curve.path("pathway").asText(), curve.path("token_probability")));
        assertThat(curves).isNotEmpty();
        for (JsonNode sweep : ask.path("sweeps")) {
            assertThat(sweep.path("token_probability"))
                    .as(sweep.path("pathway").asText())
                    .isEqualTo(curves.get(sweep.path("pathway").asText()));
        }
    }

    private static Map<Long, JsonNode> journal(Path file) throws IOException {
        Map<Long, JsonNode> lines = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode json = RunningExplorer.JSON.readTree(line);
            lines.put(json.path("id").longValue(), json);
        }
        return lines;
    }
}
