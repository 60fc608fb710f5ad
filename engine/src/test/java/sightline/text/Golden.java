package sightline.text;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The reference numbers that concern text. */
final class Golden {
    static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    static Path root() {
        return Path.of(System.getProperty("sightline.golden"));
    }

    static Path tiny10() {
        return root().resolve("tiny10/checkpoint");
    }

    static JsonNode text() {
        return read("inputs/text.json");
    }

    static JsonNode read(String file) {
        try {
            return JSON.readTree(root().resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static int[] ints(JsonNode array) {
        return each(array).mapToInt(JsonNode::intValue).toArray();
    }

    static List<Map<String, Object>> messages(JsonNode array) {
        return JSON.convertValue(array, new TypeReference<>() {});
    }
}
