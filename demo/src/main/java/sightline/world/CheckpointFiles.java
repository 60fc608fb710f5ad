package sightline.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sightline.checkpoint.RandomCheckpoint.SpecialTokens;
import sightline.error.InputException;
import sightline.files.StrictJson;

/**
 * All files of the demo's checkpoint beside configuration and weights: tokeniser, chat template, picture and generation
 * settings, in the Hugging Face layout. They are always the same.
 */
public final class CheckpointFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TEXT = 4096;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    private final Vocabulary vocabulary = Vocabulary.learn();

    /** Learns the vocabulary: about a second. */
    public CheckpointFiles() {}

    /** How many tokens a model can say: {@code vocab_size} in {@code config.json}. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** The token that stands for the picture: equals {@link #vocabularySize()}. */
    public int imageToken() {
        return vocabulary.id(Vocabulary.IMAGE);
    }

    /** Begin, end and padding; the first end token is the one that ends an answer. */
    public SpecialTokens specialTokens() {
        return new SpecialTokens(
                vocabulary.id(Vocabulary.BEGIN),
                List.of(
                        vocabulary.id(Vocabulary.END_OF_TURN),
                        vocabulary.id(Vocabulary.END_OF_TEXT),
                        vocabulary.id(Vocabulary.END_OF_MESSAGE)),
                vocabulary.id(Vocabulary.PADDING));
    }

    /**
     * Writes them, over any that are there.
     *
     * @param folder there
     * @throws InputException if a file cannot be written
     */
    public void write(Path folder) {
        write(folder.resolve("tokenizer.json"), TokenizerJson.of(vocabulary));
        write(folder.resolve("tokenizer_config.json"), tokenizerConfig());
        write(folder.resolve("special_tokens_map.json"), names(JSON.createObjectNode()));
        write(folder.resolve("chat_template.json"), JSON.createObjectNode().put("chat_template", template()));
        write(folder.resolve("preprocessor_config.json"), pictures());
        write(folder.resolve("generation_config.json"), generation());
    }

    private static ObjectNode names(ObjectNode json) {
        return json.put("bos_token", Vocabulary.BEGIN)
                .put("eos_token", Vocabulary.END_OF_TURN)
                .put("pad_token", Vocabulary.PADDING);
    }

    private ObjectNode tokenizerConfig() {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode special = json.putObject("added_tokens_decoder");
        for (String token : Vocabulary.SPECIAL) {
            special.set(Integer.toString(vocabulary.id(token)), TokenizerJson.special(token));
        }
        names(json).put("clean_up_tokenization_spaces", false);
        json.putArray("model_input_names").add("input_ids").add("attention_mask");
        return json.put("model_max_length", LONGEST_TEXT)
                .put("processor_class", "MllamaProcessor")
                .put("tokenizer_class", "PreTrainedTokenizerFast");
    }

    /** One byte per channel becomes −1 to 1. */
    private static ObjectNode pictures() {
        ObjectNode json = JSON.createObjectNode()
                .put("do_convert_rgb", true)
                .put("do_normalize", true)
                .put("do_pad", true)
                .put("do_rescale", true)
                .put("do_resize", true)
                .put("image_processor_type", "MllamaImageProcessor")
                .put("max_image_tiles", World.MAX_TILES)
                .put("processor_class", "MllamaProcessor")
                .put("resample", 2) // bilinear; but no picture of the world is resized
                .put("rescale_factor", 1 / 255.0);
        fill(json.putArray("image_mean"));
        fill(json.putArray("image_std"));
        json.putObject("size").put("height", World.TILE).put("width", World.TILE);
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
        try (InputStream in = CheckpointFiles.class.getResourceAsStream("chat_template.jinja")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("chat_template.jinja, part of this library, cannot be read", e);
        }
    }

    private static void write(Path file, ObjectNode json) {
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw new InputException(
                    file.toString(),
                    "cannot be written: " + StrictJson.reason(e),
                    "a folder that can be written to",
                    "Choose another folder",
                    e);
        }
    }
}
