package sightline.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ends of answers for invented runs: every uncut answer ends, and every cut around layer 0 loses the end. */
public final class InventedEnds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InventedEnds() {}

    /** Adds them to a run with measures, in its lines and its settings. */
    public static void add(Path run) throws IOException {
        Path file = run.resolve("manifest.json");
        ObjectNode manifest = (ObjectNode) JSON.readTree(file.toFile());
        manifest.withObject("settings").put("flip_end", true);
        Files.write(file, JSON.writeValueAsBytes(manifest));
        Path journal = run.resolve("samples.jsonl");
        List<String> lines = new ArrayList<>();
        for (String text : Files.readAllLines(journal)) {
            ObjectNode line = (ObjectNode) JSON.readTree(text);
            ((ObjectNode) line.get("uncut")).put("ends", true);
            line.get("curves").forEach(curve -> {
                ArrayNode ends = ((ObjectNode) curve.get("measures")).putArray("ends");
                for (int layer = 0; layer < curve.at("/token_probability/0").size(); layer++) {
                    ends.add(layer > 0);
                }
            });
            lines.add(line.toString());
        }
        Files.write(journal, lines);
    }
}
