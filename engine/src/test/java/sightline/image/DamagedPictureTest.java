package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.error.InputException;

/** Files that were cut or changed: an error that says so, or a picture; never another exception, never half a picture. */
class DamagedPictureTest {
    /** Every sound file of at most 20 kB. */
    static Stream<Path> files() {
        return PictureReaderTest.files()
                .map(arguments -> (Path) arguments.get()[0])
                .filter(file ->
                        file.toFile().length() <= 20_000 && read(bytes(file)).isPresent());
    }

    @ParameterizedTest
    @MethodSource("files")
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard: a decoder must come to an end
    void cutFileIsAnErrorOrTheWholePicture(Path file) {
        byte[] bytes = bytes(file);
        RgbImage whole = PictureReader.read(bytes, file.toString());
        int step = Math.max(1, bytes.length / 60);
        int tried = 0;
        for (int length = bytes.length - 1; length > 0; length -= tried < 20 ? 1 : step) {
            tried++;
            Optional<RgbImage> picture = read(Arrays.copyOf(bytes, length));
            if (picture.isPresent() && !picture.get().equals(whole)) {
                fail("%s cut to %d of %d bytes gave another picture", file.getFileName(), length, bytes.length);
            }
        }
        // More than a trailer or a second frame is gone then, in every file here.
        assertThat(read(Arrays.copyOf(bytes, bytes.length / 4))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard: a decoder must come to an end
    void changedBytesAreAnErrorOrAPicture(Path file) {
        byte[] bytes = bytes(file);
        Random random = new Random(20_260_101);
        for (int i = 0; i < 60; i++) {
            byte[] changed = bytes.clone();
            for (int j = 0; j <= i % 4; j++) {
                // Headers are where the trouble is.
                int at = random.nextInt(i % 2 == 0 ? Math.min(100, changed.length) : changed.length);
                changed[at] = (byte) random.nextInt(256);
            }
            read(changed).ifPresent(picture -> assertThat(picture.rgb()).isNotEmpty());
        }
    }

    private static Optional<RgbImage> read(byte[] bytes) {
        try {
            return Optional.of(PictureReader.read(bytes, "test picture"));
        } catch (InputException e) {
            assertThat(e).hasMessageStartingWith("test picture: ");
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
