package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.dataset.AnswerEntry;
import sightline.dataset.Answers;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialQuestion;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.RowReading;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.run.TinyStudy;

class AnswerRunTest {
    private static final Decoding GREEDY = Decoding.greedy(4);
    private static VisionLanguageModel model;

    @TempDir
    private Path folder;

    private TinyStudy study;

    @BeforeAll
    static void load() {
        model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @BeforeEach
    void make() {
        study = TinyStudy.in(folder);
    }

    private AnswerPlan plan(Dataset dataset, String out, Decoding decoding) {
        return new AnswerPlan(
                dataset,
                folder.resolve(out),
                study.images(dataset),
                TinyStudy.checkpoint(),
                TinyStudy.loading(),
                RowReading.TRANSFORMERS,
                decoding,
                AnswerPlan.PUBLISHED_SEED);
    }

    private static AnswerReport run(AnswerPlan plan, List<OfficialQuestion> samples) {
        return run(plan, samples, () -> false);
    }

    private static AnswerReport run(AnswerPlan plan, List<OfficialQuestion> samples, BooleanSupplier stop) {
        try (AnswerRun run = TinyStudy.open(plan, samples)) {
            run.answer(List.of(model), Progress.NONE, stop);
            return run.finish();
        }
    }

    private static List<OfficialQuestion> questions(Dataset dataset) {
        return TinyStudy.questions(dataset).samples();
    }

    private static List<AnswerEntry> read(AnswerPlan plan) {
        List<AnswerEntry> entries = new ArrayList<>();
        assertThat(Answers.read(plan.dataset(), plan.out(), entries::add)).isEmpty();
        return entries;
    }

    @ParameterizedTest
    @EnumSource(Dataset.class)
    void answersAreTheEnginesInTheDatasetsOrder(Dataset dataset) {
        AnswerPlan plan = plan(dataset, "answers.json", GREEDY);
        List<OfficialQuestion> samples = questions(dataset);

        AnswerReport report = run(plan, samples);

        assertThat(report.answered()).isEqualTo(samples.size()).isEqualTo(6);
        List<AnswerEntry> entries = read(plan);
        assertThat(entries.stream().map(AnswerEntry::id))
                .containsExactlyElementsOf(
                        samples.stream().map(OfficialQuestion::id).toList());
        for (int i = 0; i < entries.size(); i++) {
            OfficialQuestion sample = samples.get(i);
            AnswerEntry entry = entries.get(i);
            assertThat(entry.question().choices())
                    .containsExactlyInAnyOrderElementsOf(sample.question().choices());
            assertThat(entry.groundTruths()).isEqualTo(sample.groundTruths());
            ModelInputs inputs = model.processor()
                    .encode(
                            plan.images().resolve(sample.image()),
                            dataset.prompt()
                                    .fill(
                                            sample.question().text(),
                                            entry.question().choices()));
            try (VisionMemory seen = model.see(inputs.picture())) {
                Answer answer = model.answer(inputs, seen, GREEDY);
                assertThat(entry.answer()).isEqualTo(answer.text());
                assertThat(Arrays.copyOf(entry.answerTokens(), answer.tokens().length))
                        .containsExactly(answer.tokens());
                assertThat(entry.answerTokens().length - answer.tokens().length)
                        .as("the end token is kept, if there was one")
                        .isEqualTo(answer.finished() ? 1 : 0);
            }
        }
    }

    @Test
    void choicesAreShuffledAlikeWhateverElseIsAsked() {
        List<OfficialQuestion> samples = questions(Dataset.VISUAL7W);
        AnswerPlan all = plan(Dataset.VISUAL7W, "all.json", GREEDY);
        AnswerPlan few = plan(Dataset.VISUAL7W, "few.json", GREEDY);
        run(all, samples);
        run(few, samples.subList(3, 5));

        assertThat(read(few).stream().map(entry -> entry.question().choices()))
                .containsExactlyElementsOf(read(all).subList(3, 5).stream()
                        .map(entry -> entry.question().choices())
                        .toList());
        assertThat(read(all).stream().map(entry -> entry.question()
                        .choices()
                        .indexOf(entry.groundTruths().get(0).text())))
                .as("the right answer is not always in one place")
                .doesNotContainSequence(0, 0, 0, 0, 0, 0)
                .matches(places -> places.stream().distinct().count() > 1);
    }

    @Test
    void drawnAnswersDependOnTheQuestionAndTheSeedAlone() throws IOException {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        Decoding drawn = Decoding.sampled(4, 1.5, 0.95, 7);
        run(plan(Dataset.VQAV2, "all.json", drawn), samples);
        List<OfficialQuestion> reversed = new ArrayList<>(samples);
        java.util.Collections.reverse(reversed);
        run(plan(Dataset.VQAV2, "reversed.json", drawn), reversed.subList(0, 4));
        run(plan(Dataset.VQAV2, "other.json", Decoding.sampled(4, 1.5, 0.95, 8)), samples);

        List<String> all = texts(plan(Dataset.VQAV2, "all.json", drawn));
        List<String> back = texts(plan(Dataset.VQAV2, "reversed.json", drawn));
        java.util.Collections.reverse(back);
        assertThat(back).isEqualTo(all.subList(2, 6));
        assertThat(texts(plan(Dataset.VQAV2, "other.json", drawn))).isNotEqualTo(all);
        assertThat(all).as("seeds differ between questions").doesNotHaveDuplicates();
    }

    private static List<String> texts(AnswerPlan plan) {
        return new ArrayList<>(read(plan).stream().map(AnswerEntry::answer).toList());
    }

    @Test
    void stoppedItGoesOnAndWritesTheSameFile() throws IOException {
        List<OfficialQuestion> samples = questions(Dataset.DOCVQA);
        AnswerPlan whole = plan(Dataset.DOCVQA, "whole.json", GREEDY);
        run(whole, samples);
        AnswerPlan plan = plan(Dataset.DOCVQA, "stopped.json", GREEDY);
        AtomicInteger asked = new AtomicInteger();

        AnswerReport first = run(plan, samples, () -> asked.getAndIncrement() >= 2);
        assertThat(first.stopped()).isTrue();
        assertThat(plan.out()).doesNotExist();
        Path journal = plan.work().resolve("answers.jsonl");
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length - 5)); // as a kill leaves it

