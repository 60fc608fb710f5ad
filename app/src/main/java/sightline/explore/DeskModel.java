package sightline.explore;

import java.nio.file.Path;
import java.util.function.Supplier;
import sightline.ask.Sweeps;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;

/**
 * The model, ready, with what is kept between questions.
 *
 * @param folder as given; the demo's is a temporary one
 * @param fingerprint the checkpoint's, as runs record it
 * @param memories by the picture's name
 */
record DeskModel(
        Path folder,
        LoadOptions loading,
        String fingerprint,
        VisionLanguageModel model,
        Sweeps sweeps,
        Lru<VisionMemory> memories) {
    /** The memory of a picture. */
    VisionMemory memory(String picture, Supplier<VisionMemory> seeing) {
        return memories.get(picture).orElseGet(() -> {
            VisionMemory seen = seeing.get();
            memories.put(picture, seen);
            return seen;
        });
    }
}
