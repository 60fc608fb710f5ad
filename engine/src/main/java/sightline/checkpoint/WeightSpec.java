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

    /** Whether it is a table of embeddings, of tokens, tiles or positions: rows are looked up, nothing is multiplied. */
    public boolean isEmbedding() {
        return name.contains("embed") && !name.endsWith("patch_embedding.weight"); // which is a convolution
    }

    /** How many numbers it holds. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
