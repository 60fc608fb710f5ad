package sightline.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;
import sightline.image.Canvas;
import sightline.image.ImageProcessor;
import sightline.image.ImageProcessorConfig;
import sightline.image.ImageTiles;
import sightline.world.Scene.Labels;
import sightline.world.Scene.Place;

class WorldTest {
    private static final float[] ZERO = {0, 0, 0};
    private static final float[] ONE = {1, 1, 1};
    private static final int SCENES = 300;

    @Test
    void theSameSeedGivesTheSameScene() {
        for (long seed = 0; seed < 30; seed++) {
            Scene one = World.scene(seed, Mix.all());
            Scene again = World.scene(seed, Mix.all());
            assertThat(again.picture()).isEqualTo(one.picture());
            assertThat(again.questions()).isEqualTo(one.questions());
            for (int i = 0; i < one.labels().size(); i++) {
                assertThat(again.labels().get(i).values())
                        .isEqualTo(one.labels().get(i).values());
            }
        }
    }

    @Test
    void seedsGiveDifferentPictures() {
        Set<Object> pictures = new HashSet<>();
        for (long seed = 0; seed < SCENES; seed++) {
            pictures.add(World.scene(seed, Mix.all()).picture());
        }
        assertThat(pictures).hasSize(SCENES);
    }

    @Test
    void theProcessorTakesEveryPictureAsItIs() {
        ImageProcessor processor =
                new ImageProcessor(new ImageProcessorConfig(World.TILE, World.MAX_TILES, 1, ZERO, ONE));
        Set<Integer> counts = new TreeSet<>();
        for (long seed = 0; seed < SCENES; seed++) {
            Scene scene = World.scene(seed, Mix.all());
            int width = scene.picture().width();
            int height = scene.picture().height();
            Canvas canvas = Canvas.choose(width, height, World.TILE, World.MAX_TILES);
            assertThat(canvas).isEqualTo(new Canvas(scene.tileRows(), scene.tileColumns(), World.TILE));
            assertThat(canvas.width()).isEqualTo(width);
            assertThat(canvas.height()).isEqualTo(height);
            ImageTiles tiles = processor.process(scene.picture());
            for (int y = 0; y < height; y += 7) {
                for (int x = 0; x < width; x += 5) {
                    int tile = y / World.TILE * scene.tileColumns() + x / World.TILE;
                    int at = (3 * tile * World.TILE + y % World.TILE) * World.TILE + x % World.TILE; // red
                    assertThat(tiles.pixels()[at]).isEqualTo(scene.picture().rgb()[3 * (y * width + x)] & 0xff);
                }
            }
            counts.add(canvas.count());
        }
        assertThat(counts).containsExactly(1, 2, 3, 4);
    }

    @Test
    void everyStyleHasAllNumbersOfTiles() {
        for (Dataset style : Dataset.values()) {
            Set<Integer> counts = new TreeSet<>();
            for (long seed = 0; seed < 100; seed++) {
                Scene scene = World.scene(seed, Mix.of(style));
                counts.add(scene.tileRows() * scene.tileColumns());
                assertThat(scene.questions()).allMatch(question -> question.style() == style);
            }
            assertThat(counts).as(style.toString()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void mostScenesCanBeAskedMuch() {
        int many = 0;
        for (long seed = 0; seed < SCENES; seed++) {
            List<SceneQuestion> questions = World.scene(seed, Mix.all()).questions();
            assertThat(questions).hasSizeBetween(1, 12);
            assertThat(questions.stream()
                            .map(question -> question.kind() + question.question())
                            .distinct())
                    .hasSameSizeAs(questions);
            many += questions.size() >= 8 ? 1 : 0;
        }
        assertThat(many).isGreaterThan(SCENES * 9 / 10);
    }

    @Test
    void questionsFitTheirStyle() {
        Set<String> kinds = new HashSet<>();
        for (long seed = 0; seed < 2 * SCENES; seed++) {
            for (SceneQuestion question : World.scene(seed, Mix.all()).questions()) {
                kinds.add(question.kind());
                assertThat(question.style().categories()).containsAll(question.categories());
                assertThat(question.categories()).hasSize(1);
                if (question.style() == Dataset.VISUAL7W) {
                    assertThat(question.choices())
                            .hasSize(4)
                            .doesNotHaveDuplicates()
                            .contains(question.answer());
                } else {
                    assertThat(question.choices()).isEmpty();
                }
            }
        }
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(World.kinds());
    }

    @Test
    void everySceneHasTheSameTasks() {
        List<String> expected = null;
        for (long seed = 0; seed < 60; seed++) {
            Scene scene = World.scene(seed, Mix.all());
            int tiles = scene.tileRows() * scene.tileColumns();
            for (Labels labels : scene.labels()) {
                int places = labels.place() == Place.PATCH ? 36 : 1;
                assertThat(labels.values()).hasSize(tiles * places);
                for (int value : labels.values()) {
                    assertThat(value).isBetween(-1, labels.classes() - 1);
                }
            }
            List<String> tasks = scene.labels().stream()
                    .map(labels -> labels.place() + " " + labels.task() + " " + labels.classes())
                    .toList();
            expected = expected == null ? tasks : expected;
            assertThat(tasks).isEqualTo(expected);
        }
    }

    @Test
    void questionsCanBeHadWithoutThePicture() {
        for (long seed = 0; seed < 30; seed++) {
            assertThat(World.questions(seed, Mix.all()))
                    .isEqualTo(World.scene(seed, Mix.all()).questions());
        }
    }

    @Test
    void aMixDecidesWhatIsAsked() {
        Mix two =
                Mix.of(Dataset.VQAV2).only(List.of("colour_beside", "place_is")).withQuestions(3);
        for (long seed = 0; seed < 50; seed++) {
            assertThat(World.scene(seed, two).questions())
                    .hasSizeBetween(1, 3)
                    .allMatch(question -> List.of("colour_beside", "place_is").contains(question.kind()));
        }
        assertThat(World.scene(0, Mix.all().only(List.of("doc_title"))).questions())
                .allMatch(question -> question.kind().equals("doc_title"));
    }

    @Test
    void inDistinctScenesNothingIsThereTwice() {
        for (long seed = 0; seed < SCENES; seed++) {
            ShapeScene scene = ShapeSceneMaker.make(new Dice(seed), true);
            assertThat(scene.colours()).hasSameSizeAs(scene.shapes());
            assertThat(scene.shapeNames()).hasSameSizeAs(scene.shapes());
        }
    }

    @Test
    void mixesThatAskNothingAreRefused() {
        assertThatThrownBy(() -> Mix.of(Dataset.DOCVQA).only(List.of("place_is")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing to ask");
        assertThatThrownBy(() -> Mix.all().with("smell", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smell");
        assertThatThrownBy(() -> Mix.all().with("place_is", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mix(Map.of(Dataset.VQAV2, 1.0), World.weights(), false, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
