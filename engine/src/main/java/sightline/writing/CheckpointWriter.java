package sightline.writing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.CheckpointFolder;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.StoredType;
import sightline.checkpoint.WeightSpec;
import sightline.error.InputException;
import sightline.mllama.MllamaConfig;

/**
 * Writes a trained model in the Hugging Face layout: configuration, generation settings and one file of
 * weights. What turns text and pictures into inputs is not written here.
 */
public final class CheckpointWriter {
    /** The file that all weights go into. */
    public static final String WEIGHTS = CheckpointFolder.SINGLE;

    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckpointWriter() {}

    /**
     * Writes {@code config.json} and {@code generation_config.json}.
     *
     * @throws InputException if they cannot be written
     */
    public static void writeConfig(Path folder, ModelConfig config, SpecialTokens tokens) {
        writeJson(folder.resolve(CheckpointFolder.CONFIG), ConfigJson.of(config, tokens));
        writeJson(folder.resolve(CheckpointFolder.GENERATION), ConfigJson.generation(config, tokens));
    }

    /**
     * Writes all weights into one safetensors file.
     *
     * @param file must not be there yet
     * @param type of all weights in the file
     * @param weight the numbers of each weight by its published name, on the CPU
     * @throws InputException if it cannot be written
     */
    public static void writeWeights(Path file, MllamaConfig config, StoredType type, Function<String, Tensor> weight) {
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, type, config.weights())) {
            for (WeightSpec spec : config.weights()) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor stored = weight.apply(spec.name()).detach().to(type.scalarType());
                    writer.append(spec.name(), stored.contiguous());
                }
            }
        }
    }

    /** A file of the folder, indented. */
    static void writeJson(Path file, ObjectNode json) {
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw SafetensorsWriter.unwritable(file, e);
        }
    }
}
