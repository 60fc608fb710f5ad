package sightline.model;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Ops;
import sightline.tensor.Rows;

/**
 * Cosines and sines of some rows' rotary angles, each (rows, 1, size / 2). Halves are rotated: (a, b) -> (a cos − b sin,
 * b cos + a sin), with a the first and b the second half of a head (Su et al. 2021).
 */
public record Rotation(Tensor cos, Tensor sin) {
    /** The rotation of some of the rows, in the given order. */
    public Rotation rows(Rows rows) {
        return new Rotation(rows.of(cos), rows.of(sin));
    }

    /** (rows, heads, size) -> the same, rotated by each row's angles. */
    public Tensor rotate(Tensor x) {
        long half = x.size(2) / 2;
        Tensor a = x.narrow(2, 0, half);
        Tensor b = x.narrow(2, half, half);
        return Ops.cat(2, a.mul(cos).sub_(b.mul(sin), new Scalar(1)), b.mul(cos).add_(a.mul(sin), new Scalar(1)));
    }
}
