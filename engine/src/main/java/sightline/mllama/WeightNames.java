package sightline.mllama;

import sightline.llama.LlamaWeights;

/**
 * The two naming schemes of weights. Published checkpoints put {@code language_model.}, {@code vision_model.} and
 * {@code multi_modal_projector.} outermost; newer writers put {@code model.} before each of them and the output head
 * outside.
 */
final class WeightNames {
    private WeightNames() {}

    /** The published name of a tensor that is stored under either scheme; other names stay as they are. */
    static String published(String stored) {
        if (stored.startsWith("model.vision_model.") || stored.startsWith("model.multi_modal_projector.")) {
            return stored.substring("model.".length());
        }
        return LlamaWeights.published(stored);
    }
}
