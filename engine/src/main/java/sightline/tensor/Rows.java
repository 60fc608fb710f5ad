package sightline.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Some rows of a tensor, by their numbers on the device: made by a {@link DeviceBlock}, usable once that is placed. */
public final class Rows {
    private final int first;
    private final int count;
    private final boolean leading;
    private Tensor numbers;

    /**
     * @param first where they begin in their block
     * @param leading whether they are rows 0 … count − 1
     */
    Rows(int first, int count, boolean leading) {
        this.first = first;
        this.count = count;
        this.leading = leading;
    }

    void place(Tensor block, TensorOwner owner) {
        numbers = owner.own(block.narrow(0, first, count));
    }

    /** How many. */
    public int count() {
        return count;
    }

    /** These rows of x (first axis): x itself if they are all of it in order, otherwise as {@link #of(Tensor, int, int)}. */
    public Tensor of(Tensor x) {
        return leading && x.size(0) == count ? x : of(x, 0, count);
    }

    /** Some of these rows of x: a part of x itself if they are its first ones in order, otherwise a copy. */
    public Tensor of(Tensor x, int from, int some) {
        if (leading) {
            return x.narrow(0, from, some);
        }
        return Ops.select(x, some == count ? numbers : numbers.narrow(0, from, some));
    }

    /** These rows of x, always a copy: for what is written to. */
    public Tensor copiedOf(Tensor x) {
        return Ops.select(x, numbers);
    }

    /** x, with 0 in these rows, in place. */
    public Tensor zero(Tensor x) {
        return x.index_fill_(0, numbers, new Scalar(0.0));
    }

    /** x, with these rows replaced in place by the given ones. */
    public Tensor replace(Tensor x, Tensor by) {
        return x.index_copy_(0, numbers, by);
    }
}
