package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;

/** LLaVA's {@code preprocessor_config.json}: both layouts are read, what would change a pixel otherwise is refused. */
class ClipProcessorConfigTest {
    private static final Path OWN = Golden.FOLDER.resolve("llava/llava8/checkpoint/preprocessor_config.json");
    private static final Path SHARED = Golden.FOLDER.resolve("llava/llava10/checkpoint/processor_config.json");
    private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> STD = List.of(0.26862954, 0.26130258, 0.27577711);

    @TempDir
    Path folder;

    @Test
    void readsBothLayouts() {
        assertThat(ClipProcessorConfig.find(OWN.getParent())).isEqualTo(OWN);
        assertThat(ClipProcessorConfig.find(SHARED.getParent())).isEqualTo(SHARED);
        assertThat(ClipProcessorConfig.read(OWN)).isEqualTo(config(56));
        assertThat(ClipProcessorConfig.read(SHARED)).isEqualTo(config(70));
    }

    private static ClipProcessorConfig config(int side) {
        return new ClipProcessorConfig(
                new ClipProcessorConfig.ShorterSide(side), side, 0.00392156862745098, MEAN, STD, ImageMode.CROP);
    }

    @Test
    void padsWhereTheFileSaysSo() throws IOException {
        assertThat(ClipProcessorConfig.read(with("do_pad", "true")))
                .isEqualTo(config(56).withMode(ImageMode.PAD));
        assertThat(ClipProcessorConfig.read(with("do_pad", "false"))).isEqualTo(config(56));
        assertThat(ClipProcessorConfig.read(with("do_pad", "null"))).isEqualTo(config(56));
        assertThat(config(56).withMode(ImageMode.PAD).ground()).isEqualTo(122 << 16 | 116 << 8 | 104);
    }

    @Test
    void aSizeOfBothSidesIsTakenAsItStands() throws IOException {
        Framing framing = ClipProcessorConfig.read(with("size", "{\"height\": 60, \"width\": 90}"))
                .framing(17, 400);
        assertThat(framing.resizedWidth()).isEqualTo(90);
        assertThat(framing.resizedHeight()).isEqualTo(60);
        assertThat(framing.cutLeft()).isEqualTo(17);
        assertThat(framing.cutTop()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resample | 2",
                "do_resize | false",
                "do_center_crop | false",
                "do_rescale | false",
                "do_normalize | false",
                "do_convert_rgb | false",
                "do_pad | 1",
                "image_processor_type | \"MllamaImageProcessor\"",
                "size | 56",
                "size | {\"longest_edge\": 56}",
                "size | {\"shortest_edge\": 56, \"longest_edge\": 90}",
                "size | {\"shortest_edge\": 0}",
                "crop_size | 56",
                "crop_size | {\"shortest_edge\": 56}",
                "crop_size | {\"height\": 56, \"width\": 58}",
                "rescale_factor | 0",
                "image_mean | [0.5, 0.5]",
                "image_std | [0.5, 0.5, 0]"
            })
    void otherValueIsRefusedByName(String field, String value) throws IOException {
        Path file = with(field, value);
        assertThatThrownBy(() -> ClipProcessorConfig.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("preprocessor_config.json")
                .hasMessageContaining("\"" + field + "\" is ")
                .hasMessageContaining("Expected ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"do_resize", "do_center_crop", "do_rescale", "do_normalize", "resample", "size", "crop_size"})
    void missingFieldIsNamed(String field) throws IOException {
        ObjectNode json = (ObjectNode) Golden.json(OWN);
        json.remove(field);
        Path file = write(json);
        assertThatThrownBy(() -> ClipProcessorConfig.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no field \"" + field + "\"");
    }

    private Path with(String field, String value) throws IOException {
        ObjectNode json = (ObjectNode) Golden.json(OWN);
        return write(json.set(field, new ObjectMapper().readTree(value)));
    }

    private Path write(ObjectNode json) throws IOException {
        return Files.writeString(folder.resolve("preprocessor_config.json"), json.toString());
    }
}
