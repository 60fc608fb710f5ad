package sightline.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sightline.checkpoint.CheckpointWriter;
import sightline.checkpoint.MllamaConfig;
import sightline.error.InputException;
import sightline.model.LoadOptions;
import sightline.model.Mllama;
import sightline.tensor.DType;
import sightline.world.CheckpointFiles;

/** Trains the demo's model into a folder from nothing, and measures what it learnt. */
public final class TrainDemo {
    private static final int TRACED = 40;
    private static final int WINDOW = 3;

    private final Path folder;
    private final long seed;
    private final CheckpointFiles files = new CheckpointFiles();
    private final MllamaConfig config = DemoSizes.config(files.vocabularySize(), files.imageToken());

    /**
     * Nothing is written before {@link #train}.
     *
     * @param folder made if it is not there; one of an interrupted training of the same seed is gone on with
     * @param seed decides the first weights and every picture. Stages and rates follow the clock, so a second training of
     *     the same seed comes out alike, not equal
     */
    public TrainDemo(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /**
     * Trains by the demo's recipe, its stages scaled to the time given.
     *
     * @param minutes in all, earlier runs into this folder included
     * @throws InputException if the folder holds something else, or a training of another seed, or cannot be written
     */
    public void train(double minutes, TrainingListener listener) {
        train(Recipe.demo(), Pace.minutes(minutes), listener);
    }

    void train(Recipe recipe, Pace pace, TrainingListener listener) {
        prepare();
        TrainingLoop loop = new TrainingLoop(folder, config, stopToken(), seed, recipe, pace, listener);
        TrainingLoop.Done done = loop.run();
        ModelCard.write(folder, seed, done);
    }

    /**
     * Puts questions about unseen pictures to the trained checkpoint, adds what comes out to its model card, and returns
     * it as lines of Markdown.
     *
     * @param pictures of each style, one question about each
     */
    public List<String> evaluate(int pictures) {
        try (Mllama model = Mllama.load(folder, LoadOptions.defaults().withDType(DType.FLOAT32))) {
            Prompter prompter = new Prompter(model.processor(), config.imageToken(), stopToken());
            Map<String, Evaluation.Results> results = new Evaluation(model, prompter).run(pictures);
            List<String> lines = new ArrayList<>(EvaluationText.lines(results, pictures));
            lines.add("");
            lines.addAll(new PathwayCurves(model, prompter).lines(Math.min(pictures, TRACED), WINDOW));
            ModelCard.append(folder, lines);
            return lines;
        }
    }

    MllamaConfig config() {
        return config;
    }

    int stopToken() {
        return files.specialTokens().end().get(0);
    }

    /** Writes the processor's files and the configuration. */
    void prepare() {
        try {
            Files.createDirectories(folder);
            requireSameTraining();
            if (!Files.exists(folder.resolve(TrainingLoop.LOG)) && holdsSomething()) {
                throw new InputException(
                        "--out",
                        folder + " holds files that no training wrote",
                        "a folder that does not exist yet, is empty, or that an interrupted train-demo left",
                        "Choose another folder");
            }
            Files.writeString(
                    folder.resolve(TrainingLoop.LOG),
                    "",
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND); // marks the folder as a training's
        } catch (IOException e) {
            throw new InputException(
                    "--out",
                    folder + " cannot be written: " + e,
                    "a folder that can be written to",
                    "Choose another",
                    e);
        }
        CheckpointWriter.writeConfig(folder, config, files.specialTokens());
        files.write(folder);
    }

    /** Before anything is written: a finished checkpoint, or a training of something else, stays as it is. */
    private void requireSameTraining() {
        Path state = folder.resolve(TrainingLoop.STATE);
        if (Files.exists(state)) {
            long begun = TrainingState.peek(state, config).seed();
            if (begun != seed) {
                throw new InputException(
                        "--seed",
                        "is " + seed + ", but " + folder + " holds a training with seed " + begun,
                        "the same seed to go on with it",
                        "Give --seed " + begun + " or choose another folder");
            }
        } else if (Files.exists(folder.resolve(CheckpointWriter.WEIGHTS))) {
            throw new InputException(
                    "--out",
                    folder + " holds a checkpoint without the " + TrainingLoop.STATE + " that going on needs",
                    "a folder that does not exist yet, is empty, or that an interrupted train-demo left",
                    "Choose another folder");
        }
    }

    private boolean holdsSomething() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        }
    }
}
