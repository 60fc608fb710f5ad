package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;
import sightline.family.Families;

/** Each way in which a folder can be wrong has its own message and next step. */
class CheckpointErrorsTest {
    private static final String INDEX = "model.safetensors.index.json";
    private static final String GATE = "vision_model.pre_tile_positional_embedding.gate";

    @TempDir
    Path folder;

    @Test
    void missingFolder() {
        assertRefused(folder.resolve("none"), "none: does not exist", "Check the path");
        assertRefused(Path.of("meta-llama/Llama-3.2-11B-Vision"), "does not exist", "download it first");
    }

    @Test
    void fileInsteadOfFolder() {
        Path file = Folders.write(folder.resolve("a.txt"), "text");
        assertRefused(file, "a.txt: is a file", "Give the folder that holds it");
    }

    @Test
    void noCheckpoint() throws IOException {
        assertRefused(folder, "holds none of config.json, model.safetensors, " + INDEX, "Check the path");
        Path cache = Files.createDirectories(folder.resolve("cache/snapshots/abc"));
        Folders.write(cache.resolve("config.json"), "{}");
        assertRefused(folder.resolve("cache"), "cache of a model", "Give " + cache);
        assertRefused(folder.resolve("cache/snapshots"), "holds one", "Give " + cache);
        Path original = Files.createDirectories(folder.resolve("meta/original")).getParent();
        assertRefused(original, "original format", "Download the Hugging Face files");
        Path pth = Files.createDirectories(folder.resolve("pth"));
        Folders.write(pth.resolve("consolidated.00.pth"), "");
        assertRefused(pth, "original format", "Download the Hugging Face files");
    }

    @Test
    void missingConfiguration() {
        Path copy = Folders.copy(Folders.TINY40, folder.resolve("copy"));
        Folders.delete(copy.resolve("config.json"));
        assertRefused(copy, "holds weights but no config.json", "Fetch config.json");
    }

    @Test
    void missingWeights() throws IOException {
        Path bare = Files.createDirectories(folder.resolve("bare"));
        Files.copy(Folders.TINY40.resolve("config.json"), bare.resolve("config.json"));
        assertRefused(bare, "holds no weights: neither model.safetensors nor " + INDEX, "Download the .safetensors");
        Path bin = Folders.write(bare.resolve("pytorch_model.bin"), "");
        assertRefused(bare, "only files of another format", ".safetensors");
        Files.createDirectories(bare.resolve("original"));
        assertRefused(bare, "only the original format", "Download the .safetensors files and their index");
        Files.move(bin, bare.resolve("model-00001-of-00002.safetensors"));
        assertRefused(bare, "only single .safetensors files", "Fetch " + INDEX);
    }

    @Test
    void missingShards() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("model-00002-of-00004.safetensors"));
        assertRefused(
                copy,
                "1 of the 4 shards it names are missing: model-00002-of-00004.safetensors",
                "Finish the download");
    }

    @Test
    void indexThatPromisesTooMuch() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.editJson(copy.resolve(INDEX), root -> root.withObject("weight_map")
                .put("extra", "model-00001-of-00004.safetensors"));
        assertRefused(
                copy, "promises 1 tensors that are not there: extra in model-00001-of-00004.safetensors", "again");
    }

    @Test
    void indexThatIsNone() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.editJson(
                copy.resolve(INDEX), root -> root.withObject("weight_map").put("x", "../a.safetensors"));
        assertRefused(copy, "puts x into \"../a.safetensors\"", "again");
        Folders.write(copy.resolve(INDEX), "{\"weight_map\": {}}");
        assertRefused(copy, "has no `weight_map`", "again");
    }

    @Test
    void tensorInTwoShards() throws IOException {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Files.copy(copy.resolve("model-00004-of-00004.safetensors"), copy.resolve("more.safetensors"));
        Folders.editJson(copy.resolve(INDEX), root -> root.withObject("weight_map")
                .put("language_model.lm_head.weight", "more.safetensors"));
        assertRefused(copy, "is there twice", "Fetch the checkpoint again");
    }

    @Test
    void tensorUnderBothNames() {
        List<WeightSpec> weights = new java.util.ArrayList<>(Folders.tiny10Weights());
        weights.add(WeightSpec.of("lm_head.weight", 600, 64));
        assertRefused(
                zeros(weights),
                "tensor lm_head.weight is there twice: also as language_model.lm_head.weight in model.safetensors",
                "Fetch the checkpoint again");
    }

    @Test
    void missingTensors() {
        List<WeightSpec> weights = Folders.tiny10Weights();
        int all = weights.size();
        assertRefused(
                zeros(weights.stream()
                        .filter(spec -> !spec.name().contains("gate_proj"))
                        .toList()),
                "10 of the " + all + " tensors of the model are missing: language_model.model.layers.0.mlp.gate_proj",
                "Fetch the weights again");
    }

    @Test
    void missingHead() {
        List<WeightSpec> weights = Folders.tiny10Weights();
        assertRefused(zeros(weights.subList(0, weights.size() - 1)), "has no output head", "as it was published");
    }

    @Test
    void wrongShape() {
        assertRefused(
                zeros(bent(spec -> WeightSpec.of(spec.name(), 2))),
                "tensor " + GATE + " has the shape [2]. Expected the shape [1], as config.json says",
                "of the same checkpoint");
    }

    @Test
    void quantisedType() {
        Path zeros = zeros(bent(spec -> spec));
        // U16 has the size of BF16, so nothing else in the header changes.
        rewriteHeader(zeros.resolve("model.safetensors"));
        assertRefused(
                zeros, "tensor " + GATE + " is stored as U16. Expected one of BF16, F16, F32, F64", "unquantised");
    }

    private static void rewriteHeader(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
            int at = text.indexOf("\"BF16\"", text.indexOf(GATE));
            System.arraycopy("\"U16\" ".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, at, 6);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<WeightSpec> bent(UnaryOperator<WeightSpec> gate) {
        return Folders.tiny10Weights().stream()
                .map(spec -> spec.name().equals(GATE) ? gate.apply(spec) : spec)
                .toList();
    }

    private Path zeros(List<WeightSpec> weights) {
        return Folders.zeros(folder.resolve("zeros"), weights, UnaryOperator.identity());
    }

    private static void assertRefused(Path folder, String message, String nextStep) {
        InputException error = catchThrowableOfType(InputException.class, () -> Families.open(folder));
        assertThat(error).as("the folder was accepted").isNotNull();
        assertThat(error).hasMessageContaining(message);
        assertThat(error.nextStep()).containsIgnoringCase(nextStep);
    }
}
