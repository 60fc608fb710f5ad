package sightline.writing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sightline.checkpoint.ModelConfig;
import sightline.llava.LlavaConfig;

/**
 * A tokeniser, chat template and picture settings for random checkpoints, fitted to a model of any size.
 *
 * <p>The vocabulary is stretched to the model's: filler tokens that no text makes follow the tokeniser's own, and special
 * tokens come behind them, the image token where the model has it. So of a Llama 3.2-Vision every token that a model of random
 * weights may say can be written out; the rows behind LLaVA-1.5's tokens have none, as in the published models.
 */
public final class RandomProcessor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKENIZER = "tokenizer.json";
    private static final String SETTINGS = "preprocessor_config.json";
    private static final List<String> AS_THEY_ARE = List.of("chat_template.json", "special_tokens_map.json");

    private final ModelConfig config;
    private final boolean llava;
    private final ObjectNode tokenizer;

    /**
     * Nothing is written before {@link #write}.
     *
     * @param config of a vocabulary at least as large as the tokeniser's own
     */
    public RandomProcessor(ModelConfig config) {
        this.config = config;
        this.llava = config instanceof LlavaConfig;
        this.tokenizer = read(TOKENIZER);
        stretch();
    }

    private void stretch() {
        ObjectNode vocabulary = (ObjectNode) tokenizer.get("model").get("vocab");
        List<ObjectNode> behind = new ArrayList<>();
        for (JsonNode special : tokenizer.get("added_tokens")) {
            if (!vocabulary.has(special.get("content").asText())) {
                behind.add((ObjectNode) special);
            }
        }
        int own = vocabulary.size();
        int firstSpecial = config.imageToken()
                - behind.indexOf(behind.stream()
                        .filter(token -> token.get("content").asText().equals(llava ? "<image>" : "<|image|>"))
                        .findFirst()
                        .orElseThrow());
        if (firstSpecial < own) {
            throw new IllegalArgumentException(
                    "a vocabulary of " + config.imageToken() + " is smaller than the tokeniser's");
        }
        for (int id = own; id < firstSpecial; id++) {
            vocabulary.put("filler" + id, id); // no merge and no word makes such a token
        }
        for (int i = 0; i < behind.size(); i++) {
            behind.get(i).put("id", firstSpecial + i);
        }
        for (JsonNode step : tokenizer.get("post_processor").path("processors")) {
            for (JsonNode written : step.path("special_tokens")) {
                ((ObjectNode) written).putArray("ids").add(id(written.get("id").asText()));
            }
        }
    }

    private int id(String special) {
        for (JsonNode token : tokenizer.get("added_tokens")) {
            if (token.get("content").asText().equals(special)) {
                return token.get("id").asInt();
            }
        }
        throw new IllegalStateException("the tokeniser lacks " + special);
    }

    /** The ids that the model's configuration names. */
    public SpecialTokens specialTokens() {
        return llava
                ? new SpecialTokens(id("<s>"), List.of(id("</s>")), id("<pad>"))
                : new SpecialTokens(
                        id("<|begin_of_text|>"),
                        List.of(id("<|end_of_text|>"), id("<|eom_id|>"), id("<|eot_id|>")),
                        id("<|finetune_right_pad_id|>"));
    }

    /**
     * Writes everything beside configuration and weights.
     *
     * @throws IOException if a file cannot be written
     */
    public void write(Path folder) throws IOException {
        for (String name : AS_THEY_ARE) {
            Files.write(folder.resolve(name), bytes(name));
        }
        write(folder.resolve(TOKENIZER), tokenizer);
        write(folder.resolve("tokenizer_config.json"), tokenizerConfig());
        write(folder.resolve(SETTINGS), settings());
        if (config instanceof LlavaConfig its) {
            ObjectNode tokens = read("processor_config.json");
            write(
                    folder.resolve("processor_config.json"),
                    tokens.put("patch_size", its.vision().patchSize()));
        }
    }

    /** Its table of special tokens goes by id. */
    private ObjectNode tokenizerConfig() {
        ObjectNode json = read("tokenizer_config.json");
        ObjectNode byId = JSON.createObjectNode();
        for (JsonNode token : json.get("added_tokens_decoder")) {
            byId.set(Integer.toString(id(token.get("content").asText())), token);
        }
        json.set("added_tokens_decoder", byId);
        return json;
    }

    private ObjectNode settings() {
        ObjectNode json = read(SETTINGS);
        int side = config.tileSide();
        if (llava) {
            json.putObject("size").put("shortest_edge", side);
            json.putObject("crop_size").put("height", side).put("width", side);
            return json;
        }
        json.putObject("size").put("height", side).put("width", side);
        return json.put("max_image_tiles", config.mostTiles());
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    }

    private ObjectNode read(String name) {
        try {
            return (ObjectNode) JSON.readTree(bytes(name));
        } catch (IOException e) {
            throw new IllegalStateException("the jar's " + name + " cannot be read", e);
        }
    }

    private byte[] bytes(String name) throws IOException {
        String place = "/processor/" + (llava ? "llava/" : "mllama/") + name;
        try (InputStream in = RandomProcessor.class.getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + place);
            }
            return in.readAllBytes();
        }
    }
}
