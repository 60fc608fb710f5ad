package sightline.tensor;

import org.bytedeco.pytorch.Tensor;

/** A small tensor of masks or factors on the device: made by a {@link DeviceBlock}, usable once that is placed. */
public final class BlockTensor {
    private final int first;
    private final long[] shape;
    private Tensor tensor;

    BlockTensor(int first, long[] shape) {
        this.first = first;
        this.shape = shape;
    }

    void place(Tensor block, TensorOwner owner) {
        long count = 1;
        for (long axis : shape) {
            count *= axis;
        }
        tensor = owner.own(block.narrow(0, first, count).view(shape));
    }

    /** The tensor, owned by the block's owner. */
    public Tensor tensor() {
        return tensor;
    }
}
