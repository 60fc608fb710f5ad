package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.Medium;
import sightline.mllama.MllamaProcessor;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.world.Mix;

/** A training of a few steps does what one of an hour does: it learns, can be gone on with, and leaves a checkpoint. */
class TrainDemoTest {
    private static final Recipe SHORT = new Recipe(List.of(
            new Stage("labels", 0.5, Mix.all().withQuestions(3), 3, false, CutRule.NONE),
            new Stage("all kinds", 0.5, Mix.all().withQuestions(3), 3, true, CutRule.NONE)));

    @TempDir
    private Path folder;

    private static class Log implements TrainingListener {
        private final List<Long> steps = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private final int most;

        Log() {
            this(Integer.MAX_VALUE);
        }

        /** Has the training stop after so many steps. */
        Log(int most) {
            this.most = most;
        }

        @Override
        public void step(long step, double done, double seconds, String state) {
            steps.add(step);
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }

        @Override
        public boolean stops() {
            return steps.size() >= most;
        }
    }

    @Test
    void bothLossesFall() {
        TrainDemo demo = new TrainDemo(folder, 3);
        demo.train(SHORT, Pace.steps(1), new Log()); // for the processor's files
        try (MllamaProcessor processor = MllamaProcessor.load(folder, demo.config());
                Trainer trainer = new Trainer(
                        demo.config(),
                        SHORT,
                        new Prompter(processor, demo.config().imageToken(), demo.stopToken()),
                        3,
                        2)) {
            double labels = trainer.step(0).labelLoss();
            for (int i = 0; i < 20; i++) {
                trainer.step(0.1);
            }
            assertThat(trainer.step(0.1).labelLoss()).isPositive().isLessThan(0.8 * labels);
            double answers = trainer.step(0.6).answerLoss();
            for (int i = 0; i < 20; i++) {
                trainer.step(0.6);
            }
            assertThat(trainer.step(0.6).answerLoss()).isPositive().isLessThan(0.8 * answers);
        }
    }

    /** Of the demo's own recipe: what a stage asks, and what its model must learn by it. */
    @Test
    void everyStageOfTheDemosRecipeMakesSteps() {
        Recipe recipe = Recipe.demo();
        TrainDemo demo = new TrainDemo(folder, 5);
        demo.train(SHORT, Pace.steps(1), new Log()); // for the processor's files
        try (MllamaProcessor processor = MllamaProcessor.load(folder, demo.config());
                Trainer trainer = new Trainer(
                        demo.config(),
                        recipe,
                        new Prompter(processor, demo.config().imageToken(), demo.stopToken()),
                        5,
                        2)) {
            double begin = 0;
            double first = 0;
            for (Stage stage : recipe.stages()) {
                Trainer.Step step = trainer.step(begin + stage.share() / 2);
                assertThat(step.stage()).isEqualTo(stage.name());
                assertThat(step.gradient()).as(stage.name()).isFinite().isPositive();
                assertThat(step.labelLoss()).as(stage.name()).isFinite().isPositive();
                assertThat(step.answerLoss() > 0).as(stage.name()).isEqualTo(stage.asks());
                assertThat(Double.isFinite(step.answerLoss())).isTrue();
                first = first == 0 ? step.labelLoss() : first;
                begin += stage.share();
            }
            for (int i = 0; i < 10; i++) {
                trainer.step(0.05);
            }
            assertThat(trainer.step(0.05).labelLoss()).as("it learns").isLessThan(0.9 * first);
        }
    }

    @Test
    void anInterruptedTrainingGoesOnAndEqualsAnUninterruptedOne() throws IOException {
        Path whole = folder.resolve("whole");
        Path halves = folder.resolve("halves");
        new TrainDemo(whole, 4).train(SHORT, Pace.steps(6), new Log());
        assertThat(new TrainDemo(halves, 4).train(SHORT, Pace.steps(6), new Log(3)))
                .isFalse();
        assertThat(halves.resolve("README.md")).doesNotExist();
        Log second = new Log();
        assertThat(new TrainDemo(halves, 4).train(SHORT, Pace.steps(6), second)).isTrue();
        assertThat(second.steps).containsExactly(4L, 5L, 6L);
        assertThat(second.lines.get(0)).contains("goes on at step 3");
        assertThat(halves.resolve("model.safetensors")).hasSameBinaryContentAs(whole.resolve("model.safetensors"));
        try (VisionLanguageModel model = Families.load(halves, LoadOptions.defaults())) {
            assertThat(model.shape().layersOf(Medium.IMAGE)).isNotEmpty();
        }
        assertThat(Files.readString(halves.resolve("README.md"))).contains("seed 4", "6 steps", "gone on with once");
        assertThat(Files.readString(whole.resolve("README.md"))).contains("in one piece");
        List<String> tables = new TrainDemo(halves, 4).evaluate(1);
        String card = Files.readString(halves.resolve("README.md"));
        assertThat(card).contains("gone on with once", String.join("\n", tables));
        Files.delete(halves.resolve("model.safetensors")); // as if killed between the state and the weights
        Log third = new Log();
        assertThat(new TrainDemo(halves, 4).train(SHORT, Pace.steps(6), third)).isTrue();
        assertThat(third.steps).as("it is at its end").isEmpty();
        assertThat(Files.readString(halves.resolve("README.md"))).isEqualTo(card);
        new TrainDemo(halves, 4).evaluate(1);
        assertThat(Files.readString(halves.resolve("README.md")))
                .as("no table is there twice")
                .isEqualTo(card);
        assertThat(halves.resolve("model.safetensors")).hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    }

