package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;

/** {@code preprocessor_config.json}: the published file is read, what would change a pixel is refused. */
class ImageProcessorConfigTest {
    private static final Path PUBLISHED = Golden.FOLDER.resolve("tiny10/checkpoint/preprocessor_config.json");

    @TempDir
    Path folder;

    @Test
    void readsAPublishedFile() {
        float[] half = {0.5f, 0.5f, 0.5f};
        assertThat(ImageProcessorConfig.read(PUBLISHED))
                .isEqualTo(new ImageProcessorConfig(56, 4, 0.00392156862745098, half, half));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resample | 3",
                "resample | \"2\"",
                "do_resize | false",
                "do_pad | false",
                "do_rescale | false",
                "do_normalize | false",
                "do_normalize | null",
                "do_convert_rgb | false",
                "image_processor_type | \"CLIPImageProcessor\"",
                "size | {\"height\": 56, \"width\": 58}",
                "size | {\"shortest_edge\": 56}",
                "size | {\"height\": 0, \"width\": 0}",
                "size | 56",
                "max_image_tiles | 0",
                "max_image_tiles | 2.5",
                "max_image_tiles | 1000",
                "rescale_factor | 0",
                "rescale_factor | \"a\"",
                "image_mean | [0.5, 0.5]",
                "image_mean | [0.5, 0.5, \"x\"]",
                "image_std | [0.5, 0.5, 0]",
                "image_std | [0.5, 0.5, 1e60]"
            })
    void otherValueIsRefusedByName(String field, String value) throws IOException {
        ObjectNode json = (ObjectNode) Golden.json(PUBLISHED);
        json.set(field, new ObjectMapper().readTree(value));
        Path file = write(json.toString());
        assertThatThrownBy(() -> ImageProcessorConfig.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("preprocessor_config.json")
                .hasMessageContaining("\"" + field + "\" is ")
                .hasMessageContaining("Expected ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image_processor_type",
                "do_resize",
                "do_pad",
                "do_rescale",
                "do_normalize",
                "resample",
                "size",
                "max_image_tiles",
                "rescale_factor",
                "image_mean",
                "image_std"
            })
    void missingFieldIsNamed(String field) throws IOException {
        ObjectNode json = (ObjectNode) Golden.json(PUBLISHED);
        assertThat(json.remove(field)).isNotNull();
        Path file = write(json.toString());
        assertThatThrownBy(() -> ImageProcessorConfig.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no field \"" + field + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{} {}", "{\"resample\": 2, \"resample\": 3}", "nonsense"})
    void brokenJson(String text) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> ImageProcessorConfig.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("JSON");
    }

    private String inside(String settings) {
        return "{\"image_processor\": " + settings + ", \"processor_class\": \"MllamaProcessor\"}";
    }

    @Test
    void newerFoldersKeepThemInsideAnotherFile() throws IOException {
        String settings = Golden.json(PUBLISHED).toString();
        Path shared = Files.writeString(folder.resolve("processor_config.json"), inside(settings));
        assertThat(ImageProcessorConfig.find(folder)).isEqualTo(shared);
        assertThat(ImageProcessorConfig.read(shared)).isEqualTo(ImageProcessorConfig.read(PUBLISHED));

        Path own = write(settings);
        assertThat(ImageProcessorConfig.find(folder)).as("both agree").isEqualTo(own);

        write(settings.replace("\"max_image_tiles\":4", "\"max_image_tiles\":2"));
        assertThatThrownBy(() -> ImageProcessorConfig.find(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("processor_config.json: has other settings")
                .hasMessageContaining("preprocessor_config.json");
    }

    @Test
    void aFileThatHoldsNoneOfThemIsPassedOver() throws IOException {
        Files.writeString(folder.resolve("processor_config.json"), "{\"processor_class\": \"MllamaProcessor\"}");
        assertThat(ImageProcessorConfig.find(folder)).isEqualTo(folder.resolve("preprocessor_config.json"));
    }

    @Test
    void theFastOneHasTheSameSettings() throws IOException {
        ObjectNode json = (ObjectNode) Golden.json(PUBLISHED);
        json.put("image_processor_type", "MllamaImageProcessorFast").putNull("data_format");
        assertThat(ImageProcessorConfig.read(write("\uFEFF" + json))).isEqualTo(ImageProcessorConfig.read(PUBLISHED));
    }

    @Test
    void missingFile() {
        assertThatThrownBy(() -> ImageProcessorConfig.read(folder.resolve("none.json")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none.json: does not exist");
    }

    @Test
    void missingConvertFlagIsFine() throws IOException {
        ObjectNode json = (ObjectNode) Golden.json(PUBLISHED);
        assertThat(json.remove("do_convert_rgb")).isNotNull();
        assertThat(ImageProcessorConfig.read(write(json.toString()))).isEqualTo(ImageProcessorConfig.read(PUBLISHED));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("preprocessor_config.json"), text);
    }
}
