package sightline.llava;

import sightline.llama.LlamaWeights;

/**
 * The naming schemes of weights. Published checkpoints put {@code language_model.}, {@code vision_tower.vision_model.} and
 * {@code multi_modal_projector.} outermost; newer writers put {@code model.} before each of them and the output head
 * outside, the newest leave out {@code vision_model.} too.
 */
final class LlavaWeightNames {
    private static final String TOWER = "vision_tower.";
    private static final String PUBLISHED_TOWER = "vision_tower.vision_model.";

    private LlavaWeightNames() {}

    /** The published name of a tensor that is stored under any scheme; other names stay as they are. */
    static String published(String stored) {
        String name = stored.startsWith("model." + TOWER) || stored.startsWith("model.multi_modal_projector.")
                ? stored.substring("model.".length())
                : LlamaWeights.published(stored);
        return name.startsWith(TOWER) && !name.startsWith(PUBLISHED_TOWER)
                ? PUBLISHED_TOWER + name.substring(TOWER.length())
                : name;
    }
}
