package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialQuestion;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.RowReading;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.Progress;
import sightline.run.Portion;
import sightline.run.RunPlan;
import sightline.run.TinyStudy;
import sightline.run.TraceRun;

/** All steps of a study work with one checkpoint, opened once, and see it if a file of it is changed between them. */
class StudyCheckpointTest {
    @TempDir
    private Path folder;

    private TinyStudy study;
    private Path copy;
    private List<OfficialQuestion> questions;

    @BeforeEach
    void make() {
        study = TinyStudy.in(folder);
        copy = study.copyOfCheckpoint();
        questions = TinyStudy.questions(Dataset.VQAV2)
                .withImagesIn(study.images(Dataset.VQAV2))
                .samples();
    }

    private AnswerPlan answering() {
        return new AnswerPlan(
                Dataset.VQAV2,
                folder.resolve("answers.json"),
                study.images(Dataset.VQAV2),
                copy,
                TinyStudy.loading(),
                RowReading.PAPER,
                Decoding.greedy(2),
                AnswerPlan.PUBLISHED_SEED);
    }

    private RunPlan tracing(LoadOptions loading) {
        RunPlan base = study.plan(Dataset.VQAV2, folder.resolve("run"));
        return new RunPlan(
                base.folder(),
                base.dataset(),
                base.samples(),
                base.images(),
                copy,
                loading,
                base.settings(),
                Portion.ALL,
                0,
                false);
    }

    private void answer(StudyCheckpoint checkpoint) {
        try (AnswerRun run = AnswerRun.open(answering(), questions, checkpoint)) {
            run.answer(checkpoint.model(), Progress.NONE, () -> false);
            assertThat(run.finish().answered()).isEqualTo(questions.size());
        }
    }

    private static int trace(RunPlan plan, StudyCheckpoint checkpoint) {
        List<AnsweredQuestion> samples = TraceRun.read(plan, checkpoint).questions();
        try (TraceRun run = TraceRun.open(plan, samples, checkpoint)) {
            run.trace(checkpoint.model(), Progress.NONE, () -> false);
            return run.finish().traced();
        }
    }

    @Test
    void aStudyOpensAndHashesItsCheckpointOnce() {
        List<Path> opened = new ArrayList<>();
        RunPlan plan = tracing(TinyStudy.loading());
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(copy, TinyStudy.loading(), path -> {
            opened.add(path);
            return Families.open(path);
        })) {
            assertThat(TraceRun.difference(plan, checkpoint)).isEmpty();
            answer(checkpoint);
            assertThat(trace(plan, checkpoint)).isEqualTo(6);
            assertThat(TraceRun.difference(plan, checkpoint)).isEmpty();
            assertThat(checkpoint.weights()).isSameAs(checkpoint.weights());
            assertThat(checkpoint.model()).isSameAs(checkpoint.model());
        }
        assertThat(opened).as("and the hashes are taken where it is opened").containsExactly(copy);
    }

    private void assertSeen(StudyCheckpoint checkpoint, RunPlan plan, Path changed) {
        assertThatThrownBy(() -> trace(plan, checkpoint))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(changed + ": was changed while the model was in use");
        assertThat(plan.folder().resolve("samples.jsonl")).doesNotExist();
    }

    @Test
    void weightsThatAreChangedBetweenTwoStepsAreSeen() {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(copy, TinyStudy.loading())) {
            answer(checkpoint);
            assertSeen(checkpoint, tracing(TinyStudy.loading()), TinyStudy.changeUnseen(copy));
        }
    }

    @Test
    void aTokeniserThatIsChangedBetweenTwoStepsIsSeen() throws IOException {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(copy, TinyStudy.loading())) {
            answer(checkpoint);
            Path tokenizer = copy.resolve("tokenizer.json");
            Files.writeString(tokenizer, " ", StandardOpenOption.APPEND);
            assertSeen(checkpoint, tracing(TinyStudy.loading()), tokenizer);
        }
    }

    @Test
    void aGivenTemplateThatIsChangedBetweenTwoStepsIsSeen() throws IOException {
        Path given = Files.writeString(folder.resolve("given.jinja"), "{{ messages[0].content[1].text }}");
        LoadOptions loading = TinyStudy.loading().withChatTemplate(given);
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(copy, loading)) {
            checkpoint.requireUnchanged();
            Files.writeString(given, "!", StandardOpenOption.APPEND);
            assertSeen(checkpoint, tracing(loading), given);
        }
    }

    @Test
    void aChangeBeforeTheModelIsLoadedIsSeen() {
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(copy, TinyStudy.loading())) {
            Path changed = TinyStudy.changeUnseen(copy);
            assertThatThrownBy(checkpoint::model)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(changed + ": was changed");
        }
    }
}
