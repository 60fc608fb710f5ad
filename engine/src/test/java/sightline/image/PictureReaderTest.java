package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.error.InputException;

/** Files of every format against what Pillow 11.1 reads from them. */
class PictureReaderTest {
    static final Path MORE = Golden.FOLDER.resolveSibling("pictures");

    /** (file, expected) of both collections. */
    static Stream<Arguments> files() {
        return Stream.concat(
                entries(Golden.FILES, Golden.images().get("files")),
                entries(MORE, Golden.json(MORE.resolve("pictures.json"))));
    }

    private static Stream<Arguments> entries(Path folder, JsonNode answers) {
        return StreamSupport.stream(((Iterable<String>) answers::fieldNames).spliterator(), false)
                .map(name -> Arguments.of(folder.resolve(name), answers.get(name)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void readsAsPillowDoes(Path file, JsonNode expected) {
        if (expected.has("raises")) {
            assertThatExceptionOfType(InputException.class).isThrownBy(() -> PictureReader.read(file));
            return;
        }
        RgbImage picture = PictureReader.read(file);
        assertThat(picture.width()).isEqualTo(expected.get("width").intValue());
        assertThat(picture.height()).isEqualTo(expected.get("height").intValue());
        assertThat(Golden.sha256(picture.rgb()))
                .isEqualTo(expected.get("rgb_sha256").textValue());
    }

    @Test
    void manyThreadsReadTheSame() {
        List<Path> files = files().filter(arguments -> !((JsonNode) arguments.get()[1]).has("raises"))
                .map(arguments -> (Path) arguments.get()[0])
                .toList();
        List<RgbImage> alone = files.stream().map(PictureReader::read).toList();
        List<RgbImage> together =
                files.parallelStream().map(PictureReader::read).toList();
        assertThat(together).isEqualTo(alone);
    }
}
