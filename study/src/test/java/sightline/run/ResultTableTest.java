package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.error.InputException;

class ResultTableTest {
    private static final String ONE = "{\"id\":ID,\"index\":0,\"categories\":[\"a\",\"b/c\"],\"image\":\"i.png\","
            + "\"question\":\"q?\",\"choices\":[],\"answer\":\"ANSWER\",\"answer_tokens\":[5,6],\"baseline\":[0.9,0.8],"
            + "\"curves\":[{\"pathway\":\"image_to_last\",\"k\":3,\"masking\":\"paper\",\"token_probability\":"
            + "[[0.5,0.25,0.125,0.75],[1,1,1,0.5]]}],\"seconds\":1}";

    @TempDir
    Path folder;

    private Path run(String name, String... lines) throws IOException {
        Path run = RunFolders.write(folder.resolve(name), Dataset.VQAV2, 4, List.of(3), 0, 5);
        ObjectMapper json = new ObjectMapper();
        ObjectNode manifest =
                (ObjectNode) json.readTree(run.resolve("manifest.json").toFile());
        ((ObjectNode) manifest.get("settings")).putArray("pathways").add("image_to_last");
        Files.writeString(run.resolve("manifest.json"), manifest.toPrettyString());
        Files.write(run.resolve("samples.jsonl"), List.of(lines));
        return run;
    }

    private static String line(long id, String answer) {
        return ONE.replace("ID", String.valueOf(id)).replace("ANSWER", answer);
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = connection.createStatement().executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : " ").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    /** Of a journal of an earlier version. */
    private static final String NO_MEASURES = " null".repeat(17);

    @Test
    void isTidy() throws Exception {
        try (ResultTable table = ResultTable.read(List.of(run("run", line(7, "yes"))))) {
            assertThat(table.rows()).isEqualTo(2 * 4);
            assertThat(query(
                            table.connection(),
                            "SELECT * FROM results WHERE layer IN (0, 3) ORDER BY layer, answer_token"))
                    .containsExactly(
                            "vqav2 7 [a, b/c] image_to_last 3 paper 0 0 0.5 0.9" + NO_MEASURES,
                            "vqav2 7 [a, b/c] image_to_last 3 paper 0 1 1.0 0.8" + NO_MEASURES,
                            "vqav2 7 [a, b/c] image_to_last 3 paper 3 0 0.75 0.9" + NO_MEASURES,
                            "vqav2 7 [a, b/c] image_to_last 3 paper 3 1 0.5 0.8" + NO_MEASURES);
        }
    }

    @Test
    void theLineThatDidNotFailCountsAndATornOneIsLeftOut() throws Exception {
        Path run = run(
                "run",
                "{\"id\":7,\"index\":0,\"failed\":\"no picture yet\"}",
                "{\"id\":8,\"index\":1,\"failed\":\"no picture\"}",
                line(7, "new"),
                line(9, "x"));
        Files.writeString(run.resolve("samples-2-of-2.jsonl"), "{\"id\":9,\"index\":2,\"failed\":\"later\"}\n");
        byte[] whole = line(11, "torn").getBytes(StandardCharsets.UTF_8);
        Files.write(run.resolve("samples.jsonl"), Arrays.copyOf(whole, 100), StandardOpenOption.APPEND);

        try (ResultTable table = ResultTable.read(List.of(run))) {
            // Shards are read by name: samples-2-of-2 comes before samples, so the line in samples.jsonl wins.
            assertThat(query(
                            table.connection(),
                            "SELECT sample_id, answer FROM samples WHERE failure IS NULL ORDER BY 1"))
                    .containsExactly("7 new", "9 x");
            assertThat(table.traced(0)).isEqualTo(2);
            assertThat(table.failed(0)).isEqualTo(1);
            assertThat(table.rows()).isEqualTo(2 * 2 * 4);
            assertThat(table.runs().get(0).manifest().datasetFile().entries()).isEqualTo(5);
        }
    }

