package sightline.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The names in a {@code tokenizer.json}: which token has which id, and which are special. Read as a stream, because the
 * file of a published checkpoint has 17 MB, most of it merges that only the native tokeniser needs.
 */
final class Vocabulary {
    private final String[] spelling;
    private final Map<String, Integer> special;
    private final boolean[] added;

    private Vocabulary(Map<String, Integer> vocab, Map<String, Integer> addedTokens, Map<String, Integer> special) {
        int size = 0;
        for (int id : vocab.values()) {
            size = Math.max(size, id + 1);
        }
        for (int id : addedTokens.values()) {
            size = Math.max(size, id + 1);
        }
        this.spelling = new String[size];
        this.added = new boolean[size];
        vocab.forEach((token, id) -> spelling[id] = token);
        addedTokens.forEach((token, id) -> {
            spelling[id] = token;
            added[id] = true;
        });
        this.special = Collections.unmodifiableMap(special);
    }

    /**
     * Reads the names.
     *
     * @param file named in errors
     * @param json its text
     * @throws sightline.error.InputException if it is broken or not byte-level BPE
     */
    static Vocabulary parse(Path file, String json) {
        Reader reader = new Reader(file);
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxDocumentLength(-1).build())
                .build();
        try (JsonParser parser = factory.createParser(json)) {
            reader.read(parser);
        } catch (JsonProcessingException e) {
            throw CheckpointText.broken(file, "not valid JSON: " + CheckpointText.at(e), e);
        } catch (IOException e) {
            throw CheckpointText.broken(file, "cannot be read: " + e, e);
        }
        return new Vocabulary(reader.vocab, reader.added, reader.special);
    }

    /** One more than the highest id. */
    int size() {
        return spelling.length;
    }

    /** Special tokens by their text, in order of their ids. */
    Map<String, Integer> special() {
        return special;
    }

    /** Whether there is a token with this id. */
    boolean contains(int id) {
        return id >= 0 && id < spelling.length && spelling[id] != null;
    }

    /** One token in readable form; see {@link ByteLevel#printable}. Added tokens are spelt as text, not as bytes. */
    String printable(int id) {
        byte[] bytes = added[id] ? null : ByteLevel.bytes(spelling[id]);
        return bytes == null ? spelling[id] : ByteLevel.printable(bytes);
    }

    /** One pass over the file. */
    private static final class Reader {
        final Map<String, Integer> vocab = new LinkedHashMap<>();
        final Map<String, Integer> added = new LinkedHashMap<>();
        final Map<String, Integer> special = new LinkedHashMap<>();
        private final Path file;

        Reader(Path file) {
            this.file = file;
        }

        void read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw CheckpointText.broken(file, "not a JSON object", null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("added_tokens") && value == JsonToken.START_ARRAY) {
                    readAdded(parser);
                } else if (field.equals("model") && value == JsonToken.START_OBJECT) {
                    readModel(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (vocab.isEmpty()) {
                throw CheckpointText.broken(file, "has no vocabulary (\"model\": {\"vocab\": ...})", null);
            }
        }

        private void readModel(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("type") && !parser.getText().equals("BPE")) {
                    throw CheckpointText.broken(file, "is a '" + parser.getText() + "' tokeniser, not BPE", null);
                } else if (field.equals("vocab") && value == JsonToken.START_OBJECT) {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String token = parser.currentName();
                        parser.nextToken();
                        vocab.put(token, id(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void readAdded(JsonParser parser) throws IOException {
            Map<Integer, String> byId = new TreeMap<>();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Optional<Integer> id = Optional.empty();
                Optional<String> content = Optional.empty();
                boolean isSpecial = false;
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    switch (field) {
                        case "id" -> id = Optional.of(id(parser));
                        case "content" -> content = Optional.of(parser.getText());
                        case "special" -> isSpecial = parser.getBooleanValue();
                        default -> parser.skipChildren();
                    }
                }
                if (id.isEmpty() || content.isEmpty() || content.get().isEmpty()) {
                    throw CheckpointText.broken(file, "has an added token without id or content", null);
                }
                added.put(content.get(), id.get());
                if (isSpecial) {
                    byId.put(id.get(), content.get());
                }
            }
            byId.forEach((id, content) -> special.put(content, id));
        }

        private int id(JsonParser parser) throws IOException {
            // A wild id would make the table of names huge; the largest published vocabularies stay below 2^20.
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getLongValue() < 0
                    || parser.getLongValue() >= 1 << 24) {
                throw CheckpointText.broken(file, "has '" + parser.getText() + "' where a token id should be", null);
            }
            return parser.getIntValue();
        }
    }
}
