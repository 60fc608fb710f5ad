package sightline.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * The names in a {@code tokenizer.json} and the files beside it: which token has which id, and which are special. Read as a
 * stream, because the file of a published checkpoint has 17 MB, most of it merges that only the native tokeniser needs.
 */
final class Vocabulary {
    private final String[] spelling;
    private final Map<String, Integer> special;
    private final boolean[] added;
    private final boolean byteFallback;

    /**
     * What comes of the files.
     *
     * @param json the text of {@code tokenizer.json} with all added tokens in it, for the native tokeniser
     * @param longest how many tokens a prompt may have before the reference cuts it off
     */
    record Parsed(Vocabulary vocabulary, String json, OptionalInt longest) {}

    private Vocabulary(Map<String, Integer> vocab, AddedTokens tokens, boolean byteFallback) {
        this.byteFallback = byteFallback;
        int size = 0;
        for (int id : vocab.values()) {
            size = Math.max(size, id + 1);
        }
        for (int id : tokens.ids().values()) {
            size = Math.max(size, id + 1);
        }
        this.spelling = new String[size];
        this.added = new boolean[size];
        vocab.forEach((token, id) -> spelling[id] = token);
        tokens.ids().forEach((token, id) -> {
            spelling[id] = token;
            added[id] = true;
        });
        this.special = Collections.unmodifiableMap(tokens.special());
    }

    /**
     * Reads the names.
     *
     * @param file named in errors
     * @param json its text
     * @param settings what the files beside it say
     * @throws InputException if it is broken or not BPE, or the files contradict one another
     */
    static Parsed parse(Path file, String json, TokenizerSettings settings) {
        Reader reader = new Reader(file);
        try (JsonParser parser = JsonText.factory().createParser(json)) {
            reader.read(parser);
        } catch (JsonProcessingException e) {
            throw JsonText.unreadable(file, "the file", e);
        } catch (IOException e) {
            throw CheckpointText.broken(file, "cannot be read: " + e, e);
        }
        settings.config().requirePrefixSpace(file, reader.prefixSpace);
        AddedTokens tokens = reader.tokens();
        List<AddedToken> more = settings.addTo(tokens);
        String whole = more.isEmpty() ? json : reader.with(more, tokens, json);
        return new Parsed(
                new Vocabulary(reader.vocab, tokens, reader.byteFallback),
                whole,
                settings.config().longest(reader.truncation));
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

    /** The text of an added token; empty for any other. */
    Optional<String> addedToken(int id) {
        return contains(id) && added[id] ? Optional.of(spelling[id]) : Optional.empty();
    }

    /** One token in readable form; see {@link ByteLevel#printable}. Added tokens are spelt as text, not as bytes. */
    String printable(int id) {
        byte[] bytes =
                added[id] ? null : byteFallback ? SentencePiece.bytes(spelling[id]) : ByteLevel.bytes(spelling[id]);
        return bytes == null ? spelling[id] : ByteLevel.printable(bytes);
    }

    /** One pass over the file. */
    private static final class Reader {
        final Map<String, Integer> vocab = new LinkedHashMap<>();
        final Map<AddedToken, Integer> added = new LinkedHashMap<>();
        /** {@code add_prefix_space} of the outermost splitting step, if that has the field. */
        JsonNode prefixSpace;

        /** Whether what the vocabulary lacks is spelt in bytes, each a token of its own, and the rest as text. */
        boolean byteFallback;

        JsonNode truncation = MissingNode.getInstance();

        private final Path file;
        private int endOfAdded = -1;
        private int afterOpening;

        Reader(Path file) {
            this.file = file;
        }

        void read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw CheckpointText.broken(file, "not a JSON object", null);
            }
            afterOpening = offset(parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("added_tokens") && value == JsonToken.START_ARRAY) {
                    readAdded(parser);
                } else if (field.equals("model") && value == JsonToken.START_OBJECT) {
                    readModel(parser);
                } else if (field.equals("pre_tokenizer") && value == JsonToken.START_OBJECT) {
                    JsonNode step = parser.readValueAsTree();
                    prefixSpace = step.get("add_prefix_space");
                } else if (field.equals("truncation") && value == JsonToken.START_OBJECT) {
                    truncation = parser.readValueAsTree();
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
                } else if (field.equals("byte_fallback")) {
                    byteFallback = value == JsonToken.VALUE_TRUE;
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
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonNode json = parser.readValueAsTree();
                JsonNode id = json.path("id");
                AddedToken token = AddedToken.read(file, json);
                if (token.content().isEmpty() || !id.canConvertToInt() || !id.isIntegralNumber()) {
                    throw CheckpointText.broken(file, "has an added token without id or content: " + json, null);
                }
                added.put(token, id.intValue());
            }
            endOfAdded = offset(parser) - 1; // before the bracket
        }

        private static int offset(JsonParser parser) {
            return Math.toIntExact(parser.currentLocation().getCharOffset());
        }

        /** The file's added tokens, in its order; the native tokeniser gives ids by the order alone. */
        AddedTokens tokens() {
            AddedTokens tokens = new AddedTokens(vocab);
            added.forEach((token, id) -> {
                int given = tokens.add(token);
                if (given != id) {
                    throw new InputException(
                            file.toString(),
                            "gives the added token '" + token.content() + "' the id " + id
                                    + ", but in its order it is token " + given,
                            "added tokens in order of their ids, without a gap behind the vocabulary",
                            "Use the file as it was published");
                }
            });
            return tokens;
        }

        /** The file's text with further added tokens behind its own. */
        String with(List<AddedToken> more, AddedTokens tokens, String json) {
            String list = more.stream()
                    .map(token -> token.json(tokens.ids().get(token.content())).toString())
                    .collect(Collectors.joining(","));
            int at = endOfAdded < 0 ? afterOpening : endOfAdded;
            String inserted = endOfAdded < 0 ? "\"added_tokens\":[" + list + "]," : (added.isEmpty() ? "" : ",") + list;
            return json.substring(0, at) + inserted + json.substring(at);
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
