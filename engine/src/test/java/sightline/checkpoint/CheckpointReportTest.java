package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;

class CheckpointReportTest {
    @TempDir
    Path folder;

    @Test
    void reportsAWholeFolder() throws IOException {
        CheckpointReport report = CheckpointReport.of(Folders.TINY10);
        long bytes = 0;
        for (int shard = 1; shard <= 4; shard++) {
            bytes += Files.size(Folders.TINY10.resolve("model-0000" + shard + "-of-00004.safetensors"));
        }
        assertThat(report.warnings()).isEmpty();
        assertThat(report.parameters()).isEqualTo(1090966 / 2); // total_size of the golden index, two bytes each
        assertThat(report.weightBytes(StoredType.F32)).isEqualTo(1090966 * 2);
        assertThat(report.weightBytes(StoredType.BF16)).isEqualTo(1090966);
        CheckpointReport.Weights weights = report.weights().orElseThrow();
        assertThat(weights.files()).hasSize(4);
        assertThat(weights.bytes()).isEqualTo(bytes);
        assertThat(weights.parametersByType()).isEqualTo(Map.of(StoredType.BF16, report.parameters()));
        try (Checkpoint checkpoint = Checkpoint.open(Folders.TINY10)) {
            assertThat(checkpoint.report()).isEqualTo(report);
        }
    }

    @Test
    void reportsPublishedSizesWithoutWeights() throws IOException {
        Files.copy(Folders.published("llama-3.2-90b-vision-instruct"), folder.resolve("config.json"));
        CheckpointReport report = CheckpointReport.of(folder);
        assertThat(report.weights()).isEmpty();
        assertThat(report.config().text().layers()).isEqualTo(100);
        assertThat(report.config().text().crossAttentionLayers()).hasSize(20);
        assertThat(report.config().vision().tokensPerTile()).isEqualTo(1601);
        assertThat(report.config().vision().paddedTokens()).isEqualTo(1608);
        assertThat(report.generation().endTokens()).containsExactly(128001, 128008, 128009);
        assertThat(report.weightBytes(StoredType.BF16) / 1e9).isBetween(177.0, 177.4);
        assertThat(report.warnings())
                .anyMatch(warning -> warning.startsWith("weights: none here"))
                .anyMatch(warning -> warning.startsWith("tokenizer.json is missing"))
                .anyMatch(warning -> warning.startsWith("a chat template is missing"))
                .anyMatch(warning -> warning.startsWith("preprocessor_config.json is missing"))
                .anyMatch(warning -> warning.startsWith("generation_config.json is missing"))
                .hasSize(5);
    }

    @Test
    void warnsOfWhatIsNotUsed() {
        List<WeightSpec> weights = new ArrayList<>(Folders.tiny10Weights());
        weights.add(WeightSpec.of("rotary.inv_freq", 8));
        Folders.zeros(folder.resolve("zeros"), weights, UnaryOperator.identity());
        Folders.write(folder.resolve("zeros/model.safetensors.index.json"), "not even read");
        assertThat(CheckpointReport.of(folder.resolve("zeros")).warnings())
                .contains(
                        "1 tensors are not used: rotary.inv_freq",
                        "model.safetensors.index.json is not used: model.safetensors goes before it");
    }

    @Test
    void acceptsATemplateInTheTokenizerConfiguration() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("chat_template.json"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.remove("chat_template"));
        assertThat(CheckpointReport.of(copy).warnings()).hasSize(1).allMatch(text -> text.contains("chat template"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.put("chat_template", "{{ x }}"));
        assertThat(CheckpointReport.of(copy).warnings()).isEmpty();
    }

    /** Newer checkpoints keep the template in a file of its own. */
    @Test
    void acceptsATemplateFile() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("chat_template.json"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.remove("chat_template"));
        Folders.write(copy.resolve("chat_template.jinja"), "{{ x }}");
        assertThat(CheckpointReport.of(copy).warnings()).isEmpty();
    }

    @Test
    void damagedWeightsAreAnErrorNotAWarning() throws IOException {
        Path copy = Folders.copy(Folders.TINY40, folder.resolve("copy"));
        Path file = copy.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CheckpointReport.of(copy))
                .withMessageContaining("model.safetensors: is cut short");
    }
}
