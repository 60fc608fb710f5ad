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
import sightline.dataset.Dataset;
import sightline.error.InputException;

/** Measures in a journal that cannot be: one clear line, naming file and line. */
class BrokenMeasuresTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path run(Consumer<ObjectNode> change) throws IOException {
        Path run = RunFolders.measured(folder.resolve("run"), Dataset.VQAV2, 4, List.of(1), List.of("zero"), 3);
        Path journal = run.resolve("samples.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        ObjectNode second = (ObjectNode) JSON.readTree(lines.get(1));
        change.accept(second);
        lines.set(1, second.toString());
        Files.write(journal, lines);
        return run;
    }

    private static ObjectNode measures(ObjectNode line) {
        return (ObjectNode) line.at("/curves/0/measures");
    }

    private static ArrayNode layers(ObjectNode line, String measure) {
        return (ArrayNode) measures(line).get(measure).get(0);
    }

    private void refused(Consumer<ObjectNode> change, String problem) throws IOException {
        Path run = run(change);
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
    void oneThatThisVersionDoesNotKnow() throws IOException {
        refused(line -> measures(line).putArray("entropy"), "holds 'entropy', which is no measure");
        refused(line -> ((ObjectNode) line.get("uncut")).putArray("entropy"), "uncut holds 'entropy'");
    }

    @Test
    void areRefused() throws IOException {
        refused(line -> layers(line, "log_p").set(2, JSON.getNodeFactory().numberNode(0.5)), "holds 0.5 as log_p");
        refused(
                line -> layers(line, "log_odds").set(2, JSON.getNodeFactory().numberNode(701)),
                "holds 701 as log_odds");
        refused(line -> layers(line, "top").set(0, JSON.getNodeFactory().textNode("yes")), "holds \"yes\" as top");
        refused(line -> layers(line, "log_p").remove(0), "has 3 values of log_p, expected 4");
        refused(line -> measures(line).remove("log_p"), "has 0 answer tokens of log_p");
        refused(line -> measures(line).put("top", 3), "has 0 answer tokens of top");
        refused(
                line -> ((ObjectNode) line.get("curves").get(0)).remove("measures"),
                "has no measures, but the line has uncut");
        refused(line -> line.remove("uncut"), "has measures, but the line has no uncut");
        refused(line -> ((ObjectNode) line.get("uncut")).putArray("rank").add(0), "values of rank");
    }

    /** A report asks for log-probability, log-odds and flips; what else a line says of its cuts it does not see. */
    @Test
    void whatNobodyAsksForIsNotRead() throws IOException {
        Path run = run(line -> layers(line, "rank").set(0, JSON.getNodeFactory().numberNode(0)));
        assertThat(RunResults.read(List.of(run)).get(0).samples()).hasSize(3);
        assertThatThrownBy(() -> ResultTable.read(List.of(run))).hasMessageContaining("holds 0 as rank");
    }
}
