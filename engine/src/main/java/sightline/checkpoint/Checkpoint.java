package sightline.checkpoint;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.error.InputException;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * An open model folder in the Hugging Face layout: its configuration, and its weights mapped into memory. Nothing is
 * copied, so opening takes milliseconds; the system loads what is touched.
 *
 * <p>Ownership: whoever opens closes. The weights belong to the checkpoint and are valid until {@link #close()}; do not
 * close them. Safe for use by several threads.
 */
public final class Checkpoint implements WeightSource {
    private final CheckpointFolder folder;
    private final GenerationConfig generation;
    private final WeightStore store;
    private final CheckpointFiles files;
    private final Map<String, Tensor> handedOut = new HashMap<>();
    private final TensorOwner owner;

    private Checkpoint(CheckpointFolder folder, GenerationConfig generation, WeightStore store, CheckpointFiles files) {
        this.folder = folder;
        this.generation = generation;
        this.store = store;
        this.files = files;
        this.owner = new TensorOwner("checkpoint " + folder.path());
    }

    /**
     * Opens a folder and checks that it holds every weight of the model in its shape, under either naming scheme.
     *
     * @param folder with {@code config.json} and {@code model.safetensors}, or an index and its shards
     * @param reader of the families that are known
     * @throws InputException if anything is missing, damaged or not supported; it says what and what to do
     */
    public static Checkpoint open(Path folder, ConfigReader reader) {
        CheckpointFiles files = CheckpointFiles.of(folder); // before any is read
        CheckpointFolder found = CheckpointFolder.open(folder, reader);
        GenerationConfig generation = found.generation();
        return new Checkpoint(found, generation, WeightStore.open(found.weightFiles(), found.config()), files);
    }

    /** The folder, as given. */
    public Path dir() {
        return folder.path();
    }

    /** All sizes of the model. */
    @Override
    public ModelConfig config() {
        return folder.config();
    }

    /** End tokens and the checkpoint's own decoding settings. */
    public GenerationConfig generation() {
        return generation;
    }

    /** Whether a tensor is there, by its published name. */
    public boolean has(String publishedName) {
        return store.has(publishedName);
    }

    /**
     * A weight as it is stored: type and bytes untouched, {@code (out, in)} for linear layers. Asking twice gives the
     * same object. The checkpoint owns it.
     *
     * @param publishedName as in {@link ModelConfig#weights()}, whichever scheme the files use
     * @throws IllegalStateException after {@link #close()}
     * @throws IllegalArgumentException if there is no such tensor
     */
    @Override
    public synchronized Tensor weight(String publishedName) {
        owner.requireOpen();
        return handedOut.computeIfAbsent(publishedName, name -> {
            try (Scope scope = Scope.open()) {
                return owner.own(store.tensor(name));
            }
        });
    }

    /** What {@code sightline check} shows of it. */
    public CheckpointReport report() {
        return CheckpointReport.of(folder, generation, store, false);
    }

    /**
     * Tells this checkpoint from most others at once: SHA-256 in hex over {@code config.json} and every weight file's name,
     * size, header and 16 blocks of 4 KiB. {@link #hashWeights} reads every byte.
     *
     * @throws InputException if a file cannot be read any more
     */
    public String fingerprint() {
        return Fingerprint.of(folder.file(CheckpointFolder.CONFIG), store.files());
    }

    /** The state of the folder's files from before the first of them was read. */
    public CheckpointFiles files() {
        return files;
    }

    /**
     * Begins to hash every byte of the weights in the background. It goes on when this checkpoint is closed.
     *
     * @return the caller's to close
     */
    public WeightsHash hashWeights() {
        return WeightsHash.begin(
                files, store.files().stream().map(SafetensorsFile::path).toList(), HashCache.ofUser());
    }

    /** Closes every weight and gives the mapping up. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        owner.close();
        handedOut.clear();
        store.close();
    }
}
