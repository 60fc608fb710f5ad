package sightline.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.AnswerPlaces;
import sightline.dataset.BoxFile;
import sightline.dataset.Dataset;
import sightline.dataset.OcrPage;
import sightline.region.PixelBox;

/** Where the demo's pictures show the answers: what its files tell is what was painted. */
class PlaceFilesTest {
    private static final long SEED = 77;
    private static final int PICTURES = 30;
    private static final List<String> WRITTEN =
            List.of("doc_value", "doc_price", "doc_quantity", "doc_title", "doc_letter");

    @TempDir
    static Path dir;

    private static Scene scene(Dataset style, int number) {
        long first = SEED + 1_000_000L * List.of(Dataset.values()).indexOf(style);
        return World.scene(first + number - 1, Mix.of(style).withQuestions(4));
    }

    @Test
    void wordsLieWhereTheirInkIs() {
        DemoDatasets.write(dir, SEED, PICTURES, 4, drawn -> {});
        int found = 0;
        for (int number = 1; number <= PICTURES; number++) {
            Scene scene = scene(Dataset.DOCVQA, number);
            String name = OfficialJson.image(Dataset.DOCVQA, number).replace(".png", ".json");
            OcrPage page = OcrPage.read(dir.resolve("docvqa/ocr").resolve(name));
            assertThat(page.width()).isEqualTo(scene.picture().width());
            assertThat(page.words().stream().map(OcrPage.Word::text))
                    .containsExactlyElementsOf(
                            scene.words().stream().map(Word::text).toList());
            for (SceneQuestion question : scene.questions()) {
                if (WRITTEN.contains(question.kind())) {
                    List<PixelBox> places = AnswerPlaces.of(page, List.of(question.answer()));
                    assertThat(places).as(question.question()).isNotEmpty();
                    places.forEach(box -> assertThat(contrast(scene, box)).isGreaterThan(60));
                    found++;
                }
            }
        }
        assertThat(found).isGreaterThan(30);
        boxes();
    }

    /** Between the darkest and the lightest pixel of a box. */
    private static int contrast(Scene scene, PixelBox box) {
        int least = 255;
        int most = 0;
        byte[] rgb = scene.picture().rgb();
        for (int y = (int) box.top(); y < box.bottom(); y++) {
            for (int x = (int) box.left(); x < box.right(); x++) {
                int red = rgb[3 * (y * scene.picture().width() + x)] & 0xff;
                least = Math.min(least, red);
                most = Math.max(most, red);
            }
        }
        return most - least;
    }

    private static void boxes() {
        for (Dataset style : List.of(Dataset.VQAV2, Dataset.VISUAL7W)) {
            Path file = dir.resolve(style.toString()).resolve(PlaceFiles.BOXES);
            assertThat(Files.exists(file)).isTrue();
            Map<Long, List<PixelBox>> told = BoxFile.read(file);
            assertThat(told).hasSizeGreaterThan(PICTURES / 2);
            for (int number = 1; number <= PICTURES; number++) {
                Scene scene = scene(style, number);
                for (int i = 0; i < scene.questions().size(); i++) {
                    long id = OfficialJson.id(new DemoDatasets.Numbered(number, scene), i);
                    assertThat(patches(scene, Optional.ofNullable(told.get(id)).orElse(List.of())))
                            .isEqualTo(patches(scene.questions().get(i)));
                }
            }
        }
    }

    /** As {@link SceneQuestion#shownAt} numbers them. */
    private static BitSet patches(Scene scene, List<PixelBox> boxes) {
        int across = World.TILE / World.PATCH;
        BitSet patches = new BitSet();
        for (PixelBox box : boxes) {
            for (int y = (int) box.top() / World.PATCH; y < box.bottom() / World.PATCH; y++) {
                for (int x = (int) box.left() / World.PATCH; x < box.right() / World.PATCH; x++) {
                    int tile = y / across * scene.tileColumns() + x / across;
                    patches.set(tile * World.PLACES + 1 + y % across * across + x % across);
                }
            }
        }
        return patches;
    }

    private static BitSet patches(SceneQuestion question) {
        BitSet patches = new BitSet();
        question.shownAt().stream().filter(place -> place % World.PLACES > 0).forEach(patches::set);
        return patches;
    }
}
