package sightline.training;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.WeightSpec;
import sightline.tensor.HostArrays;

/**
 * Where training begins. Matrices are normal with variance 1 / inputs, those that write into the residual stream a third of
 * that deviation. The gates start open, since a closed one passes next to no gradient on; so do the norms of
 * cross-attention's queries and keys, whose logits could otherwise never be sharp in such small heads.
 */
final class Initial {
    private static final double CROSS_GATE = 1.0;
    private static final double VISION_GATE = 0.5;
    private static final double CROSS_NORM = 1.5;
    private static final double RESIDUAL = 1 / 3.0;
    private static final double EMBEDDING = 0.5;
    private static final double POSITION = 0.3;

    private Initial() {}

    /** Fills in all parameters; the same seed gives the same numbers. */
    static void fill(Parameters parameters, long seed) {
        parameters.slots().values().forEach(slot -> {
            try (PointerScope scope = new PointerScope()) {
                Tensor view = slot.of(parameters.values());
                fill(view, slot.spec(), seed ^ (slot.spec().name().hashCode() * 0x9E3779B97F4A7C15L));
            }
        });
    }

    private static void fill(Tensor view, WeightSpec spec, long seed) {
        String name = spec.name();
        if (name.contains("gate") && spec.elements() == 1) {
            view.fill_(new Scalar(name.contains("cross_attn") ? CROSS_GATE : VISION_GATE));
        } else if (name.endsWith("q_norm.weight") || name.endsWith("k_norm.weight")) {
            view.fill_(new Scalar(CROSS_NORM));
        } else if (name.endsWith("norm.weight") || name.matches(".*layernorm(_pre|_post)?\\.weight")) {
            view.fill_(new Scalar(1.0));
        } else if (!name.endsWith(".bias")) {
            float[] values = new float[Math.toIntExact(spec.elements())];
            Random random = new Random(seed);
            double deviation = deviation(spec);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
            view.copy_(HostArrays.tensor(
                    values, spec.shape().stream().mapToLong(Long::longValue).toArray()));
        }
    }

    private static double deviation(WeightSpec spec) {
        String name = spec.name();
        if (name.endsWith("embed_tokens.weight")) {
            return EMBEDDING;
        }
        if (name.contains("embedding") && !name.endsWith("patch_embedding.weight")) {
            return POSITION;
        }
        double inputs = (double) spec.elements() / spec.shape().get(0);
        boolean residual =
                name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight") || name.endsWith("fc2.weight");
        return (residual ? RESIDUAL : 1) / Math.sqrt(inputs);
    }
}
