package sightline.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import sightline.checkpoint.CheckpointWriter;
import sightline.checkpoint.MllamaConfig;
import sightline.checkpoint.StoredType;
import sightline.error.InputException;
import sightline.model.Processor;

/**
 * Trains the demo's model from scratch into a folder, and goes on where an earlier run stopped. The folder is a checkpoint
 * that can be used at any time after the first minutes.
 */
final class TrainingLoop {
    /** What is needed to go on; may be deleted afterwards. */
    static final String STATE = "training-state.bin";

    static final String LOG = "training.log";
    private static final int WORKERS = 2;
    private static final double SAVE_EVERY = 180;
    private static final double VALIDATE_EVERY = 60;
    private static final int QUICK_PICTURES = 16;
    private static final int CUT_PICTURES = 16;

    private final Path folder;
    private final MllamaConfig config;
    private final int stopToken;
    private final long seed;
    private final Recipe recipe;
    private final Pace pace;
    private final TrainingListener listener;
    private final StepMeans means = new StepMeans();
    private double saved;
    private double validated;

    /**
     * Nothing is done before {@link #run}.
     *
     * @param folder holds the processor's files and the configuration
     * @param stopToken ends each answer
     */
    TrainingLoop(
            Path folder,
            MllamaConfig config,
            int stopToken,
            long seed,
            Recipe recipe,
            Pace pace,
            TrainingListener listener) {
        this.folder = folder;
        this.config = config;
        this.stopToken = stopToken;
        this.seed = seed;
        this.recipe = recipe;
        this.pace = pace;
        this.listener = listener;
    }

    /** What a training took, earlier runs into the same folder included. */
    record Done(long steps, double seconds) {}

    /** Trains to the end. */
    Done run() {
        try (Processor processor = Processor.load(folder, config)) {
            Prompter prompter = new Prompter(processor, config.imageToken(), stopToken);
            try (Trainer trainer = new Trainer(config, recipe, prompter, seed, WORKERS);
                    Validation validation = new Validation(config, trainer.parameters(), prompter)) {
                return run(trainer, validation);
            }
        }
    }

    private Done run(Trainer trainer, Validation validation) {
        double before = resume(trainer);
        long start = System.nanoTime();
        double seconds = before;
        saved = before;
        validated = before;
        double done = pace.done(seconds, trainer.optimiser().steps());
        while (done < 1) {
            Trainer.Step step = trainer.step(done);
            means.add(step);
            seconds = before + (System.nanoTime() - start) * 1e-9;
            done = pace.done(seconds, trainer.optimiser().steps());
            listener.step(trainer.optimiser().steps(), Math.min(1, done), seconds, means.line());
            after(trainer, validation, seconds, done);
        }
        save(trainer, seconds);
        return new Done(trainer.optimiser().steps(), seconds);
    }

    private double resume(Trainer trainer) {
        Path file = folder.resolve(STATE);
        if (!Files.exists(file)) {
            return 0;
        }
        TrainingState state = TrainingState.read(file, config, trainer);
        log(String.format(Locale.ROOT, "goes on at step %d after %.0f s", state.steps(), state.seconds()));
        return state.seconds();
    }

    private void after(Trainer trainer, Validation validation, double seconds, double done) {
        if (seconds - validated >= VALIDATE_EVERY) {
            validated = seconds;
            log(String.format(
                    Locale.ROOT,
                    "%6.0f s  step %5d  %3.0f %%  %s",
                    seconds,
                    trainer.optimiser().steps(),
                    100 * done,
                    means.line()));
            log("          labels: " + validation.labels(QUICK_PICTURES, trainer.heads()));
            if (recipe.at(done).asks()) {
                Score score = validation.answers(QUICK_PICTURES);
                log("          held out: " + ScoreText.styles(score));
                log("          " + ScoreText.kinds(score));
            }
            means.clear();
        }
        if (seconds - saved >= SAVE_EVERY) {
            saved = seconds;
            save(trainer, seconds);
            if (recipe.at(done).asks()) {
                validation.cuts(CUT_PICTURES).forEach((cut, score) -> log("          " + ScoreText.cut(cut, score)));
            }
        }
    }

    private void log(String line) {
        listener.log(line);
        try {
            Files.writeString(
                    folder.resolve(LOG),
                    line + "\n",
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** State and weights, each replaced in one go. */
    private void save(Trainer trainer, double seconds) {
        new TrainingState(seed, trainer.optimiser().steps(), seconds).write(folder.resolve(STATE), config, trainer);
        try (LiveWeights weights = new LiveWeights(config, trainer.parameters())) {
            Path half = folder.resolve("weights.part");
            Files.createDirectories(half);
            Files.deleteIfExists(half.resolve(CheckpointWriter.WEIGHTS)); // of a run that was interrupted just here
            CheckpointWriter.writeWeights(half, config, StoredType.BF16, weights::weight);
            Path file = half.resolve(CheckpointWriter.WEIGHTS);
            Files.move(
                    file,
                    folder.resolve(CheckpointWriter.WEIGHTS),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            Files.delete(half);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private InputException unwritable(IOException e) {
        return new InputException(
                folder.toString(), "cannot be written: " + e, "a folder that can be written to", "Check the disk", e);
    }
}
