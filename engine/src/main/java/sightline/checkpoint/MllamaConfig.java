package sightline.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import sightline.error.InputException;
import sightline.knockout.Medium;
import sightline.knockout.Shape;

/**
 * A Llama 3.2-Vision model's {@code config.json}: every size comes from there. A field that would change the arithmetic
 * and has a value we do not know is an error, and so is a missing one.
 *
 * @param text the decoder
 * @param vision the vision tower
 * @param imageToken the token that stands for the picture in a prompt; a row of the embedding table
 */
public record MllamaConfig(TextConfig text, VisionConfig vision, int imageToken) {
    /** Checks that the image token has an embedding. */
    public MllamaConfig {
        if (imageToken < 0 || imageToken >= text.embeddingRows()) {
            throw Invalid.field(
                    "image_token_index",
                    imageToken,
                    "a row of the embedding table, 0 to " + (text.embeddingRows() - 1));
        }
    }

    /**
     * Reads a {@code config.json}.
     *
     * @throws InputException if it is missing, no JSON, of another model, or has a value that we do not support
     */
    public static MllamaConfig read(Path file) {
        return of(file, JsonText.read(file));
    }

    static MllamaConfig of(Path file, ObjectNode json) {
        try {
            ConfigFields fields = ConfigFields.outermost(json);
            checkKind(fields);
            return new MllamaConfig(
                    TextConfig.read(fields.object("text_config")),
                    VisionConfig.read(fields.object("vision_config")),
                    fields.integer("image_token_index"));
        } catch (InputException e) {
            // The records that checked a value do not know which file it came from.
            throw new InputException(file.toString(), e.problem(), e.expected(), e.nextStep(), e);
        }
    }

    private static void checkKind(ConfigFields fields) {
        String type = fields.text("model_type");
        if (type.equals("llama") || type.equals("mllama_text_model")) {
            throw new InputException(
                    Invalid.PLACE,
                    "is of a text-only model (`model_type` \"" + type + "\")",
                    "a Llama 3.2-Vision model (\"mllama\"), which can see",
                    "Choose a checkpoint with \"Vision\" in its name");
        }
        if (!type.equals("mllama")) {
            throw new InputException(
                    Invalid.PLACE,
                    "`model_type` is \"" + type + "\"",
                    "\"mllama\", the only architecture supported",
                    "Choose a Llama 3.2-Vision checkpoint in the Hugging Face layout");
        }
        if (fields.has("architectures")) {
            JsonNode names = fields.list("architectures", "a list of names");
            if (names.size() != 1 || !names.get(0).asText().equals("MllamaForConditionalGeneration")) {
                throw fields.wrong("architectures", "[\"MllamaForConditionalGeneration\"]");
            }
        }
        if (fields.has("quantization_config")) {
            throw new InputException(
                    Invalid.PLACE,
                    "has a `quantization_config`",
                    "weights in bfloat16, float16 or float32",
                    "Choose the unquantised checkpoint");
        }
    }

    /** The decoder as an experiment sees it. */
    public Shape shape() {
        return new Shape(
                IntStream.range(0, text.layers())
                        .mapToObj(layer -> text.isCrossAttention(layer) ? Medium.IMAGE : Medium.TEXT)
                        .toList(),
                text.hidden(),
                text.intermediate(),
                text.heads(),
                text.keyValueHeads(),
                text.headSize(),
                text.vocabulary(),
                text.maxPositions());
    }

    /** Every weight that the model needs, with its shape, in the order of its use. */
    public List<WeightSpec> weights() {
        return PublishedWeights.of(this);
    }

    /** How many numbers the model's weights hold. */
    public long parameters() {
        return weights().stream().mapToLong(WeightSpec::elements).reduce(0L, Math::addExact);
    }
}
