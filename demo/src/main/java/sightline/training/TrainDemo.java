package sightline.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.mllama.MllamaConfig;
import sightline.mllama.MllamaProcessor;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.tensor.DType;
import sightline.writing.CheckpointWriter;
import sightline.writing.LearntProcessor;

/** Trains the demo's model into a folder from nothing, and measures what it learnt. */
public final class TrainDemo {
    private static final int TRACED = 40;
    private static final int WINDOW = 3;

    /** Weights, state and two momenta in float32, twice while one is replaced; and some room for logs and labels. */
    private static final long BYTES_A_PARAMETER = 32;

    private final Path folder;
    private final long seed;
    private final LearntProcessor processor = DemoProcessor.learn();
    private final MllamaConfig config = DemoSizes.config(processor.vocabularySize(), processor.imageToken());

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
     * @return whether it came to its end: false if the listener had it stop
     * @throws InputException if the folder holds something else or another training, is in use, or cannot be written
     */
    public boolean train(double minutes, TrainingListener listener) {
        return train(Recipe.demo(), Pace.minutes(minutes), listener);
    }

    boolean train(Recipe recipe, Pace pace, TrainingListener listener) {
        TrainingPlan plan = new TrainingPlan(config.toString(), recipe.toString(), seed, pace.length());
        try (TrainingFolder opened = TrainingFolder.open(folder, plan)) {
            opened.requireRoom(BYTES_A_PARAMETER * config.parameters());
            prepare();
            TrainingLoop.Done done = new TrainingLoop(opened, plan, config, stopToken(), recipe, pace, listener).run();
            if (done.finished()) {
                ModelCard.write(folder, plan, done);
            }
            return done.finished();
        }
    }

    /**
     * Puts questions about unseen pictures to the trained checkpoint, adds what comes out to its model card, and returns
     * it as lines of Markdown.
     *
     * @param pictures of each style, one question about each
     */
    public List<String> evaluate(int pictures) {
        try (VisionLanguageModel model =
                Families.load(folder, LoadOptions.defaults().withDType(DType.FLOAT32))) {
            Prompter prompter = new Prompter((MllamaProcessor) model.processor(), config.imageToken(), stopToken());
            Map<String, Evaluation.Results> results = new Evaluation(model, prompter).run(pictures);
            List<String> lines = new ArrayList<>(EvaluationText.lines(results, pictures));
            lines.add("");
            lines.addAll(new PathwayCurves(model, prompter).lines(Math.min(pictures, TRACED), WINDOW));
            ModelCard.measured(folder, lines);
            return lines;
        }
    }

    MllamaConfig config() {
        return config;
    }

    int stopToken() {
        return processor.specialTokens().end().get(0);
    }

    /** Writes the processor's files and the configuration. */
    void prepare() {
        CheckpointWriter.writeConfig(folder, config, processor.specialTokens());
        processor.write(folder);
    }
}
