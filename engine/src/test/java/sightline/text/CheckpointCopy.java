package sightline.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The text files of the golden tiny10 checkpoint in a folder of their own, to be changed. */
record CheckpointCopy(Path folder) {
    static final List<String> FILES = List.of(
            "chat_template.json",
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer_config.json");

    static CheckpointCopy in(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : FILES) {
            Files.write(folder.resolve(name), Files.readAllBytes(Golden.tiny10().resolve(name)));
        }
        return new CheckpointCopy(folder);
    }

    /** Merges a patch into a JSON file (RFC 7396), which is made if it is not there. */
    CheckpointCopy patch(String name, JsonNode patch) throws IOException {
        Path file = folder.resolve(name);
        JsonNode old = Files.exists(file) ? Golden.JSON.readTree(file.toFile()) : JsonNodeFactory.instance.objectNode();
        return write(name, merged(old, patch).toString());
    }

    CheckpointCopy patch(String name, String patch) throws IOException {
        return patch(name, Golden.JSON.readTree(patch));
    }

    private static JsonNode merged(JsonNode old, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = old.isObject() ? old.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), merged(merged.path(field.getKey()), field.getValue()));
            }
        }
        return merged;
    }

    CheckpointCopy write(String name, String text) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    CheckpointCopy without(String name) throws IOException {
        Files.delete(folder.resolve(name));
        return this;
    }
}
