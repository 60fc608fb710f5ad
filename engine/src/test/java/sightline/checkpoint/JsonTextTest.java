package sightline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.ImageProcessorConfig;
import sightline.json.JsonText;
import sightline.text.ChatTemplate;
import sightline.text.LlamaTokenizer;

/** JSON beyond the parser's limits is not called damaged, in whichever of a checkpoint's files it stands. */
class JsonTextTest {
    private static final String DEEP = "{\"a\": " + "[".repeat(1001) + "]".repeat(1001) + "}";
    private static final String LONG_NUMBER = "{\"a\": 1" + "0".repeat(1001) + "}";
    private static final String LONG_NAME = "{\"" + "a".repeat(1_000_001) + "\": 1}";

    @TempDir
    Path folder;

    private static void read(Path checkpoint, String file) {
        switch (file) {
            case "preprocessor_config.json", "processor_config.json" ->
                ImageProcessorConfig.read(ImageProcessorConfig.find(checkpoint));
            case "tokenizer.json", "tokenizer_config.json" ->
                LlamaTokenizer.load(checkpoint).close();
            case "chat_template.json" -> ChatTemplate.load(checkpoint);
            default -> Families.report(checkpoint, false);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "generation_config.json",
                "preprocessor_config.json",
                "processor_config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "chat_template.json",
                "model.safetensors.index.json"
            })
    void limitsAreNamed(String file) {
        Path copy = Folders.copy(Folders.TINY10, folder.resolve("copy"));
        for (String json : new String[] {DEEP, LONG_NUMBER, LONG_NAME}) {
            Folders.write(copy.resolve(file), json);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> read(copy, file))
                    .withMessageContaining(copy.resolve(file).toString())
                    .withMessageContaining("goes beyond what is read of JSON")
                    .withMessageMatching(
                            ".*(depth|length).*maximum allowed \\(1(_?000)+\\).*|.*maximum allowed \\(1000+\\).*")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("etch", "valid", "StreamRead", "\n"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{ | is not valid JSON", "[] | is a JSON array", "'' | is empty"})
    void whatIsDamagedStillIs(String json, String message) {
        Path file = Folders.write(folder.resolve("config.json"), json);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> JsonText.read(file))
                .withMessageContaining(message);
    }

    @Test
    void aByteOrderMarkDoesNoHarm() throws IOException {
        Path file = Folders.write(folder.resolve("config.json"), "\uFEFF{\"a\": 1}");
        assertThat(JsonText.read(file).get("a").intValue()).isEqualTo(1);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> JsonText.read(folder.resolve("none.json")))
                .withMessageContaining("none.json: does not exist");
    }
}
