package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;
import sightline.model.LoadOptions;
import sightline.model.Mllama;
import sightline.model.Processor;
import sightline.world.Mix;

/** A training of a few steps does what one of an hour does: it learns, can be gone on with, and leaves a checkpoint. */
class TrainDemoTest {
    private static final Recipe SHORT = new Recipe(List.of(
            new Stage("labels", 0.5, Mix.all().withQuestions(3), 3, false, CutRule.NONE),
            new Stage("all kinds", 0.5, Mix.all().withQuestions(3), 3, true, CutRule.NONE)));

    @TempDir
    private Path folder;

    private static final class Log implements TrainingListener {
        private final List<Long> steps = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        @Override
        public void step(long step, double done, double seconds, String state) {
            steps.add(step);
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }
    }

    @Test
    void bothLossesFall() {
        TrainDemo demo = new TrainDemo(folder, 3);
        demo.train(SHORT, Pace.steps(1), new Log()); // for the processor's files
        try (Processor processor = Processor.load(folder, demo.config());
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

    @Test
    void anInterruptedTrainingGoesOnAndEqualsAnUninterruptedOne() throws IOException {
        Path whole = folder.resolve("whole");
        Path halves = folder.resolve("halves");
        new TrainDemo(whole, 4).train(SHORT, Pace.steps(6), new Log());
        // the same rates as in the whole training, but it ends after three steps
        new TrainDemo(halves, 4).train(SHORT, (seconds, steps) -> steps < 3 ? steps / 6.0 : 1, new Log());
        Log second = new Log();
        new TrainDemo(halves, 4).train(SHORT, Pace.steps(6), second);
        assertThat(second.steps).containsExactly(4L, 5L, 6L);
        assertThat(second.lines.get(0)).contains("goes on at step 3");
        assertThat(halves.resolve("model.safetensors")).hasSameBinaryContentAs(whole.resolve("model.safetensors"));
        try (Mllama model = Mllama.load(halves, LoadOptions.defaults())) {
            assertThat(model.config().text().crossAttentionLayers()).isNotEmpty();
        }
        assertThat(Files.readString(halves.resolve("README.md"))).contains("--seed 4", "6 steps");
    }

    @Test
    void anotherSeedOrAForeignFolderIsRefused() throws IOException {
        Path trained = folder.resolve("trained");
        new TrainDemo(trained, 1).train(SHORT, Pace.steps(1), new Log());
        assertThatThrownBy(() -> new TrainDemo(trained, 2).train(SHORT, Pace.steps(2), new Log()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--seed")
                .hasMessageContaining("seed 1");
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "mine");
        assertThatThrownBy(() -> new TrainDemo(foreign, 1).train(SHORT, Pace.steps(1), new Log()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--out");
        assertThat(foreign).isDirectoryContaining("glob:**letter.txt");
    }
}