    @Test
    void parquetHoldsTheSameRows() throws Exception {
        Path run = RunFolders.write(folder.resolve("run"), Dataset.DOCVQA, 20, List.of(1, 3), 9, 9);
        Path file = folder.resolve("it's.parquet");
        try (ResultTable table = ResultTable.read(List.of(run))) {
            table.writeParquet(file);
            try (Connection other = DriverManager.getConnection("jdbc:duckdb:")) {
                String path = file.toString().replace("'", "''");
                String all = " ORDER BY ALL";
                List<String> rows = query(other, "SELECT * FROM '" + path + "'" + all);
                assertThat(rows).hasSize((3 * (1 + 2 + 3)) * 4 * 2 * 20);
                assertThat(rows).isEqualTo(query(table.connection(), "SELECT * FROM results" + all));
                assertThat(query(other, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + path + "')"))
                        .containsExactly(
                                "dataset VARCHAR",
                                "sample_id BIGINT",
                                "categories VARCHAR[]",
                                "pathway VARCHAR",
                                "k INTEGER",
                                "masking VARCHAR",
                                "layer INTEGER",
                                "answer_token INTEGER",
                                "probability DOUBLE",
                                "baseline DOUBLE",
                                "log_p FLOAT",
                                "log_odds FLOAT",
                                "margin FLOAT",
                                "foil FLOAT",
                                "rank INTEGER",
                                "top INTEGER",
                                "kl FLOAT",
                                "uncut_log_p FLOAT",
                                "uncut_log_odds FLOAT",
                                "uncut_margin FLOAT",
                                "uncut_rank INTEGER",
                                "uncut_top INTEGER",
                                "uncut_foil FLOAT",
                                "foils INTEGER[]",
                                "whole_foils INTEGER[][]",
                                "ends BOOLEAN",
                                "uncut_ends BOOLEAN");
            }
        }
    }

    @Test
    void aTableThatCannotBeWrittenLeavesNothing() throws Exception {
        Path run = run("unwritable", line(7, "a"));
        Path file = run.resolve("results.parquet");
        Files.createDirectories(file.resolve("in the way"));
        try (ResultTable table = ResultTable.read(List.of(run))) {
            assertThatThrownBy(() -> table.writeParquet(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("results.parquet: is a folder");
        }
        try (var files = Files.list(run)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "samples.jsonl", "results.parquet");
        }
    }

    @Test
    void linesOfAnotherShapeAreNamed() throws Exception {
        String lists = "[[0.5,0.25,0.125,0.75],[1,1,1,0.5]]";
        Path object = run("object", line(7, "a").replace(lists, "{\"0\":[1,1,1,1],\"1\":[1,1,1,1]}"));
        assertThatThrownBy(() -> ResultTable.read(List.of(object)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("samples.jsonl, line 1: image_to_last has no list of token_probability");
        Path without = run("without", "{\"id\":7,\"answer_tokens\":[5],\"baseline\":[0.5]}");
        for (Runnable reading : List.<Runnable>of(
                () -> ResultTable.read(List.of(without)), () -> PublishedExport.write(new RunFolder(without)))) {
            assertThatThrownBy(reading::run)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("samples.jsonl, line 1: has no list of curves");
        }
        Path untold = run("untold", "{\"id\":7,\"curves\":[]}");
        assertThatThrownBy(() -> PublishedExport.write(new RunFolder(untold)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1: baseline has 0 values");
    }

    @Test
    void whatIsNoRunIsRefused() throws Exception {
        assertThatThrownBy(() -> ResultTable.read(List.of(folder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no manifest.json");
        assertThatThrownBy(() -> ResultTable.read(List.of(folder.resolve("none"))))
                .hasMessageContaining("does not exist");
        Path broken = run("broken", line(7, "a"), "{\"id\":8,", line(9, "b"));
        assertThatThrownBy(() -> ResultTable.read(List.of(broken)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("samples.jsonl: line 2 is no JSON object");
        for (String foreign : List.of("", "{\"id\":8,\"id\":9,\"failed\":\"twice\"}")) {
            Path strict = run("strict", line(7, "a"), foreign, line(9, "b"));
            assertThatThrownBy(() -> ResultTable.read(List.of(strict)))
                    .as("as where a run goes on: '%s'", foreign)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("samples.jsonl: line 2 is no JSON object");
        }
        Path nan = run("nan", line(7, "a").replace("0.75", "\"NaN\""));
        assertThatThrownBy(() -> ResultTable.read(List.of(nan))).hasMessageContaining("image_to_last holds \"NaN\"");
        Path few = run("few", line(7, "a").replace(",0.75", ""));
        assertThatThrownBy(() -> ResultTable.read(List.of(few)))
                .hasMessageContaining("image_to_last has 3 values, but the model has 4 layers");
        Path format = run("format");
        Files.writeString(
                format.resolve("manifest.json"),
                Files.readString(format.resolve("manifest.json")).replace("\"format\" : 1", "\"format\" : 4"));
        assertThatThrownBy(() -> ResultTable.read(List.of(format))).hasMessageContaining("has format 4");
        Files.writeString(format.resolve("manifest.json"), "{\"format\"");
        assertThatThrownBy(() -> ResultTable.read(List.of(format)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("manifest.json: is not valid JSON");
    }
}
