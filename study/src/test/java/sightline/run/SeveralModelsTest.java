package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sightline.answering.AnswerPlan;
import sightline.answering.AnswerRun;
import sightline.dataset.Dataset;
import sightline.family.Families;
import sightline.knockout.RowReading;
import sightline.model.Decoding;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.sweep.SharedSweep;
import sightline.sweep.Sweep;

/** Two models of one checkpoint, as two cards would have them, on this machine's cores: one queue, one journal. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard: workers that wait for each other would do so for ever
class SeveralModelsTest {
    private static List<VisionLanguageModel> models;

    @TempDir
    private Path folder;

    private final Set<VisionLanguageModel> used = ConcurrentHashMap.newKeySet();
    private TinyStudy study;

    @BeforeAll
    static void load() {
        models = List.of(
                Families.load(TinyStudy.checkpoint(), TinyStudy.loading()),
                Families.load(TinyStudy.checkpoint(), TinyStudy.loading()));
    }

    @AfterAll
    static void close() {
        models.forEach(VisionLanguageModel::close);
    }

    @BeforeEach
    void make() {
        study = TinyStudy.in(folder);
    }

    private RunPlan plan(String run) {
        return study.plan(Dataset.VQAV2, folder.resolve(run));
    }

    private static RunReport run(
            RunPlan plan,
            List<VisionLanguageModel> on,
            Function<VisionLanguageModel, Sweep> sweeps,
            BooleanSupplier stop) {
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(on, sweeps, Progress.NONE, stop);
            return run.finish();
        }
    }

    private static RunReport alone(RunPlan plan) {
        return run(plan, models.subList(0, 1), SharedSweep::new, () -> false);
    }

    /** Each model's first sample waits for the other's, so that both have a part. */
    private Function<VisionLanguageModel, Sweep> meeting() {
        CountDownLatch both = new CountDownLatch(models.size());
        return model -> {
            Sweep sweep = new SharedSweep(model);
            return (request, seen, progress) -> {
                if (used.add(model)) {
                    both.countDown();
                }
                await(both);
                return sweep.run(request, seen, progress);
            };
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theyShareTheSamplesAndWriteWhatOneWrites() {
        RunReport one = alone(plan("one"));
        RunReport two = run(plan("two"), models, meeting(), () -> false);

        assertThat(used).hasSize(2);
        assertThat(two.traced()).isEqualTo(one.traced()).isEqualTo(6);
        assertThat(withoutMark(plan("two"))).isEqualTo(withoutMark(plan("one")));
    }

    /** The mark is of settings that tell when a run began. */
    private static List<JsonNode> withoutMark(RunPlan plan) {
        List<JsonNode> lines = TinyStudy.lines(plan.folder());
        lines.forEach(line -> ((com.fasterxml.jackson.databind.node.ObjectNode) line).remove("settings"));
        return lines;
    }

    @Test
    void whatOneBeganTwoGoOnWith() {
        RunPlan plan = plan("run");
        int[] asked = {0};
        RunReport begun = run(plan, models.subList(0, 1), SharedSweep::new, () -> asked[0]++ >= 2);
        assertThat(begun.stopped()).isTrue();
        assertThat(begun.traced()).isEqualTo(2);

        RunReport rest = run(plan, models, SharedSweep::new, () -> false);
        assertThat(rest.before()).isEqualTo(2);
        assertThat(rest.traced()).isEqualTo(4);
        assertThat(rest.results()).isPresent();
        assertThat(TinyStudy.lines(plan.folder())).hasSize(6);
    }

    @Test
    void stoppedNeitherBeginsAnother() {
        RunPlan plan = plan("run");
        int[] asked = {0};
        RunReport report = run(plan, models, SharedSweep::new, () -> asked[0]++ >= 2); // both may be one model's
        assertThat(report.stopped()).isTrue();
        assertThat(report.traced()).isEqualTo(2);
        assertThat(TinyStudy.lines(plan.folder())).hasSize(2);
        assertThat(alone(plan).traced()).isEqualTo(4);
    }

    @Test
    void ifOneFailsTheOtherKeepsWhatItHasInHandAndBeginsNoMore() {
        RunPlan plan = plan("run");
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        Function<VisionLanguageModel, Sweep> second = model -> {
            if (model == models.get(1)) {
                return (request, seen, progress) -> {
                    await(inHand);
                    failed.countDown();
                    throw new IllegalStateException("the card has fallen off the bus");
                };
            }
            Sweep sweep = new SharedSweep(model);
            return (request, seen, progress) -> {
                inHand.countDown();
                await(failed);
                return sweep.run(request, seen, progress);
            };
        };
        assertThatThrownBy(() -> run(plan, models, second, () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fallen off");
        int kept = TinyStudy.lines(plan.folder()).size();
        assertThat(kept).isBetween(1, 5);
        assertThat(alone(plan).traced()).as("the rest, each once").isEqualTo(6 - kept);
    }

    @Test
    void theSampleThatIsVerifiedIsOneOfAll() {
        RunPlan base = plan("run");
        RunPlan plan = new RunPlan(
                base.folder(),
                base.dataset(),
                base.samples(),
                base.images(),
                base.model(),
                base.loading(),
                base.settings(),
                base.portion(),
                1,
                false);
        assertThat(run(plan, models, meeting(), () -> false).verified()).isEqualTo(1);
    }

    @Test
    void answersAreThoseOfOne() throws Exception {
        assertThat(answers("two.json", models)).isEqualTo(answers("one.json", models.subList(0, 1)));
    }

    private String answers(String out, List<VisionLanguageModel> on) throws Exception {
        AnswerPlan plan = new AnswerPlan(
                Dataset.VQAV2,
                folder.resolve(out),
                study.images(Dataset.VQAV2),
                TinyStudy.checkpoint(),
                TinyStudy.loading(),
                RowReading.PAPER,
                Decoding.greedy(3),
                AnswerPlan.PUBLISHED_SEED);
        try (AnswerRun run =
                TinyStudy.open(plan, TinyStudy.questions(Dataset.VQAV2).samples())) {
            run.answer(on, Progress.NONE, () -> false);
            assertThat(run.finish().answered()).isEqualTo(6);
        }
        return Files.readString(plan.out());
    }
}
