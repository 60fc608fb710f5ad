package sightline.sweep;

import java.util.Arrays;
import sightline.model.ImageReading;
import sightline.plan.LayerPlan;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Rows;

/**
 * A layer that reads the picture.
 *
 * @param source as in {@link PlacedLayer}
 * @param silenced as in {@link PlacedLayer}
 * @param asking the rows below of the states whose query decides what they read
 * @param reading what is read
 */
record PlacedImage(Rows source, SilencedHeads silenced, Rows asking, ImageReading reading) implements PlacedLayer {
    /** @param tokens all vision tokens */
    static PlacedImage of(LayerPlan plan, int tokens, SilencedHeads silenced, DeviceBlock block) {
        int[] asking =
                Arrays.stream(plan.asking()).map(state -> plan.source()[state]).toArray();
        return new PlacedImage(
                block.rows(plan.source()),
                silenced,
                block.rows(asking),
                new ImageReading(plan.views(), plan.withoutMlp(), tokens, block));
    }
}
