package sightline.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import sightline.mllama.MllamaConfig;

/** Checkpoint folders for tests: copies of the golden ones, then bent. */
public final class Folders {
    static final Path GOLDEN = Path.of(System.getProperty("sightline.golden"));
    static final Path TINY10 = GOLDEN.resolve("tiny10/checkpoint");
    static final Path TINY40 = GOLDEN.resolve("tiny40/checkpoint");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Folders() {}

    /** A configuration of published size, from the test resources. */
    static Path published(String name) {
        return GOLDEN.resolveSibling("configs").resolve(name + ".json");
    }

    public static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Path copy = Files.copy(file, to.resolve(file.getFileName()));
                copy.toFile().setWritable(true);
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void editJson(Path file, Consumer<ObjectNode> edit) {
        try {
            ObjectNode root = (ObjectNode) MAPPER.readTree(file.toFile());
            edit.accept(root);
            MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with the golden tiny10's configuration and all-zero weights of those names, shapes and bfloat16. */
    static Path zeros(Path folder, List<WeightSpec> weights, UnaryOperator<String> storedName) {
        try {
            Files.createDirectories(folder);
            Files.copy(TINY10.resolve("config.json"), folder.resolve("config.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SafetensorsFixture writer = SafetensorsFixture.to(folder.resolve("model.safetensors"));
        for (WeightSpec spec : weights) {
            writer.addHole(storedName.apply(spec.name()), "BF16", shape(spec), spec.elements() * 2);
        }
        writer.write();
        return folder;
    }

    static List<WeightSpec> tiny10Weights() {
        return MllamaConfig.read(TINY10.resolve("config.json")).weights();
    }

    static long[] shape(WeightSpec spec) {
        return spec.shape().stream().mapToLong(Long::longValue).toArray();
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void replace(Path file, String from, String to) {
        try {
            String text = Files.readString(file);
            if (!text.contains(from)) {
                throw new IllegalArgumentException(file + " does not contain " + from);
            }
            Files.writeString(file, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
