package sightline.sweep;

import sightline.tensor.Rows;

/** What a walk needs of a {@link sightline.plan.LayerPlan} on the device. */
sealed interface PlacedLayer permits PlacedText, PlacedImage {
    /** Each state's own row in the layer below. */
    Rows source();

    /** The heads whose reading is replaced. */
    SilencedHeads silenced();

    /** How many states. */
    default int size() {
        return source().count();
    }
}
