package sightline.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.files.StrictJson;

/**
 * Walks a list of entries in a JSON file, one entry in memory at a time. Strict: no NaN, no field twice, nothing after the
 * end, UTF-8 only; an error names the file and the position.
 */
final class JsonEntries {
    /** Visual7W's and DocVQA's files are one line, VQAv2's too: no limit on the document, the default ones inside. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(-1)
                            .build())
                    .build())
            .build();

    private static final String AGAIN = "Fetch the file again, or mend it there";

    private final String file;
    private final String list;
    private final Visitor visitor;
    private final Map<String, JsonNode> beside = new LinkedHashMap<>();
    private int entries = -1;

    private JsonEntries(Path file, String list, Visitor visitor) {
        this.file = file.toString();
        this.list = list;
        this.visitor = visitor;
    }

    /** Takes one entry. */
    @FunctionalInterface
    interface Visitor {
        void entry(int index, JsonNode entry);
    }

    /**
     * Visits each entry of the list in an object's field.
     *
     * @param list the field's name; empty if the file is the list itself
     * @return the object's other fields
     * @throws InputException if the file cannot be read, is not such JSON, or the list has no entry
     */
    static Map<String, JsonNode> visit(Path file, String list, Visitor visitor) {
        JsonEntries reading = new JsonEntries(file, list, visitor);
        try (InputStream bytes = Files.newInputStream(InputFile.regular(file));
                JsonParser parser = MAPPER.createParser(Utf8Stream.of(file.toString(), bytes))) {
            reading.file(parser);
        } catch (JsonProcessingException e) {
            throw reading.invalid(e);
        } catch (NoSuchFileException e) {
            throw new InputException(file.toString(), "does not exist", "a JSON file", "Check the name", e);
        } catch (IOException e) {
            String problem = Files.isDirectory(file) ? "is a folder" : "cannot be read: " + StrictJson.reason(e);
            throw new InputException(file.toString(), problem, "a JSON file", "Check the name and permissions", e);
        }
        return reading.beside;
    }

    /** Whether a file begins with an empty list; one that cannot be read does not. */
    static boolean beginsEmpty(Path file) {
        try (InputStream bytes = Files.newInputStream(InputFile.regular(file));
                JsonParser parser = MAPPER.createParser(Utf8Stream.of(file.toString(), bytes))) {
            return parser.nextToken() == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.END_ARRAY;
        } catch (IOException e) {
            return false; // reading the entries tells why
        }
    }

    private void file(JsonParser parser) throws IOException {
        JsonToken root = parser.nextToken();
        if (root == null) {
            throw new InputException(file, "is empty", "JSON", "Fetch the file again");
        }
        if (list.isEmpty()) {
            if (root != JsonToken.START_ARRAY) {
                throw wrong("holds " + kind(root), "a list of entries");
            }
            list(parser);
        } else {
            if (root != JsonToken.START_OBJECT) {
                throw wrong("holds " + kind(root), "an object with \"" + list + "\"");
            }
            object(parser);
        }
        requireEnd(parser);
        if (entries == 0) {
            String where = list.isEmpty() ? "" : "\"" + list + "\" ";
            throw wrong(where + "has no entries, so there is nothing to do", "at least one entry");
        }
    }

    private void requireEnd(JsonParser parser) throws IOException {
        JsonLocation end = parser.currentLocation();
        boolean more;
        try {
            more = parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            more = true; // text that is not even JSON
        }
        if (more) {
            throw wrong(
                    "has text after the end of the JSON value, which ends at line " + end.getLineNr() + ", column "
                            + end.getColumnNr(),
                    "one JSON value");
        }
    }

    private void object(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!name.equals(list)) {
                beside.put(name, MAPPER.readTree(parser));
            } else if (value == JsonToken.START_ARRAY) {
                list(parser);
            } else {
                throw wrong("field \"" + list + "\" is " + kind(value), "a list");
            }
        }
        if (entries < 0) {
            throw wrong(
                    "field \"" + list + "\" is missing; the file has "
                            + (beside.isEmpty() ? "no fields" : String.join(", ", beside.keySet())),
                    "an object with \"" + list + "\"");
        }
    }

    private void list(JsonParser parser) throws IOException {
        entries = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            visitor.entry(entries, MAPPER.readTree(parser));
            entries++;
        }
    }

    private InputException wrong(String problem, String expected) {
        return new InputException(file, problem, expected, "Check that this is the right file of the dataset");
    }

    private InputException invalid(JsonProcessingException e) {
        String problem = StrictJson.problem(e);
        int colon = problem.indexOf(": ");
        String inside = entries < 0 ? "" : ", in entry " + entries;
        return new InputException(
                file,
                problem.substring(0, colon) + inside + problem.substring(colon),
                StrictJson.isBeyond(e) ? "what datasets hold" : "complete, strict JSON",
                StrictJson.isBeyond(e) ? "Check that this is the right file of the dataset" : AGAIN,
                e);
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a string";
            case VALUE_NULL -> "null";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "a number";
        };
    }

    /** What a value is, with its article. */
    static String kind(JsonNode node) {
        JsonNodeType type = node.getNodeType();
        return switch (type) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL -> "null";
            case MISSING -> "missing";
            default -> "a " + type.name().toLowerCase(Locale.ROOT);
        };
    }
}
