package sightline.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.image.PictureReader;

class DemoDatasetsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 500;
    private static final int PICTURES = 12;
    private static final int QUESTIONS = 5;

    @TempDir
    static Path dir;

    private static Map<Dataset, DemoDatasets.Written> written;

    @BeforeAll
    static void write() {
        written = DemoDatasets.write(dir, SEED, PICTURES, QUESTIONS, drawn -> {});
    }

    private static List<Scene> scenes(Dataset style) {
        long first = SEED + 1_000_000L * List.of(Dataset.values()).indexOf(style);
        return Stream.iterate(first, seed -> seed + 1)
                .limit(PICTURES)
                .map(seed -> World.scene(seed, Mix.of(style).withQuestions(QUESTIONS)))
                .toList();
    }

    private static Path image(Dataset style, String name) {
        return written.get(style).images().resolve(name);
    }

    @Test
    void openQuestionsHaveTenAnswersThatAgree() throws IOException {
        DemoDatasets.Written files = written.get(Dataset.VQAV2);
        JsonNode questions = JSON.readTree(files.questions().orElseThrow().toFile());
        JsonNode annotations = JSON.readTree(files.annotations().toFile());
        assertThat(questions.get("task_type").asText()).isEqualTo("Open-Ended");
        assertThat(annotations.get("data_subtype").asText()).isEqualTo("val2014");
        assertThat(questions.get("questions")).hasSameSizeAs(files.asked());
        assertThat(annotations.get("annotations")).hasSameSizeAs(files.asked());
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < files.asked().size(); i++) {
            JsonNode question = questions.get("questions").get(i);
            JsonNode entry = annotations.get("annotations").get(i);
            SceneQuestion asked = files.asked().get(i);
            assertThat(ids.add(question.get("question_id").asLong())).isTrue();
            assertThat(entry.get("question_id")).isEqualTo(question.get("question_id"));
            assertThat(entry.get("image_id")).isEqualTo(question.get("image_id"));
            assertThat(question.get("question").asText()).isEqualTo(asked.question());
            assertThat(entry.get("answer_type").asText()).isIn("yes/no", "number", "other");
            assertThat(entry.get("answers")).hasSize(10);
            for (JsonNode answer : entry.get("answers")) {
                String plain =
                        answer.get("answer").asText().toLowerCase(Locale.ROOT).replaceFirst("^a ", "");
                assertThat(List.of(asked.answer().toLowerCase(Locale.ROOT), number(asked.answer())))
                        .contains(plain);
            }
            String name = String.format(
                    Locale.ROOT,
                    "COCO_val2014_%012d.jpg",
                    question.get("image_id").asLong());
            assertThat(image(Dataset.VQAV2, name)).exists();
        }
    }

    private static String number(String answer) {
        List<String> words = List.of("zero", "one", "two", "three", "four", "five", "six");
        return Character.isDigit(answer.charAt(0)) ? words.get(Integer.parseInt(answer)) : answer;
    }

    @Test
    void multipleChoiceNamesThreeWrongAnswers() throws IOException {
        DemoDatasets.Written files = written.get(Dataset.VISUAL7W);
        JsonNode json = JSON.readTree(files.annotations().toFile());
        List<Scene> scenes = scenes(Dataset.VISUAL7W);
        assertThat(json.get("images")).hasSize(PICTURES);
        for (int i = 0; i < PICTURES; i++) {
            JsonNode image = json.get("images").get(i);
            assertThat(image.get("split").asText()).isEqualTo("test");
            assertThat(PictureReader.read(
                            image(Dataset.VISUAL7W, image.get("filename").asText())))
                    .isEqualTo(scenes.get(i).picture());
            for (int q = 0; q < image.get("qa_pairs").size(); q++) {
                JsonNode pair = image.get("qa_pairs").get(q);
                SceneQuestion asked = scenes.get(i).questions().get(q);
                assertThat(pair.get("image_id")).isEqualTo(image.get("image_id"));
                assertThat(pair.get("answer").asText()).isEqualTo(asked.answer());
                assertThat(Dataset.VISUAL7W.categories())
                        .contains(pair.get("type").asText());
                assertThat(pair.get("question").asText().toLowerCase(Locale.ROOT))
                        .startsWith(pair.get("type").asText());
                assertThat(pair.get("multiple_choices")).hasSize(3).allMatch(wrong -> !wrong.asText()
                        .equals(asked.answer()));
            }
        }
    }

    @Test
    void documentsNameTheirTypes() throws IOException {
        DemoDatasets.Written files = written.get(Dataset.DOCVQA);
        JsonNode data = JSON.readTree(files.annotations().toFile()).get("data");
        assertThat(data).hasSameSizeAs(files.asked());
        for (int i = 0; i < data.size(); i++) {
            JsonNode entry = data.get(i);
            assertThat(entry.get("answers")).hasSize(1);
            assertThat(entry.get("answers").get(0).asText())
                    .isEqualTo(files.asked().get(i).answer());
            for (JsonNode type : entry.get("question_types")) {
                assertThat(Dataset.DOCVQA.categories()).contains(type.asText());
            }
            assertThat(image(Dataset.DOCVQA, entry.get("image").asText().replace("documents/", "")))
                    .exists();
        }
    }

    @Test
    void picturesComeBackBitByBit() {
        List<Scene> scenes = scenes(Dataset.VQAV2);
        for (int i = 0; i < PICTURES; i++) {
            String name = String.format(Locale.ROOT, "COCO_val2014_%012d.jpg", i + 1);
            assertThat(PictureReader.read(image(Dataset.VQAV2, name)))
                    .isEqualTo(scenes.get(i).picture());
        }
    }

    @Test
    void theSameSeedWritesTheSameBytes(@TempDir Path again) throws IOException {
        DemoDatasets.write(again, SEED, PICTURES, QUESTIONS, drawn -> {});
        try (Stream<Path> files = Files.walk(dir)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSize(4 * PICTURES + 6);
            for (Path file : all) {
                assertThat(again.resolve(dir.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("file"), "");
        assertThatThrownBy(() -> DemoDatasets.write(file, SEED, 1, 1, drawn -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("file");
        assertThatThrownBy(() -> DemoDatasets.write(other, SEED, 0, 1, drawn -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
