package sightline.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * Which files of a checkpoint are in a folder. Knows the ways in which people give the wrong folder and says which one
 * would be right.
 */
public final class CheckpointFolder {
    /** The model's sizes. */
    public static final String CONFIG = "config.json";
    /** End tokens, and how answers are drawn. */
    public static final String GENERATION = "generation_config.json";
    /** All weights, if they are in one file. */
    public static final String SINGLE = "model.safetensors";
    /** Which weights are in which shard, if they are in several. */
    public static final String INDEX = "model.safetensors.index.json";

    private static final String LAYOUT =
            "the folder of a Llama 3.2-Vision or LLaVA-1.5 checkpoint in the Hugging Face layout";

    private final Path folder;
    private final ObjectNode configJson;
    private final ModelConfig config;

    private CheckpointFolder(Path folder, ObjectNode configJson, ModelConfig config) {
        this.folder = folder;
        this.configJson = configJson;
        this.config = config;
    }

    /** Finds and reads the configuration; the weights may be missing. */
    static CheckpointFolder open(Path folder, ConfigReader reader) {
        requireFolder(folder);
        Path file = folder.resolve(CONFIG);
        if (!Files.exists(file)) {
            throw noConfig(folder);
        }
        ObjectNode json = JsonText.read(file);
        return new CheckpointFolder(folder, json, reader.read(file, json));
    }

    Path path() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    ModelConfig config() {
        return config;
    }

    GenerationConfig generation() {
        return has(GENERATION)
                ? GenerationConfig.read(file(GENERATION), config)
                : GenerationConfig.fromConfig(file(CONFIG), configJson, config);
    }

    /** Whether there are weights: one file or an index of shards. */
    boolean hasWeights() {
        return has(SINGLE) || has(INDEX);
    }

    /** The files that hold the weights; one file goes before shards, as in the reference. */
    WeightIndex weightFiles() {
        if (has(SINGLE)) {
            return WeightIndex.single(file(SINGLE));
        }
        if (has(INDEX)) {
            return WeightIndex.read(file(INDEX));
        }
        throw noWeights();
    }

    private static void requireFolder(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (Files.exists(folder)) {
            throw new InputException(folder.toString(), "is a file", LAYOUT, "Give the folder that holds it");
        }
        boolean likeHubName = !folder.isAbsolute() && folder.getNameCount() == 2;
        String nextStep = likeHubName
                ? "If this is a name on a model hub, download it first and give the folder it lies in"
                : "Check the path";
        throw new InputException(folder.toString(), "does not exist", LAYOUT, nextStep);
    }

    private static InputException noConfig(Path folder) {
        List<Path> snapshots = list(folder.resolve("snapshots"), CheckpointFolder::hasConfig);
        if (!snapshots.isEmpty()) {
            return notHere(
                    folder,
                    "is the cache of a model, whose files lie below snapshots/",
                    "Give " + snapshots.get(snapshots.size() - 1));
        }
        List<Path> below = list(folder, CheckpointFolder::hasConfig);
        if (below.size() == 1) {
            return notHere(folder, "is no checkpoint, but holds one", "Give " + below.get(0));
        }
        if (holdsOriginalFormat(folder)) {
            return notHere(
                    folder,
                    "holds a checkpoint in the original format (original/ or .pth files)",
                    "Download the Hugging Face files of the same model: " + CONFIG + ", *.safetensors, tokenizer.json");
        }
        if (Files.exists(folder.resolve(SINGLE)) || Files.exists(folder.resolve(INDEX))) {
            return notHere(folder, "holds weights but no " + CONFIG, "Fetch " + CONFIG + " from where they came");
        }
        return notHere(
                folder,
                "is no checkpoint: it holds none of " + CONFIG + ", " + SINGLE + ", " + INDEX,
                "Check the path");
    }

    private InputException noWeights() {
        String problem = "holds no weights: neither " + SINGLE + " nor " + INDEX;
        if (!list(folder, file -> endsWith(file, ".safetensors")).isEmpty()) {
            return notHere(folder, problem + ", only single .safetensors files", "Fetch " + INDEX + " as well");
        }
        if (holdsOriginalFormat(folder)) {
            return notHere(
                    folder,
                    problem + ", only the original format (original/ or .pth files)",
                    "Download the .safetensors files and their index");
        }
        if (!list(folder, file -> endsWith(file, ".bin") || endsWith(file, ".gguf"))
                .isEmpty()) {
            return notHere(
                    folder,
                    problem + ", only files of another format (.bin or .gguf)",
                    "Use the model's .safetensors files");
        }
        return notHere(folder, problem, "Download the .safetensors files; `sightline check` works without them");
    }

    private static boolean holdsOriginalFormat(Path folder) {
        return Files.isDirectory(folder.resolve("original"))
                || !list(folder, file -> endsWith(file, ".pth")).isEmpty();
    }

    private static boolean hasConfig(Path folder) {
        return Files.exists(folder.resolve(CONFIG));
    }

    private static boolean endsWith(Path file, String suffix) {
        return file.getFileName().toString().endsWith(suffix);
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new InputException(
                    folder.toString(), "cannot be listed: " + e, "a readable folder", "Check its permissions", e);
        }
    }

    private static InputException notHere(Path folder, String problem, String nextStep) {
        return new InputException(folder.toString(), problem, LAYOUT, nextStep);
    }
}
