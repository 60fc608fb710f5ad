package sightline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.error.InputException;

/** Every malformed twin of an official file, treated as {@code bad/index.json} asks. */
class BadFilesTest {
    @TempDir
    private Path images;

    private record Bad(String file, String defect, JsonNode entry, String field, String policy, String expect) {
        Dataset dataset() {
            return file.startsWith("vqa_")
                    ? Dataset.VQAV2
                    : file.startsWith("visual7w") ? Dataset.VISUAL7W : Dataset.DOCVQA;
        }

        Path path() {
            return Golden.file("datasets/bad/" + file);
        }

        OfficialQuestions read(Path images) {
            boolean questions = file.startsWith("vqa_questions");
            Path annotations = questions ? Golden.annotations(dataset()) : path();
            Optional<Path> second = questions ? Optional.of(path()) : Golden.questions(dataset());
            return OfficialDataset.read(dataset(), annotations, second).withImagesIn(images);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    private static Stream<Bad> all() {
        return Golden.stream(Golden.json("datasets/bad/index.json"))
                .map(json -> new Bad(
                        json.path("file").asText(),
                        json.path("defect").asText(),
                        json.path("entry"),
                        json.path("field").asText(""),
                        json.path("policy").asText(),
                        json.path("expect").asText()));
    }

    private static Stream<Bad> with(String policy) {
        return all().filter(bad -> bad.policy().equals(policy));
    }

    private static Stream<Bad> errors() {
        return with("error");
    }

    private static Stream<Bad> skips() {
        return with("skip_and_report");
    }

    private static Stream<Bad> accepted() {
        return with("accept");
    }

    @Test
    void thereAreThreePoliciesAndNoFileIsLeftOut() throws IOException {
        assertThat(all().count())
                .isEqualTo(errors().count() + skips().count() + accepted().count())
                .isGreaterThan(100);
        try (Stream<Path> files = Files.list(Golden.file("datasets/bad"))) {
            assertThat(files.count()).isEqualTo(all().count() + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorNamesFileAndPlace(Bad bad) throws IOException {
        Path folder = Golden.images(bad.dataset(), images);
        assertThatThrownBy(() -> bad.read(folder)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.place()).isEqualTo(bad.path().toString());
            if (bad.entry().isNumber()) {
                assertThat(e.problem()).contains(bad.entry().asText());
            }
            for (String word : words(bad)) {
                assertThat(e.getMessage()).containsIgnoringCase(word);
            }
        });
    }

    /** What the message has to say beyond the file. */
    private static List<String> words(Bad bad) {
        return switch (bad.defect()) {
            case "truncated" -> List.of("line", "column", "the file ends there");
            case "utf16" -> List.of("UTF-16", "UTF-8");
            case "invalid_utf8" -> List.of("byte", "UTF-8", String.valueOf(firstInvalid(bad.path())));
            case "trailing_garbage" -> List.of("after the end of the JSON value", "line");
            case "empty_file" -> List.of("is empty");
            case "root_is_list" -> List.of("holds a list", "object with \"" + bad.field() + "\"");
            case "missing_top_key" -> List.of("\"" + bad.field() + "\" is missing");
            case "empty_list" -> List.of("no entries", "nothing to do");
            case "wrong_type_list" -> List.of("a list", "an object");
            case "duplicate_key" -> List.of("given twice", "'question'", "line");
            case "no_test_images" -> List.of("no image of split \"test\"");
            case "missing_field_split" -> List.of("split missing");
            case "duplicate_question_id", "duplicate_questionId" -> List.of("entries 1 and 4");
            case "duplicate_qa_id" -> List.of("given twice", "entry 0, qa_pairs[1]", "entry 2, qa_pairs[0]");
            default -> {
                assertThat(bad.defect()).startsWith("nan_");
                yield List.of("NaN is not JSON", "line");
            }
        };
    }

    /** The offset of the first byte that Java's own strict decoder refuses. */
    private static int firstInvalid(Path file) {
        try {
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(Files.readAllBytes(file));
            java.nio.charset.StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes, java.nio.CharBuffer.allocate(bytes.capacity()), true);
            return bytes.position();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("skips")
    void aSkipNamesFileEntryAndFieldAndTheRestIsRead(Bad bad) throws IOException {
        OfficialQuestions samples = bad.read(Golden.images(bad.dataset(), images));
        assertThat(samples.skipped()).anySatisfy(skip -> {
            assertThat(skip.file()).isEqualTo(bad.path().toString());
            assertThat(skip.entry()).isEqualTo(bad.entry().asInt());
            assertThat(skip.field()).isEqualTo(bad.field());
            assertThat(says(skip.problem(), bad.expect())).as(skip.problem()).isTrue();
        });
        int good = Golden.samples(bad.dataset()).samples().size();
        assertThat(samples.samples().size()).isBetween(good - 2, good - 1);
        assertThatThrownBy(samples::requireNoSkips)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--strict");
    }

    /** Whether the problem begins as the index says it; what follows there are remarks on the published code. */
    private static boolean says(String problem, String expect) {
        String core =
                expect.replaceFirst(" \\(.*", "").replaceFirst("[:;,].*", "").toLowerCase(Locale.ROOT);
        String said = problem.toLowerCase(Locale.ROOT);
        return switch (core) {
            case "id missing" -> said.equals("question_id missing");
            case "question without an annotation" -> said.startsWith("no annotation with this id");
            case "only the last part of the path is used" -> said.startsWith("image page_1.png not found");
            case "no category" -> said.startsWith("no category");
            case "three wrong choices expected" -> said.equals("three wrong choices expected, 2 found");
            case "list expected", "string expected", "whole number expected" -> {
                String found = expect.replaceFirst(" \\(.*", "").replaceFirst("^[^,]*,? ?", "");
                yield said.startsWith(core) && (found.isEmpty() || said.contains(found));
            }
            default -> said.startsWith(core);
        };
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatIsHarmlessIsRead(Bad bad) throws IOException {
        OfficialQuestions samples = bad.read(Golden.images(bad.dataset(), images));
        assertThat(samples.skipped()).isEmpty();
        int without = bad.defect().equals("qa_pairs_empty") ? 2 : 0;
        assertThat(samples.samples())
                .hasSize(Golden.samples(bad.dataset()).samples().size() - without);
        if (bad.defect().equals("nine_answers")) {
            assertThat(samples.samples().get(bad.entry().asInt()).groundTruths())
                    .hasSize(9);
        }
    }

    @Test
    void aPicturesNameStaysInItsFolder() throws IOException {
        Path annotations = images.resolve("annotations.json");
        String text = Files.readString(Golden.annotations(Dataset.VQAV2));
        Files.writeString(
                annotations, text.replace("\"data_subtype\": \"val2014\"", "\"data_subtype\": \"../val2014\""));
        assertThatThrownBy(() -> OfficialDataset.read(Dataset.VQAV2, annotations, Golden.questions(Dataset.VQAV2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("annotations.json: field \"data_subtype\" is \"../val2014\"");
    }

    @Test
    void aPictureWhoseNameTheSystemCannotHaveIsSkipped() throws IOException {
        OfficialQuestions all =
                OfficialDataset.read(Dataset.DOCVQA, Golden.annotations(Dataset.DOCVQA), Optional.empty());
        OfficialQuestion first = all.samples().get(0);
        OfficialQuestion strange = new OfficialQuestion(
                new Question(Dataset.DOCVQA, 1, "half a pair \ud800.png", "What?", List.of(), first.categories()),
                first.imageId(),
                first.imageField(),
                first.groundTruths(),
                first.place(),
                first.questionFile());
        Files.createFile(images.resolve(first.image()));
        OfficialQuestions found = new OfficialQuestions(List.of(first, strange), List.of()).withImagesIn(images);
        assertThat(found.samples()).containsExactly(first);
        assertThat(found.skipped()).hasSize(1);
        assertThat(found.skipped().get(0).problem()).contains("can hold no file of the name", "UTF-8 locale");
    }

    @Test
    void aQuestionAndAnAnnotationWithoutPartnerAreBothReported() throws IOException {
        Bad bad = skips().filter(b -> b.defect().equals("question_without_annotation"))
                .findFirst()
                .orElseThrow();
        assertThat(bad.read(Golden.images(Dataset.VQAV2, images)).skipped())
                .extracting(Skip::problem)
                .containsExactlyInAnyOrder("no question with this id: 164002", "no annotation with this id: 999999999");
    }
}
