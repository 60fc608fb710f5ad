package sightline.answering;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.WeightsHash;
import sightline.family.Families;
import sightline.image.ImageMode;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;

/**
 * The checkpoint that the steps of a study share: opened, fingerprinted and hashed once, and loaded once on each device
 * when a step first needs a model. Each step asks {@link #requireFor} first, so that no step works with other files than
 * the one before.
 */
public final class StudyCheckpoint implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final LoadOptions loading;
    private final List<ComputeDevice> devices;
    private final Function<Path, Checkpoint> opener;
    private final ProcessorFiles processor;
    private final Optional<ImageMode> imageMode;
    private final String fingerprint;
    private Optional<WeightsHash> weights = Optional.empty();
    private final List<VisionLanguageModel> models = new ArrayList<>();

    private StudyCheckpoint(
            Checkpoint checkpoint,
            LoadOptions loading,
            List<ComputeDevice> devices,
            Function<Path, Checkpoint> opener) {
        this.checkpoint = checkpoint;
        this.loading = loading;
        this.devices = List.copyOf(devices);
        this.opener = opener;
        this.processor = ProcessorFiles.of(checkpoint.dir(), loading);
        this.imageMode = Families.imageMode(checkpoint.dir(), checkpoint.config(), loading.processor());
        this.fingerprint = checkpoint.fingerprint();
    }

    /**
     * Opens a folder for a model on the device that it is loaded on; no weight is read yet.
     *
     * @param loading how it is loaded when that is needed
     * @throws sightline.error.InputException if it is no checkpoint, or incomplete or damaged
     */
    public static StudyCheckpoint open(Path folder, LoadOptions loading) {
        return open(folder, loading, List.of(loading.device()));
    }

    /**
     * The same for a model on each of several devices of one kind.
     *
     * @param loading how each is loaded, but for the device; {@link #loading()} tells the first
     * @throws IllegalArgumentException if there are no devices, or devices of several kinds
     */
    public static StudyCheckpoint open(Path folder, LoadOptions loading, List<ComputeDevice> devices) {
        return open(folder, loading, devices, Families::open);
    }

    /** The same with another way of opening. */
    static StudyCheckpoint open(
            Path folder, LoadOptions loading, List<ComputeDevice> devices, Function<Path, Checkpoint> opener) {
        if (devices.stream().map(ComputeDevice::kind).distinct().count() != 1) {
            throw new IllegalArgumentException("devices " + devices + ", expected at least one, all of one kind");
        }
        Checkpoint checkpoint = opener.apply(folder);
        try {
            return new StudyCheckpoint(checkpoint, loading.on(devices.get(0)), devices, opener);
        } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
        }
    }

    /** The folder, as given. */
    public Path folder() {
        return checkpoint.dir();
    }

    /** How it is loaded on the first device. */
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

    /** What becomes of a picture that is no square, in families that have a choice. */
    Optional<ImageMode> imageMode() {
        return imageMode;
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

    /** Whether the models are loaded. */
    public synchronized boolean isLoaded() {
        return models.size() == devices.size();
    }

    /**
     * A model on each device, in the order of the devices; loaded with the first call, one after the other, and closed with
     * this.
     *
     * @throws sightline.error.InputException if one cannot be loaded, or a file was changed since this was opened
     */
    public synchronized List<VisionLanguageModel> models() {
        if (!isLoaded()) {
            for (ComputeDevice device : devices.subList(models.size(), devices.size())) {
                // Each but the first has the files open for itself, since a model closes what it was loaded from.
                Checkpoint own = models.isEmpty() ? checkpoint : opener.apply(folder());
                VisionLanguageModel loaded = Families.load(own, loading.on(device));
                models.add(loaded); // before what may throw, so that it is closed
                checkpoint.files().requireSame(loaded.files());
            }
            requireUnchanged();
        }
        return List.copyOf(models);
    }

    @Override
    public synchronized void close() {
        try {
            weights.ifPresent(WeightsHash::close);
            models.forEach(VisionLanguageModel::close);
        } finally {
            checkpoint.close();
        }
    }
}
