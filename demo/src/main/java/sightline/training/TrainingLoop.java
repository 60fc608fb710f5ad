package sightline.training;

import java.nio.file.Files;
import java.util.Locale;
import sightline.checkpoint.StoredType;
import sightline.error.InputException;
import sightline.files.WholeFile;
import sightline.mllama.MllamaConfig;
import sightline.mllama.MllamaProcessor;
import sightline.tensor.Cores;
import sightline.writing.CheckpointWriter;

/**
 * Trains the demo's model from scratch into a folder, and goes on where an earlier run stopped. The folder is a checkpoint
 * that can be used at any time after the first minutes.
 */
final class TrainingLoop {
    private static final int WORKERS = 2;
    private static final double SAVE_EVERY = 180;
    private static final double VALIDATE_EVERY = 60;
    private static final int QUICK_PICTURES = 16;
    private static final int CUT_PICTURES = 16;

    private final TrainingFolder folder;
    private final TrainingPlan plan;
    private final MllamaConfig config;
    private final int stopToken;
    private final Recipe recipe;
    private final Pace pace;
    private final TrainingListener listener;
    private final StepMeans means = new StepMeans();
    private double saved;
    private double validated;
    private int runs;
    private long kept;

    /**
     * Nothing is done before {@link #run}.
     *
     * @param folder holds the processor's files and the configuration
     * @param stopToken ends each answer
     */
    TrainingLoop(
            TrainingFolder folder,
            TrainingPlan plan,
            MllamaConfig config,
            int stopToken,
            Recipe recipe,
            Pace pace,
            TrainingListener listener) {
        this.folder = folder;
        this.plan = plan;
        this.config = config;
        this.stopToken = stopToken;
        this.recipe = recipe;
        this.pace = pace;
        this.listener = listener;
    }

    /**
     * What a training took, earlier runs into the same folder included.
     *
     * @param runs how often it was begun or gone on with
     * @param finished whether it came to its end
     */
    record Done(long steps, int runs, boolean finished) {}

    /** Trains to the end, or until the listener has it stop. */
    Done run() {
        try (MllamaProcessor processor = MllamaProcessor.load(folder.path(), config)) {
            Prompter prompter = new Prompter(processor, config.imageToken(), stopToken);
            try (Cores.Held cores = Cores.of(config.parameters()); // validation runs on this thread
                    Trainer trainer = new Trainer(config, recipe, prompter, plan.seed(), WORKERS);
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
        double done = pace.progress().done(seconds, trainer.optimiser().steps());
        runs += done < 1 ? 1 : 0; // given once more at its end, it only saves: a kill may have kept the weights from it
        while (done < 1 && !listener.stops()) {
            Trainer.Step step = trainer.step(done);
            means.add(step);
            seconds = before + (System.nanoTime() - start) * 1e-9;
            done = pace.progress().done(seconds, trainer.optimiser().steps());
            listener.step(trainer.optimiser().steps(), Math.min(1, done), seconds, means.line());
            after(trainer, validation, seconds, done);
        }
        save(trainer, seconds);
        return new Done(trainer.optimiser().steps(), runs, done >= 1);
    }

    private double resume(Trainer trainer) {
        if (!Files.exists(folder.state())) {
            return 0;
        }
        TrainingState state = TrainingState.read(folder.state(), trainer);
        runs = state.runs();
        kept = state.steps();
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
                TrainingScore score = validation.answers(QUICK_PICTURES);
                log("          held out: " + TrainingScoreText.styles(score));
                log("          " + TrainingScoreText.kinds(score));
            }
            means.clear();
        }
        if (seconds - saved >= SAVE_EVERY) {
            saved = seconds;
            save(trainer, seconds);
            if (recipe.at(done).asks()) {
                validation
                        .cuts(CUT_PICTURES)
                        .forEach((cut, score) -> log("          " + TrainingScoreText.cut(cut, score)));
            }
        }
    }

    private void log(String line) {
        listener.log(line);
        folder.log(line);
    }

    /**
     * State and weights, each replaced in one go.
     *
     * @throws InputException if they cannot be written; says what is kept
     */
    private void save(Trainer trainer, double seconds) {
        long steps = trainer.optimiser().steps();
        try {
            new TrainingState(plan, steps, seconds, runs).write(folder.state(), trainer);
            kept = steps;
            try (LiveWeights weights = new LiveWeights(config, trainer.parameters())) {
                WholeFile.make(folder.path().resolve(CheckpointWriter.WEIGHTS), partial -> {
                    Files.deleteIfExists(partial); // of a run that was killed just here
                    CheckpointWriter.writeWeights(partial, config, StoredType.BF16, weights::weight);
                });
            }
        } catch (InputException e) {
            throw new InputException(
                    e.place(),
                    e.problem() + "; "
                            + (kept > 0 ? "the training up to step " + kept + " is kept" : "nothing of it is kept"),
                    e.expected(),
                    e.nextStep(),
                    e);
        }
    }
}
