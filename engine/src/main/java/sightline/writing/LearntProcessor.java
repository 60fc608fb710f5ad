package sightline.writing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sightline.error.InputException;

/**
 * All files of a small checkpoint beside configuration and weights: a tokeniser that knows every word of given texts, chat
 * template, picture and generation settings, in the Hugging Face layout. From the same texts they are always the same.
 */
public final class LearntProcessor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 4096;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    private final LearntVocabulary vocabulary;
    private final int tile;
    private final int maxTiles;

    /**
     * Learns the vocabulary: from some thousand texts about a second.
     *
     * @param texts in ASCII; each of their words becomes one token, each figure of their numbers too
     * @param tile edge of a tile in pixels
     * @param maxTiles of a picture
     */
    public LearntProcessor(Stream<String> texts, int tile, int maxTiles) {
        this.vocabulary = LearntVocabulary.of(texts);
        this.tile = tile;
        this.maxTiles = maxTiles;
    }

    /** How many tokens a model can say: {@code vocab_size} in {@code config.json}. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** The token that stands for the picture: equals {@link #vocabularySize()}. */
    public int imageToken() {
        return vocabulary.id(LearntVocabulary.IMAGE);
    }

    /** Begin, end and padding; the first end token is the one that ends an answer. */
    public SpecialTokens specialTokens() {
        return new SpecialTokens(
                vocabulary.id(LearntVocabulary.BEGIN),
                List.of(
                        vocabulary.id(LearntVocabulary.END_OF_TURN),
                        vocabulary.id(LearntVocabulary.END_OF_TEXT),
                        vocabulary.id(LearntVocabulary.END_OF_MESSAGE)),
                vocabulary.id(LearntVocabulary.PADDING));
    }

    /**
     * Writes them, over any that are there.
     *
     * @param folder there
     * @throws InputException if a file cannot be written
     */
    public void write(Path folder) {
        CheckpointWriter.writeJson(folder.resolve("tokenizer.json"), TokenizerJson.of(vocabulary));
        CheckpointWriter.writeJson(folder.resolve("tokenizer_config.json"), tokenizerConfig());
        CheckpointWriter.writeJson(folder.resolve("special_tokens_map.json"), names(JSON.createObjectNode()));
        CheckpointWriter.writeJson(
                folder.resolve("chat_template.json"), JSON.createObjectNode().put("chat_template", template()));
        CheckpointWriter.writeJson(folder.resolve("preprocessor_config.json"), pictures());
        CheckpointWriter.writeJson(folder.resolve("generation_config.json"), generation());
    }

    private static ObjectNode names(ObjectNode json) {
        return json.put("bos_token", LearntVocabulary.BEGIN)
                .put("eos_token", LearntVocabulary.END_OF_TURN)
                .put("pad_token", LearntVocabulary.PADDING);
    }

    private ObjectNode tokenizerConfig() {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode special = json.putObject("added_tokens_decoder");
        for (String token : LearntVocabulary.SPECIAL) {
            special.set(Integer.toString(vocabulary.id(token)), TokenizerJson.special(token));
        }
        names(json).put("clean_up_tokenization_spaces", false);
        json.putArray("model_input_names").add("input_ids").add("attention_mask");
        return json.put("model_max_length", LONGEST_TEXT)
                .put("processor_class", "MllamaProcessor")
                .put("tokenizer_class", "PreTrainedTokenizerFast");
    }

    /** One byte per channel becomes −1 to 1. */
    private ObjectNode pictures() {
        ObjectNode json = JSON.createObjectNode()
                .put("do_convert_rgb", true)
                .put("do_normalize", true)
                .put("do_pad", true)
                .put("do_rescale", true)
                .put("do_resize", true)
                .put("image_processor_type", "MllamaImageProcessor")
                .put("max_image_tiles", maxTiles)
                .put("processor_class", "MllamaProcessor")
                .put("resample", 2) // bilinear
                .put("rescale_factor", 1 / 255.0);
        fill(json.putArray("image_mean"));
        fill(json.putArray("image_std"));
        json.putObject("size").put("height", tile).put("width", tile);
        return json;
    }

    private static void fill(ArrayNode values) {
        for (float value : HALF) {
            values.add(value);
        }
    }

    private ObjectNode generation() {
        SpecialTokens tokens = specialTokens();
        ObjectNode json = JSON.createObjectNode()
                .put("bos_token_id", tokens.begin())
                .put("pad_token_id", tokens.padding())
                .put("do_sample", true)
                .put("temperature", 0.6)
                .put("top_p", 0.9);
        ArrayNode ends = json.putArray("eos_token_id");
        tokens.end().forEach(ends::add);
        return json;
    }

    private static String template() {
        try (InputStream in = LearntProcessor.class.getResourceAsStream("chat_template.jinja")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("chat_template.jinja, part of this library, cannot be read", e);
        }
    }
}
