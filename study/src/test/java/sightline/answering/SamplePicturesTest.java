package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.model.VisionLanguageModel;
import sightline.run.TinyStudy;

/** Pictures are the same, and fail in the same words, whether they are made ahead or when they are asked for. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard against waiting for ever
class SamplePicturesTest {
    private static VisionLanguageModel model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() {
        model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void eachIsWhatTheProcessorMakesOfIt(int cards) throws IOException {
        Path images = TinyStudy.in(folder).images(Dataset.VQAV2);
        List<String> names = new ArrayList<>();
        try (var files = Files.list(images)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        names.sort(null);
        Map<String, String> contents = PictureHashes.of(images, names);
        try (SamplePictures pictures = SamplePictures.ahead(model, images, contents, names, cards)) {
            for (String name : names) {
                assertThat(pictures.tiles(name).pixels())
                        .isEqualTo(
                                model.processor().picture(images.resolve(name)).pixels());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneThatCannotBeUsedIsToldWhereItIsAskedFor(int cards) throws IOException {
        Path images = TinyStudy.in(folder).images(Dataset.VQAV2);
        String good = "COCO_val2014_000000000042.jpg";
        String changed = "COCO_val2014_000000000073.jpg";
        String damaged = "damaged.png";
        Files.writeString(images.resolve(damaged), "no picture");
        List<String> names = List.of("missing.png", damaged, changed, good);
        Map<String, String> contents = PictureHashes.of(images, names);
        Files.write(images.resolve(changed), Files.readAllBytes(images.resolve(good)));
        try (SamplePictures pictures = SamplePictures.ahead(model, images, contents, names, cards)) {
            assertThatThrownBy(() -> pictures.tiles("missing.png"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("missing.png");
            assertThatThrownBy(() -> pictures.tiles(damaged))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(damaged);
            assertThatThrownBy(() -> pictures.tiles(changed))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(changed + ": was changed since this began");
            assertThat(pictures.tiles(good).count()).isPositive();
        }
    }
}