        AnswerReport second = run(plan, samples);
        assertThat(second.before()).isEqualTo(1);
        assertThat(second.answered()).isEqualTo(5);
        assertThat(plan.out()).hasSameBinaryContentAs(whole.out());
    }

    @Test
    void anAnswerToSomethingElseIsNone() {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        run(plan, samples);
        OfficialQuestion old = samples.get(0);
        List<OfficialQuestion> changed = new ArrayList<>(samples);
        changed.set(
                0,
                new OfficialQuestion(
                        new Question(
                                Dataset.VQAV2, old.id(), old.image(), "Is the gate open?", List.of(), old.categories()),
                        old.imageId(),
                        old.imageField(),
                        old.groundTruths(),
                        old.place(),
                        old.questionFile()));
        try (AnswerRun run = TinyStudy.open(plan, changed)) {
            assertThat(run.remaining()).isEqualTo(1);
        }
    }

    @Test
    void noAnswerIsLostByAskingFewerQuestions() throws IOException {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        run(plan, samples.subList(0, 4));
        run(plan, samples); // more are welcome
        byte[] all = Files.readAllBytes(plan.out());
        assertThatThrownBy(() -> TinyStudy.open(plan, samples.subList(0, 2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("answers.json: has 6 answers, and 4 of them are to none of the 2 questions")
                .hasMessageContaining("--limit");
        assertThat(plan.out()).hasBinaryContent(all);

        Files.writeString(plan.out(), Files.readString(plan.out()).replace("\"answer\": \"", "\"answer\": \"my "));
        byte[] edited = Files.readAllBytes(plan.out());
        assertThatThrownBy(() -> TinyStudy.open(plan, samples))
                .as("nor what somebody has written into it")
                .hasMessageContaining("answers.json: was changed since Sightline wrote it");
        assertThat(plan.out()).hasBinaryContent(edited);

        Files.delete(plan.out());
        run(plan, samples);
        assertThat(plan.out()).hasBinaryContent(all);
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> TinyStudy.open(plan(Dataset.VQAV2, "link.json", GREEDY), samples))
                .as("before hours of answering")
                .hasMessageContaining("link.json: is a link to something that does not exist");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void otherSettingsAreRefused() {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        TinyStudy.open(plan(Dataset.VQAV2, "answers.json", GREEDY), samples).close();
        assertThatThrownBy(() -> TinyStudy.open(plan(Dataset.VQAV2, "answers.json", Decoding.greedy(5)), samples))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("max_new_tokens was 4, not 5");
        assertThatThrownBy(() ->
                        TinyStudy.open(plan(Dataset.VQAV2, "answers.json", Decoding.sampled(4, 1, 1, 3)), samples))
                .hasMessageContaining("sample_temperature was 0.0, not 1.0");
    }

    @Test
    void aSecondOneIsKeptOutAndAForeignFileIsNotOverwritten() throws IOException {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        try (AnswerRun run = TinyStudy.open(plan, samples)) {
            assertThat(run.remaining()).isEqualTo(6);
            assertThatThrownBy(() -> TinyStudy.open(plan, samples))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another process is answering");
        }
        AnswerPlan foreign = plan(Dataset.VQAV2, "foreign.json", GREEDY);
        Files.writeString(foreign.out(), "mine");
        assertThatThrownBy(() -> TinyStudy.open(foreign, samples))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("so that nothing is overwritten");
        assertThat(foreign.out()).hasContent("mine");
    }

    @Test
    void aBrokenPictureCostsItsQuestionsAlone() throws IOException {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        Path picture = plan.images().resolve("COCO_val2014_000000000136.jpg");
        byte[] bytes = Files.readAllBytes(picture);
        Files.write(picture, Arrays.copyOf(bytes, 200));

        AnswerReport report = run(plan, samples);
        assertThat(report.failed()).containsOnlyKeys(136000L, 136001L);
        assertThat(read(plan)).hasSize(4);
        JsonNode last = null;
        for (String line : Files.readAllLines(plan.work().resolve("answers.jsonl"))) {
            JsonNode node = new ObjectMapper().readTree(line);
            last = node.has("failed") ? node : last;
        }
        assertThat(last.get("failed").asText()).contains("136.jpg");

        Files.write(picture, bytes);
        AnswerReport again = run(plan, samples);
        assertThat(again.before()).isEqualTo(4);
        assertThat(again.answered()).isEqualTo(2);
        assertThat(read(plan)).hasSize(6);
    }

    @Test
    void questionsAboutOnePictureShareItsVisionPass() {
        String one = "COCO_val2014_000000000042.jpg";
        String two = "COCO_val2014_000000000073.jpg";
        Path images = study.images(Dataset.VQAV2);
        Map<String, String> contents = PictureHashes.of(images, List.of(one, two));
        try (SamplePictures made = SamplePictures.of(List.of(model), images, contents, List.of(one, two));
                SeenPictures pictures = new SeenPictures(model, made)) {
            VisionMemory first = pictures.see(one);
            assertThat(pictures.see(one)).isSameAs(first);
            VisionMemory second = pictures.see(two);
            assertThat(second).isNotSameAs(first);
            assertThatThrownBy(() -> model.use(first))
                    .as("one in memory at a time")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** A run with one answer, whose journal can be meddled with. */
    private Path journalOf(AnswerPlan plan) {
        AtomicInteger asked = new AtomicInteger();
        run(plan, questions(plan.dataset()), () -> asked.getAndIncrement() >= 1);
        return plan.work().resolve("answers.jsonl");
    }

    private void assertRefused(AnswerPlan plan, String place, String message) {
        assertThatThrownBy(() -> TinyStudy.open(plan, questions(plan.dataset())))
                .as(message)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(message);
    }

    @Test
    void aLineOfAnotherShapeIsNamed() throws IOException {
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        Path journal = journalOf(plan);
        String whole = Files.readString(journal);
        assertThat(whole).hasLineCount(1);
        for (String name : List.of("id", "image", "picture_sha256", "question", "choices", "answer", "answer_tokens")) {
            Files.writeString(journal, whole.replace("\"" + name + "\":", "\"x" + name + "\":"));
            assertRefused(plan, "answers.jsonl, line 1", name + " is missing");
        }
        Files.writeString(
                journal, whole.replaceFirst("\"answer_tokens\":\\[[0-9,]*\\]", "\"answer_tokens\":{\"0\":5}"));
        assertRefused(plan, "answers.jsonl, line 1", "answer_tokens is {\"0\":5}");
        Files.writeString(journal, whole + whole);
        assertRefused(plan, "answers.jsonl, line 2", "holds a second answer to question");
        Files.writeString(
                journal, whole.replaceFirst("\"settings\":\"[0-9a-f]{16}\"", "\"settings\":\"0123456789abcdef\""));
        assertRefused(plan, "answers.jsonl, line 1", "was made under settings \"0123456789abcdef\"");
        Files.writeString(journal, whole.replaceFirst("\"settings\":\"[0-9a-f]{16}\",", ""));
        assertRefused(plan, "answers.jsonl, line 1", "was made under settings that it does not tell");
    }

    @Test
    void linesWithoutTheirSettingsAreNotGoneOnWith() throws IOException {
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        Path journal = journalOf(plan);
        byte[] lines = Files.readAllBytes(journal);
        Path manifest = plan.work().resolve("manifest.json");
        String settings = Files.readString(manifest);
        Files.delete(manifest);
        assertRefused(plan, "answers.jsonl", "manifest.json is not");
        assertThat(manifest).doesNotExist();
        assertThat(journal).hasBinaryContent(lines);

        Files.writeString(manifest, settings.replace("\"choice_seed\" : 42", "\"choice_seed\" : 43"));
        assertRefused(plan, "manifest.json", "choice_seed was 43, not 42");
        Files.writeString(manifest, settings.replace("\"format\" : 2", "\"format\" : 1"));
        assertRefused(plan, "manifest.json", "has format 1, of an earlier version");
        Files.writeString(manifest, "");
        assertRefused(plan, "manifest.json", "is empty");
        Files.writeString(manifest, settings);
        try (AnswerRun run = TinyStudy.open(plan, questions(Dataset.VQAV2))) {
            assertThat(run.remaining()).isEqualTo(5);
        }
    }

    @Test
    void aChangedPictureIsAskedAboutAgain() throws IOException {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        assertThat(run(plan, samples).answered()).isEqualTo(6);
        Path picture = plan.images().resolve("COCO_val2014_000000000136.jpg");
        byte[] old = Files.readAllBytes(picture);
        Files.write(picture, Files.readAllBytes(plan.images().resolve("COCO_val2014_000000000042.jpg")));

        AnswerReport second = run(plan, samples);
        assertThat(second.before()).isEqualTo(4);
        assertThat(second.answered()).as("both of its questions").isEqualTo(2);

        Files.write(picture, old);
        assertThat(run(plan, samples).answered())
                .as("the old answers count again")
                .isZero();
    }

    @Test
    void aPictureThatChangesMeanwhileFailsItsQuestions() throws IOException {
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        AnswerPlan plan = plan(Dataset.VQAV2, "answers.json", GREEDY);
        Path picture = plan.images().resolve("COCO_val2014_000000000136.jpg");
        try (AnswerRun run = TinyStudy.open(plan, samples)) {
            Files.write(picture, Files.readAllBytes(plan.images().resolve("COCO_val2014_000000000042.jpg")));
            run.answer(List.of(model), Progress.NONE, () -> false);
            AnswerReport report = run.finish();
            assertThat(report.failed()).containsOnlyKeys(136000L, 136001L);
            assertThat(report.failed().get(136000L)).contains("136.jpg: was changed since this began");
        }
        assertThat(run(plan, samples).answered()).isEqualTo(2);
    }

    @Test
    void answersOfOtherWeightsAreNotGoneOnWith() throws IOException {
        Path copy = study.copyOfCheckpoint();
        AnswerPlan base = plan(Dataset.VQAV2, "answers.json", GREEDY);
        AnswerPlan plan = new AnswerPlan(
                base.dataset(),
                base.out(),
                base.images(),
                copy,
                base.loading(),
                base.rows(),
                base.decoding(),
                base.choiceSeed());
        List<OfficialQuestion> samples = questions(Dataset.VQAV2);
        try (VisionLanguageModel own = Families.load(copy, TinyStudy.loading());
                AnswerRun run = TinyStudy.open(plan, samples)) {
            AtomicInteger asked = new AtomicInteger();
            run.answer(List.of(own), Progress.NONE, () -> asked.getAndIncrement() >= 2);
        }
        TinyStudy.changeUnseen(copy);
        assertRefused(plan, "manifest.json", "this was begun with other weights");
    }
}
