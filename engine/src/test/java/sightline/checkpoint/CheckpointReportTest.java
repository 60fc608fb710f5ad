package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.mllama.MllamaConfig;

class CheckpointReportTest {
    @TempDir
    Path folder;

    @Test
    void reportsAWholeFolder() throws IOException {
        CheckpointReport report = Families.report(Folders.TINY10, false);
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
        try (Checkpoint checkpoint = Families.open(Folders.TINY10)) {
            assertThat(checkpoint.report()).isEqualTo(report);
        }
    }

    @Test
    void reportsPublishedSizesWithoutWeights() throws IOException {
        Files.copy(Folders.published("llama-3.2-90b-vision-instruct"), folder.resolve("config.json"));
        CheckpointReport report = Families.report(folder, false);
        assertThat(report.weights()).isEmpty();
        assertThat(report.config().shape().layers()).isEqualTo(100);
        MllamaConfig config = (MllamaConfig) report.config();
        assertThat(config.text().crossAttentionLayers()).hasSize(20);
        assertThat(config.vision().tokensPerTile()).isEqualTo(1601);
        assertThat(config.vision().paddedTokens()).isEqualTo(1608);
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
        assertThat(Families.report(folder.resolve("zeros"), false).warnings())
                .contains(
                        "1 tensors are not used: rotary.inv_freq",
                        "model.safetensors.index.json is not used: model.safetensors goes before it");
    }

    @Test
    void acceptsATemplateInTheTokenizerConfiguration() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("chat_template.json"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.remove("chat_template"));
        assertThat(Families.report(copy, false).warnings()).hasSize(1).allMatch(text -> text.contains("chat template"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.put("chat_template", "{{ x }}"));
        assertThat(Families.report(copy, false).warnings()).isEmpty();
    }

    /** Newer checkpoints keep the template in a file of its own. */
    @Test
    void acceptsATemplateFile() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("chat_template.json"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.remove("chat_template"));
        Folders.write(copy.resolve("chat_template.jinja"), "{{ x }}");
        assertThat(Families.report(copy, false).warnings()).isEmpty();
    }

    @Test
    void damagedWeightsAreAnErrorNotAWarning() throws IOException {
        Path copy = Folders.copy(Folders.TINY40, folder.resolve("copy"));
        Path file = copy.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Families.report(copy, false))
                .withMessageContaining("model.safetensors: is cut short");
    }

    /** Fine-tunes that answer greedily write such settings. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"temperature\": 0, \"top_p\": 0} | 0 | 0",
                "{\"temperature\": 0.0, \"top_p\": 0.0, \"eos_token_id\": null} | 0 | 0",
                "{\"do_sample\": false, \"eos_token_id\": []} | 1 | 1",
            })
    void readsTheSettingsOfGreedyFineTunes(String json, double temperature, double topP) {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.write(copy.resolve("generation_config.json"), json);
        CheckpointReport report = Families.report(copy, false);
        assertThat(report.generation().endTokens()).isEmpty();
        assertThat(report.generation().temperature()).isEqualTo(temperature);
        assertThat(report.generation().topP()).isEqualTo(topP);
        assertThat(report.warnings())
                .containsExactly(
                        "generation_config.json names no end token: an answer ends only at its longest length");
    }

    @Test
    void warnsOfSettingsThatWouldChooseOtherTokens() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.editJson(copy.resolve("generation_config.json"), root -> root.put("repetition_penalty", 1.1)
                .put("no_repeat_ngram_size", 0)
                .put("num_beams", 4)
                .putNull("min_length"));
        assertThat(Families.report(copy, false).warnings())
                .containsExactly(
                        "generation_config.json asks for num_beams 4, repetition_penalty 1.1, which answering here"
                                + " does not follow: it takes the likeliest token");
    }

    @Test
    void readsNewerFolders() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("preprocessor_config.json"));
        Folders.delete(copy.resolve("chat_template.json"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.remove("chat_template"));
        Folders.write(
                copy.resolve("processor_config.json"),
                "{\"image_processor\": {\"image_processor_type\": \"MllamaImageProcessorFast\"},"
                        + " \"chat_template\": \"x\"}");
        assertThat(Families.report(copy, false).warnings())
                .containsExactly(
                        "processor_config.json names MllamaImageProcessorFast: pictures are prepared as the slow one"
                                + " does, whose pixels differ from it by rounding");
    }

    @Test
    void warnsOfATemplateThatIsNotUsed() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.put("chat_template", "{{ other }}"));
        assertThat(Families.report(copy, false).warnings())
                .containsExactly(
                        "the chat template in tokenizer_config.json is not used: chat_template.json goes before it");
    }

    @Test
    void aGivenTemplateIsNotMissed() {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        Folders.delete(copy.resolve("chat_template.json"));
        Folders.editJson(copy.resolve("tokenizer_config.json"), root -> root.remove("chat_template"));
        assertThat(Families.report(copy, true).warnings()).isEmpty();
        assertThat(Families.report(copy, false).warnings())
                .singleElement()
                .asString()
                .contains("--chat-template");
    }
}
