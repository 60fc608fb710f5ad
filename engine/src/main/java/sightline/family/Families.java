package sightline.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.CheckpointReport;
import sightline.checkpoint.ConfigFields;
import sightline.checkpoint.ConfigReader;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.WeightSource;
import sightline.device.Devices;
import sightline.error.InputException;
import sightline.image.ImageMode;
import sightline.llava.Llava;
import sightline.llava.LlavaConfig;
import sightline.llava.LlavaProcessor;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.mllama.MllamaProcessor;
import sightline.model.LoadOptions;
import sightline.model.Processor;
import sightline.model.ProcessorOptions;
import sightline.model.VisionLanguageModel;
import sightline.writing.PermutedCheckpoint;

/** Opens checkpoints of any family: Llama 3.2-Vision and LLaVA-1.5, told apart by {@code model_type}. */
public final class Families {
    private static final ConfigReader CONFIG = Families::config;

    private Families() {}

    private static ModelConfig config(Path file, ObjectNode json) {
        String type = ConfigFields.outermost(json).has("model_type")
                ? json.get("model_type").asText()
                : "";
        return switch (type) {
            case "mllama" -> MllamaConfig.of(file, json);
            case "llava" -> LlavaConfig.of(file, json);
            default -> {
                boolean blind = type.equals("llama") || type.equals("mllama_text_model");
                String named = "`model_type` " + (blind ? "" : "is ") + "\"" + type + "\"";
                throw new InputException(
                        file.toString(),
                        type.isEmpty()
                                ? "has no `model_type`"
                                : blind ? "is of a text-only model (" + named + ")" : named,
                        "\"mllama\" or \"llava\"" + (blind ? ", which can see" : ""),
                        "Choose a Llama 3.2-Vision or LLaVA-1.5 checkpoint in the Hugging Face layout");
            }
        };
    }

    /**
     * Opens a folder and checks that it holds every weight of its model.
     *
     * @throws sightline.error.InputException if anything is missing, damaged or not supported; it says what and what to do
     */
    public static Checkpoint open(Path folder) {
        return Checkpoint.open(folder, CONFIG);
    }

    /**
     * Loads a checkpoint folder in the Hugging Face layout. Weights are mapped, not copied, where they need no
     * conversion.
     *
     * @throws sightline.error.InputException if the folder is no checkpoint of a known family, is incomplete or damaged, or
     *     the device is not at hand
     */
    public static VisionLanguageModel load(Path folder, LoadOptions options) {
        Devices.require(options.device());
        return load(open(folder), options);
    }

    /**
     * The same of a folder that is open already.
     *
     * @param checkpoint closed with the model; at once if it cannot be loaded
     */
    public static VisionLanguageModel load(Checkpoint checkpoint, LoadOptions options) {
        try {
            Devices.require(options.device());
            return checkpoint.config() instanceof LlavaConfig
                    ? Llava.load(checkpoint, options)
                    : Mllama.load(checkpoint, options);
        } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
        }
    }

    /**
     * A model of other weights than a checkpoint's, random ones for instance. It has no processor and no stop tokens.
     *
     * @param source closed with the model
     */
    public static VisionLanguageModel of(WeightSource source, LoadOptions options) {
        return source.config() instanceof LlavaConfig ? Llava.of(source, options) : Mllama.of(source, options);
    }

    /**
     * Looks at a folder that has at least a {@code config.json}.
     *
     * @param templateGiven whether a chat template is given in place of the folder's, so that it may lack one
     * @throws sightline.error.InputException if the configuration is missing or wrong, or the weights are damaged
     */
    public static CheckpointReport report(Path folder, boolean templateGiven) {
        return CheckpointReport.of(folder, CONFIG, templateGiven);
    }

    /**
     * Writes a checkpoint anew with the entries of each of its matrices permuted; see {@link PermutedCheckpoint}.
     *
     * @param original that stays as it is
     * @param folder there, without such files in it
     * @param seed the same seed writes the same bytes
     * @param written hears how many bytes of weights are written so far
     * @throws sightline.error.InputException if the original has no weights, or a file cannot be read or written
     */
    public static void writePermuted(CheckpointReport original, Path folder, long seed, LongConsumer written) {
        new PermutedCheckpoint(original).write(folder, seed, written);
    }

    /**
     * What becomes of a picture that is no square, in families that have a choice.
     *
     * @param config of that checkpoint
     * @throws sightline.error.InputException if the checkpoint's picture settings cannot be used
     */
    public static Optional<ImageMode> imageMode(Path folder, ModelConfig config, ProcessorOptions options) {
        return config instanceof LlavaConfig ? Optional.of(LlavaProcessor.mode(folder, options)) : Optional.empty();
    }

    /**
     * Reads the processor's files in a checkpoint's folder.
     *
     * @param config of that checkpoint
     * @throws sightline.error.InputException if one is missing or does not fit the model
     */
    public static Processor processor(Path folder, ModelConfig config, ProcessorOptions options) {
        return config instanceof LlavaConfig llava
                ? LlavaProcessor.load(folder, llava, options)
                : MllamaProcessor.load(folder, (MllamaConfig) config, options);
    }
}
