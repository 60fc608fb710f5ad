package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import sightline.files.Folders;
import sightline.files.Journal;
import sightline.files.WholeFile;

/**
 * A run's results in the published form, as the published plotting scripts read them: one {@code {id}.json} for each
 * sample, with the whole answer's probability in {@code full_attention} and, for each pathway, by layer. That form knows
 * one window size and masking, so there is a folder for each pair.
 */
public final class PublishedExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedExport() {}

    /** Writes every finished sample; returns the folders. */
    public static List<Path> write(RunFolder folder) {
        TreeSet<Path> written = new TreeSet<>();
        for (Path journal : folder.journals()) {
            Journal.read(journal, sample -> {
                if (!sample.has("failed")) {
                    written.addAll(write(folder, sample));
                }
            });
        }
        return List.copyOf(written);
    }

    private static Set<Path> write(RunFolder folder, JsonNode sample) {
        Map<Path, ObjectNode> files = new LinkedHashMap<>();
        for (JsonNode curve : sample.get("curves")) {
            Path into = folder.published(
                    curve.get("k").intValue(), curve.get("masking").textValue());
            files.computeIfAbsent(into, path -> JSON.createObjectNode()
                            .put("full_attention", product(sample.get("baseline"))))
                    .set(curve.get("pathway").textValue(), products(curve.get("token_probability")));
        }
        files.forEach((into, values) -> {
            Folders.make(into);
            WholeFile.write(
                    into.resolve(sample.get("id").asText() + ".json"),
                    out -> out.write(JSON.writeValueAsBytes(values)));
        });
        return files.keySet();
    }

    private static double product(JsonNode tokens) {
        double product = 1;
        for (JsonNode token : tokens) {
            product *= token.doubleValue();
        }
        return product;
    }

    /** [answer token][layer] -> [layer], the product over tokens. */
    private static ArrayNode products(JsonNode tokens) {
        ArrayNode layers = JSON.createArrayNode();
        for (int layer = 0; layer < tokens.get(0).size(); layer++) {
            double product = 1;
            for (JsonNode token : tokens) {
                product *= token.get(layer).doubleValue();
            }
            layers.add(product);
        }
        return layers;
    }
}
