package sightline.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * A weight that a model needs.
 *
 * @param name its name in published checkpoints
 * @param shape sizes of its axes; (out, in) for a linear layer
 */
public record WeightSpec(String name, List<Long> shape) {
    /** Copies the shape. */
    public WeightSpec {
        shape = List.copyOf(shape);
    }

    public static WeightSpec of(String name, long... shape) {
        return new WeightSpec(name, Arrays.stream(shape).boxed().toList());
    }

    /** How many numbers it holds. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
