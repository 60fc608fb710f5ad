package sightline.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A table of contractions, from the jar. */
final class ContractionTable {
    private ContractionTable() {}

    static Map<String, String> of(String resource) {
        try (InputStream in = ContractionTable.class.getResourceAsStream(resource)) {
            JsonNode table = new ObjectMapper().readTree(in).path("table");
            Map<String, String> contractions = new HashMap<>();
            table.properties()
                    .forEach(entry ->
                            contractions.put(entry.getKey(), entry.getValue().textValue()));
            return contractions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