    /** What is in the way of the state stands for a disk without room. */
    @Test
    void whatCannotBeSavedIsToldWithWhatIsKept() throws IOException {
        Path trained = folder.resolve("full");
        Path inTheWay = trained.resolve(".training-state.bin.partial/full");
        Log blocked = new Log(1) {
            @Override
            public void step(long step, double done, double seconds, String state) {
                super.step(step, done, seconds, state);
                try {
                    Files.createDirectories(inTheWay);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        assertThatThrownBy(() -> new TrainDemo(trained, 1).train(SHORT, Pace.steps(4), blocked))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("training-state.bin: cannot be written")
                .hasMessageContaining("nothing of it is kept");
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(new TrainDemo(trained, 1).train(SHORT, Pace.steps(4), new Log(2)))
                .isFalse();
        blocked.steps.clear();
        assertThatThrownBy(() -> new TrainDemo(trained, 1).train(SHORT, Pace.steps(4), blocked))
                .hasMessageContaining("the training up to step 2 is kept");
    }

    @Test
    void withoutRoomNoTrainingBegins() throws IOException {
        Path trained = Files.createDirectory(folder.resolve("small"));
        TrainingPlan plan = new TrainingPlan("model", "recipe", 1, "1 steps");
        try (TrainingFolder opened = TrainingFolder.open(trained, plan)) {
            assertThatThrownBy(() -> opened.requireRoom(Long.MAX_VALUE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--out: needs 8589934592.0 GiB, but " + trained + " has ");
            opened.requireRoom(1);
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private void refused(Path where, Recipe recipe, Pace pace, long seed, String... says) throws IOException {
        Map<String, String> before = contents(where);
        assertThatThrownBy(() -> new TrainDemo(where, seed).train(recipe, pace, new Log()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(says);
        assertThat(contents(where)).as("nothing is touched").isEqualTo(before);
    }

    @Test
    void anotherTrainingIsRefused() throws IOException {
        Path trained = folder.resolve("trained");
        new TrainDemo(trained, 1).train(SHORT, Pace.steps(1), new Log());

        refused(trained, SHORT, Pace.steps(1), 2, "--seed", "seed 1");
        refused(trained, SHORT, Pace.steps(2), 1, "--minutes", "2 steps", "1 steps");
        refused(trained, Recipe.demo(), Pace.steps(1), 1, "--out", "its recipe is another");
        try (TrainingFolder busy = TrainingFolder.open(
                trained,
                TrainingState.peek(trained.resolve("training-state.bin")).plan())) {
            refused(trained, SHORT, Pace.steps(1), 1, "--out", "another process");
        }

        byte[] state = Files.readAllBytes(trained.resolve("training-state.bin"));
        Files.write(trained.resolve("training-state.bin"), Arrays.copyOf(state, 20));
        refused(trained, SHORT, Pace.steps(1), 1, "training-state.bin", "is no state of this training");
        state[20] = (byte) 0xff; // within the model's text
        Files.write(trained.resolve("training-state.bin"), state);
        refused(trained, SHORT, Pace.steps(1), 1, "training-state.bin", "is no state of this training");
        Files.delete(trained.resolve("training-state.bin"));
        refused(trained, SHORT, Pace.steps(1), 1, "--out", "without the training-state.bin");
    }

    @Test
    void aForeignFolderIsRefused() throws IOException {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("training.log"), "of another program");
        Files.writeString(foreign.resolve("config.json"), "mine");

        refused(foreign, SHORT, Pace.steps(1), 1, "--out", "config.json");
        Path file = foreign.resolve("config.json");
        assertThatThrownBy(() -> new TrainDemo(file, 1).train(SHORT, Pace.steps(1), new Log()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is the file");
    }
}
