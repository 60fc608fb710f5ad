package sightline.explore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** JSON in and out. */
final class PageJson {
    private static final int DEEPEST = 8;

    private static final ObjectMapper OUT = new ObjectMapper();
    private static final ObjectMapper IN = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build());

    private PageJson() {}

    /** One line. */
    static String line(Object value) {
        try {
            return OUT.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and text cannot be written as JSON", e);
        }
    }

    /** Records as a tree. */
    static JsonNode tree(Object value) {
        return OUT.valueToTree(value);
    }

    /**
     * Reads one value.
     *
     * @throws RequestRefusal if it is no JSON
     */
    static JsonNode read(byte[] text) {
        try {
            return IN.readTree(text);
        } catch (IOException e) {
            throw new RequestRefusal(RequestRefusal.WRONG, "The request is no JSON.");
        }
    }
}
