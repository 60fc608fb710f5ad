package sightline.llava;

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
        if (stored.startsWith("lm_head.")) {
            return "language_model." + stored;
        }
        if (stored.startsWith("model.language_model.")) {
            return "language_model.model." + stored.substring("model.language_model.".length());
        }
        String name = stored.startsWith("model." + TOWER) || stored.startsWith("model.multi_modal_projector.")
                ? stored.substring("model.".length())
                : stored;
        return name.startsWith(TOWER) && !name.startsWith(PUBLISHED_TOWER)
                ? PUBLISHED_TOWER + name.substring(TOWER.length())
                : name;
    }
}
