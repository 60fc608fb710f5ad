package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import sightline.model.ProcessorOptions;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.run.Portion;
import sightline.run.RunPlan;
import sightline.run.TinyStudy;
import sightline.run.TraceRun;
import sightline.tensor.ComputeDevice;

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
            run.answer(checkpoint.models(), Progress.NONE, () -> false);
            assertThat(run.finish().answered()).isEqualTo(questions.size());
        }
    }

    private static int trace(RunPlan plan, StudyCheckpoint checkpoint) {
        List<AnsweredQuestion> samples = TraceRun.read(plan, checkpoint).questions();
        try (TraceRun run = TraceRun.open(plan, samples, checkpoint)) {
            run.trace(checkpoint.models(), Progress.NONE, () -> false);
            return run.finish().traced();
        }
    }

    @Test
    void aStudyOpensAndHashesItsCheckpointOnce() {
        List<Path> opened = new ArrayList<>();
        RunPlan plan = tracing(TinyStudy.loading());
        try (StudyCheckpoint checkpoint =
                StudyCheckpoint.open(copy, TinyStudy.loading(), List.of(ComputeDevice.CPU), path -> {
                    opened.add(path);
                    return Families.open(path);
                })) {
            assertThat(TraceRun.difference(plan, checkpoint)).isEmpty();
            answer(checkpoint);
            assertThat(trace(plan, checkpoint)).isEqualTo(6);
            assertThat(TraceRun.difference(plan, checkpoint)).isEmpty();
            assertThat(checkpoint.weights()).isSameAs(checkpoint.weights());
            assertThat(checkpoint.models().get(0)).isSameAs(checkpoint.models().get(0));
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
        LoadOptions loading =
                TinyStudy.loading().with(new ProcessorOptions(Optional.of(given), Optional.empty(), Optional.empty()));
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
            assertThatThrownBy(checkpoint::models)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(changed + ": was changed");
        }
    }

    @Test
    void severalDevicesHaveAModelEachOfFilesThatAreHashedOnce() {
        List<Path> opened = new ArrayList<>();
        RunPlan plan = tracing(TinyStudy.loading());
        List<VisionLanguageModel> models;
        try (StudyCheckpoint checkpoint =
                StudyCheckpoint.open(copy, TinyStudy.loading(), List.of(ComputeDevice.CPU, ComputeDevice.CPU), path -> {
                    opened.add(path);
                    return Families.open(path);
                })) {
            assertThat(checkpoint.isLoaded()).isFalse();
            models = checkpoint.models();
            assertThat(models).hasSize(2).doesNotHaveDuplicates();
            assertThat(checkpoint.models()).isEqualTo(models);
            assertThat(trace(plan, checkpoint)).isEqualTo(6);
        }
        assertThat(opened).containsExactly(copy, copy);
        assertThat(models)
                .allSatisfy(model ->
                        assertThatThrownBy(model::decoder).as("closed").isInstanceOf(IllegalStateException.class));
    }

    @Test
    void aChangeBetweenTwoDevicesIsSeen() {
        Path[] changed = {null};
        int[] opened = {0};
        try (StudyCheckpoint checkpoint =
                StudyCheckpoint.open(copy, TinyStudy.loading(), List.of(ComputeDevice.CPU, ComputeDevice.CPU), path -> {
                    changed[0] = opened[0]++ == 1 ? TinyStudy.changeUnseen(copy) : changed[0];
                    return Families.open(path);
                })) {
            assertThatThrownBy(checkpoint::models)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(changed[0] + ": was changed");
        }
    }

    @Test
    void devicesOfTwoKindsAreNone() {
        List<ComputeDevice> mixed = List.of(ComputeDevice.CPU, ComputeDevice.cuda(0));
        assertThatThrownBy(() -> StudyCheckpoint.open(copy, TinyStudy.loading(), mixed))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
