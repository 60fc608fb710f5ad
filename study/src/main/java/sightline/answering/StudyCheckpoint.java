package sightline.answering;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.WeightsHash;
import sightline.family.Families;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.tensor.DType;

/**
 * The checkpoint that the steps of a study share: opened, fingerprinted and hashed once, and loaded once when a step first
 * needs the model. Each step asks {@link #requireFor} first, so that no step works with other files than
 * the one before.
 */
public final class StudyCheckpoint implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final LoadOptions loading;
    private final ProcessorFiles processor;
    private final String fingerprint;
    private Optional<WeightsHash> weights = Optional.empty();
    private Optional<VisionLanguageModel> model = Optional.empty();

    private StudyCheckpoint(Checkpoint checkpoint, LoadOptions loading) {
        this.checkpoint = checkpoint;
        this.loading = loading;
        this.processor = ProcessorFiles.of(checkpoint.dir(), loading);
        this.fingerprint = checkpoint.fingerprint();
    }

    /**
     * Opens a folder; no weight is read yet.
     *
     * @param loading how it is loaded when that is needed
     * @throws sightline.error.InputException if it is no checkpoint, or incomplete or damaged
     */
    public static StudyCheckpoint open(Path folder, LoadOptions loading) {
        return open(folder, loading, Families::open);
    }

    /** The same with another way of opening. */
    static StudyCheckpoint open(Path folder, LoadOptions loading, Function<Path, Checkpoint> opener) {
        Checkpoint checkpoint = opener.apply(folder);
        try {
            return new StudyCheckpoint(checkpoint, loading);
        } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
        }
    }

    /** The folder, as given. */
    public Path folder() {
        return checkpoint.dir();
    }

    /** How it is loaded. */
    public LoadOptions loading() {
        return loading;
    }

    /** All sizes of the model. */
    public ModelConfig config() {
        return checkpoint.config();
    }

    /** The number format in which it computes. */
    public DType dtype() {
        return loading.decide(config().parameters());
    }

    /** The tokens that end an answer. */
    public Set<Integer> endTokens() {
        return Set.copyOf(checkpoint.generation().endTokens());
    }

    /** {@link Checkpoint#fingerprint()}, from when it was opened. */
    String fingerprint() {
        return fingerprint;
    }

    /** One SHA-256 over all that tokens and pixels depend on beside the weights, from when it was opened. */
    String processorHash() {
        return processor.hash();
    }

    /** The hash over every byte of the weights; begins with the first call, and is closed with this. */
    public synchronized WeightsHash weights() {
        if (weights.isEmpty()) {
            weights = Optional.of(checkpoint.hashWeights());
        }
        return weights.get();
    }

    /**
     * Sees to it that this is the checkpoint of a plan, and its files are as they were when it was opened.
     *
     * @param planned the plan's folder
     * @param plannedLoading how the plan loads it
     * @throws sightline.error.InputException naming the first file that is not
     * @throws IllegalArgumentException if the plan is of another checkpoint, or loads it in another way
     */
    public void requireFor(Path planned, LoadOptions plannedLoading) {
        boolean same =
                loading.withWeightBudget(0).equals(plannedLoading.withWeightBudget(0)); // by the machine's memory
        if (!folder().equals(planned) || !same) {
            throw new IllegalArgumentException("opened " + folder() + ", but the plan is of " + planned);
        }
        requireUnchanged();
    }

    /**
     * Sees to it that all files are as they were when this was opened.
     *
     * @throws sightline.error.InputException naming the first that is not
     */
    void requireUnchanged() {
        checkpoint.files().requireUnchanged();
        processor.requireTemplatesUnchanged();
    }

    /** Whether the model is loaded. */
    public synchronized boolean isLoaded() {
        return model.isPresent();
    }

    /**
     * The model, loaded with the first call; closed with this.
     *
     * @throws sightline.error.InputException if it cannot be loaded, or a file was changed since this was opened
     */
    public synchronized VisionLanguageModel model() {
        if (model.isEmpty()) {
            VisionLanguageModel loaded = Families.load(checkpoint, loading);
            model = Optional.of(loaded); // before what may throw, so that it is closed
            requireUnchanged();
        }
        return model.get();
    }

    @Override
    public synchronized void close() {
        try {
            weights.ifPresent(WeightsHash::close);
            model.ifPresent(VisionLanguageModel::close);
        } finally {
            checkpoint.close();
        }
    }
}
