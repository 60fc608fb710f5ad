package sightline.sweep;

import java.util.ArrayList;
import java.util.List;
import sightline.knockout.Medium;
import sightline.plan.LayerPlan;
import sightline.plan.SweepPlan;
import sightline.tensor.Compute;
import sightline.tensor.DeviceBlock;
import sightline.tensor.TensorOwner;

/** A plan whose row numbers and masks lie on the device: copied there once, read by the walk of every request of its outline. */
final class PlacedPlan implements AutoCloseable {
    private final SweepPlan plan;
    private final List<PlacedLayer> layers = new ArrayList<>();
    private final TensorOwner owner = new TensorOwner("the plan");

    PlacedPlan(SweepPlan plan, Compute compute) {
        this.plan = plan;
        DeviceBlock block = new DeviceBlock();
        MaskRows masks = new MaskRows();
        int[] below = plan.embeddings();
        SilencedHeads.Placing heads =
                new SilencedHeads.Placing(plan.shape(), plan.outline().promptTokens(), block);
        for (int number = 0; number < plan.layers().size(); number++) {
            LayerPlan all = plan.layers().get(number);
            LayerPlan layer = all.from(plan.sharedRows(number));
            SilencedHeads silenced = heads.of(layer, number);
            layers.add(
                    layer.medium() == Medium.IMAGE
                            ? PlacedImage.of(layer, plan.outline().picture().all(), silenced, block)
                            : PlacedText.of(
                                    layer,
                                    below,
                                    plan.sharedBelow(),
                                    plan.shape().heads(),
                                    compute.portions(),
                                    silenced,
                                    masks,
                                    block));
            below = all.rows();
        }
        masks.addTo(block);
        try {
            block.place(compute, owner);
        } catch (RuntimeException | Error e) { // a card may be full
            owner.close();
            throw e;
        }
    }

    /** What it is made of. */
    SweepPlan plan() {
        return plan;
    }

    /** One per layer. */
    List<PlacedLayer> layers() {
        return layers;
    }

    /** Bytes on the device. */
    long bytes() {
        return owner.bytes();
    }

    /** Keeps it from being freed until the result is closed. */
    TensorOwner.Use use() {
        return owner.use();
    }

    @Override
    public void close() {
        owner.close();
    }
}
