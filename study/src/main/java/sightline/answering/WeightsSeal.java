package sightline.answering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import sightline.checkpoint.WeightsHash;
import sightline.error.InputException;
import sightline.files.SettingsFile;
import sightline.files.WorkLock;
import sightline.model.VisionLanguageModel;

/**
 * Sees to it that results are kept only of the weights that their settings name. The hash over all bytes of the weights is
 * computed while the model is loaded and at work; the first result waits for it.
 */
public final class WeightsSeal {
    /** Where settings name the weights; null there until the first result. */
    public static final String WEIGHTS = "/model/weights";

    private final WeightsHash weights;
    private final Path settings;
    private final Path lock;
    private final int format;
    private final Set<String> free;
    private String mark;

    /**
     * A seal.
     *
     * @param weights closed by the caller
     * @param settings the file of settings
     * @param lock of those who write it
     * @param format of that file
     * @param free settings that no result depends on, as JSON pointers
     */
    public WeightsSeal(WeightsHash weights, Path settings, Path lock, int format, Set<String> free) {
        this.weights = weights;
        this.settings = settings;
        this.lock = lock;
        this.format = format;
        this.free = Set.copyOf(free);
    }

    /**
     * Sees to it that a model was loaded from the files as they were when this began, and not before a change.
     *
     * @throws InputException naming the file that differs
     */
    public void requireLoaded(VisionLanguageModel model) {
        weights.files().requireSame(model.files());
    }

    /** If the hash is there already, compares it now. Nobody else may be writing the settings meanwhile. */
    public synchronized void compareIfKnown() {
        weights.known().ifPresent(this::settle);
    }

    /**
     * The mark of a result that is kept now: {@link SettingsFile#mark} of the settings. Waits for the hash where needed.
     *
     * @throws InputException if the settings name other weights, or a file of the checkpoint was changed since this began
     */
    public synchronized String mark() {
        if (mark == null) {
            String hash = weights.get();
            WorkLock.alone(lock, () -> {
                settle(hash);
                return hash;
            });
        }
        weights.files().requireUnchanged();
        return mark;
    }

    private void settle(String hash) {
        ObjectNode began = (ObjectNode) SettingsFile.read(settings, format);
        JsonNode old = began.at(WEIGHTS);
        if (old.isNull()) {
            ((ObjectNode) began.get("model")).put("weights", hash);
            SettingsFile.write(settings, began);
        } else if (!old.asText().equals(hash)) {
            throw new InputException(
                    settings.toString(),
                    "this was begun with other weights: the hash over all their bytes was " + old.asText() + ", not "
                            + hash,
                    "",
                    "Give the checkpoint of the beginning, or another --out");
        }
        mark = SettingsFile.mark(began, free);
    }
}
