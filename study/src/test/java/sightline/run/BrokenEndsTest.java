package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.RunResults;
import sightline.analysis.TracedDataset;
import sightline.dataset.Dataset;
import sightline.error.InputException;

/** Ends of answers in a journal that cannot be: one clear line, naming file and line. */
class BrokenEndsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** A run of three samples whose flips count the end, if asked for; {@code change} is made to the second line. */
    private Path run(boolean flipEnd, Consumer<ObjectNode> change) throws IOException {
        Path run = RunFolders.measured(folder.resolve("run"), Dataset.VQAV2, 4, List.of(1), List.of("zero"), 3);
        if (flipEnd) {
            InventedEnds.add(run);
        }
        Path journal = run.resolve("samples.jsonl");
        List<String> lines = new ArrayList<>();
        for (String text : Files.readAllLines(journal)) {
            ObjectNode line = (ObjectNode) JSON.readTree(text);
            if (lines.size() == 1) {
                change.accept(line);
            }
            lines.add(line.toString());
        }
        Files.write(journal, lines);
        return run;
    }

    private static ObjectNode uncut(ObjectNode line) {
        return (ObjectNode) line.get("uncut");
    }

    private static ObjectNode measures(ObjectNode line) {
        return (ObjectNode) line.at("/curves/0/measures");
    }

    private void refused(boolean flipEnd, Consumer<ObjectNode> change, String problem) throws IOException {
        Path run = run(flipEnd, change);
        assertThatThrownBy(() -> RunResults.read(List.of(run)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("samples.jsonl, line 2: ")
                .hasMessageContaining(problem)
                .hasMessageContaining("Delete this line and resume the run")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> ResultTable.read(List.of(run)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void runsWithAndWithoutAreRead() throws IOException {
        TracedDataset without = RunResults.read(List.of(run(false, line -> {}))).get(0);
        assertThat(without.flipEnd()).isFalse();
        assertThat(without.samples().get(0).measures().orElseThrow().uncut().ends())
                .isEmpty();
        TracedDataset with = RunResults.read(
                        List.of(run(true, line -> uncut(line).put("ends", false))))
                .get(0);
        assertThat(with.flipEnd()).isTrue();
        assertThat(with.samples()).hasSize(3);
        assertThat(with.notGreedy()).isGreaterThan(0);
        assertThat(with.samples().get(1).measures().orElseThrow().greedy()).isFalse();
        assertThat(with.samples().get(0).measures().orElseThrow().rows().values())
                .allMatch(rows -> rows.flip()[0] == 1);
    }

    @Test
    void areRefused() throws IOException {
        refused(
                true,
                line -> uncut(line).remove("ends"),
                "uncut has no ends, but the run's flips count the answer's end");
        refused(true, line -> uncut(line).put("ends", "yes"), "uncut holds \"yes\" as ends");
        refused(true, line -> measures(line).remove("ends"), "has no ends, but the run's flips count the answer's end");
        refused(true, line -> measures(line).put("ends", true), "has 0 values of ends, expected 4");
        refused(true, line -> ((ArrayNode) measures(line).get("ends")).remove(0), "has 3 values of ends, expected 4");
        refused(
                true,
                line -> ((ArrayNode) measures(line).get("ends"))
                        .set(0, JSON.getNodeFactory().numberNode(1)),
                "holds 1 as ends");
        refused(
                false,
                line -> uncut(line).put("ends", true),
                "uncut has ends, but the run's flips count its tokens alone");
        refused(false, line -> measures(line).putArray("ends"), "has ends, but the run's flips count its tokens alone");
    }
}
