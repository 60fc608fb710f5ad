package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.llama.RopeScaling;
import sightline.mllama.MllamaConfig;
import sightline.mllama.TextConfig;
import sightline.mllama.VisionConfig;

class MllamaConfigTest {
    @TempDir
    Path folder;

    @Test
    void readsEverySizeOfTheGoldenModel() {
        MllamaConfig config = MllamaConfig.read(Folders.TINY10.resolve("config.json"));
        TextConfig text = config.text();
        assertThat(text.llama().layers()).isEqualTo(10);
        assertThat(text.crossAttentionLayers()).containsExactly(3, 8);
        assertThat(IntStream.range(0, 10).filter(text::isCrossAttention)).containsExactly(3, 8);
        assertThat(text.llama().hidden()).isEqualTo(64);
        assertThat(text.llama().intermediate()).isEqualTo(128);
        assertThat(text.llama().heads()).isEqualTo(4);
        assertThat(text.llama().keyValueHeads()).isEqualTo(2);
        assertThat(text.llama().headsPerKeyValueHead()).isEqualTo(2);
        assertThat(text.llama().headSize()).isEqualTo(16);
        assertThat(text.llama().vocabulary()).isEqualTo(600);
        assertThat(text.embeddingRows()).isEqualTo(608);
        assertThat(text.llama().rmsNormEps()).isEqualTo(1e-5);
        assertThat(text.llama().ropeTheta()).isEqualTo(500_000);
        assertThat(text.llama().ropeScaling()).isEqualTo(new RopeScaling.Llama3(8, 1, 4, 256));
        assertThat(text.llama().maxPositions()).isEqualTo(2048);
        VisionConfig vision = config.vision();
        assertThat(vision.layers()).isEqualTo(4);
        assertThat(vision.globalLayers()).isEqualTo(2);
        assertThat(vision.hidden()).isEqualTo(32);
        assertThat(vision.intermediate()).isEqualTo(64);
        assertThat(vision.heads()).isEqualTo(4);
        assertThat(vision.headSize()).isEqualTo(8);
        assertThat(vision.imageSize()).isEqualTo(56);
        assertThat(vision.patchSize()).isEqualTo(14);
        assertThat(vision.patchesPerTile()).isEqualTo(16);
        assertThat(vision.tokensPerTile()).isEqualTo(17);
        assertThat(vision.paddedTokens()).isEqualTo(24);
        assertThat(vision.maxTiles()).isEqualTo(4);
        assertThat(vision.normEps()).isEqualTo(1e-5);
        assertThat(vision.intermediateLayers()).containsExactly(1, 3);
        assertThat(vision.outputDim()).isEqualTo(96);
        assertThat(vision.aspectRatioIds()).isEqualTo(9);
        assertThat(config.imageToken()).isEqualTo(600);
    }

    @Test
    void listsExactlyTheWeightsThatTheReferenceWrote() {
        for (Path folder : List.of(Folders.TINY10, Folders.TINY40)) {
            Map<String, List<Long>> written = new TreeMap<>();
            CheckpointFolder files = CheckpointFolder.open(folder, MllamaConfig::of);
            for (Path path : files.weightFiles().files()) {
                try (SafetensorsFile file = SafetensorsFile.open(path)) {
                    file.names()
                            .forEach(name -> written.put(name, file.entry(name).shape()));
                }
            }
            assertThat(files.config().weights().stream().collect(Collectors.toMap(WeightSpec::name, WeightSpec::shape)))
                    .isEqualTo(written);
        }
    }

    @Test
    void countsTheParametersOfThePublishedModels() {
        MllamaConfig small = MllamaConfig.read(Folders.published("llama-3.2-11b-vision-instruct"));
        MllamaConfig large = MllamaConfig.read(Folders.published("llama-3.2-90b-vision-instruct"));
        // By hand. Self-attention and MLP, two norms; cross-attention adds two head norms and two gates instead.
        long layer11 = 2L * 4096 * 4096 + 2L * 1024 * 4096 + 3L * 4096 * 14336 + 2 * 4096;
        long text11 = 40 * layer11 + 8 * (2 * 128 + 2) + 4096 + (2L * 128256 + 8) * 4096;
        long layer90 = 2L * 8192 * 8192 + 2L * 1024 * 8192 + 3L * 8192 * 28672 + 2 * 8192;
        long text90 = 100 * layer90 + 20 * (2 * 128 + 2) + 8192 + (2L * 128256 + 8) * 8192;
        assertThat(small.parameters()).isEqualTo(text11 + vision() + 7680L * 4096 + 4096);
        assertThat(large.parameters()).isEqualTo(text90 + vision() + 7680L * 8192 + 8192);
        // And roughly, should the hand have slipped too.
        assertThat(small.parameters() / 1e9).isBetween(10.6, 10.7);
        assertThat(large.parameters() / 1e9).isBetween(88.5, 88.7);
    }

    private static long vision() {
        long layer = 4L * 1280 * 1280 + 2L * 1280 * 5120 + 5120 + 1280 + 4 * 1280;
        long tokens = 40 * 40 + 1;
        long tables = 2L * 9 * 4 * 1280 + 9L * 4 * tokens * 1280 + tokens * 1280;
        long gates = 3 + 8 * 2;
        return 3L * 14 * 14 * 1280 + 1280 + tables + gates + 4 * 1280 + 40 * layer;
    }

    @Test
    void readsTheNewerRotaryFieldsAndThePlainOnes() {
        Path newer = edited("newer", text -> {
            ObjectNodes.rename(text, "rope_scaling", "rope_parameters");
            text.withObject("rope_parameters").set("rope_theta", text.remove("rope_theta"));
        });
        assertThat(MllamaConfig.read(newer)).isEqualTo(MllamaConfig.read(Folders.TINY10.resolve("config.json")));
        Path older = edited("older", text -> ObjectNodes.rename(text.withObject("rope_scaling"), "rope_type", "type"));
        assertThat(MllamaConfig.read(older)).isEqualTo(MllamaConfig.read(Folders.TINY10.resolve("config.json")));
        Path plain = edited("plain", text -> text.putNull("rope_scaling"));
        assertThat(MllamaConfig.read(plain).text().llama().ropeScaling()).isEqualTo(new RopeScaling.Plain());
        Path named = edited("named", text -> text.putObject("rope_scaling").put("rope_type", "default"));
        assertThat(MllamaConfig.read(named)).isEqualTo(MllamaConfig.read(plain));
    }

    private Path edited(String name, java.util.function.Consumer<com.fasterxml.jackson.databind.node.ObjectNode> edit) {
        Path file = Folders.copy(Folders.TINY10, folder.resolve(name)).resolve("config.json");
        Folders.editJson(file, root -> edit.accept(root.withObject("text_config")));
        return file;
    }

    @Test
    void readsTheEndTokensWhereverTheyStand() {
        MllamaConfig config = MllamaConfig.read(Folders.TINY10.resolve("config.json"));
        assertThat(GenerationConfig.read(Folders.TINY10.resolve("generation_config.json"), config))
                .isEqualTo(new GenerationConfig(new java.util.TreeSet<>(List.of(590, 597, 598)), 0.6, 0.9));
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("generation_config.json"));
        assertThat(CheckpointFolder.open(copy, MllamaConfig::of).generation())
                .isEqualTo(new GenerationConfig(new java.util.TreeSet<>(List.of(598)), 1, 1));
    }
}
