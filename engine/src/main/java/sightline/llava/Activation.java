package sightline.llava;

import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.ConfigFields;
import sightline.tensor.Ops;

/** What an MLP does between its two layers. */
public enum Activation {
    /** The exact GELU, with the error function. */
    GELU,
    /** x · sigmoid(1.702 x), the GELU's approximation that CLIP was trained with (Hendrycks and Gimpel 2016). */
    QUICK_GELU;

    private static final double QUICK_FACTOR = 1.702;

    static Activation read(ConfigFields fields, String field) {
        return switch (fields.text(field)) {
            case "gelu" -> GELU;
            case "quick_gelu" -> QUICK_GELU;
            default -> throw fields.wrong(field, "\"gelu\" or \"quick_gelu\", the only ones supported");
        };
    }

    /** The name in {@code config.json}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of each number, in a tensor of its own. */
    Tensor apply(Tensor x) {
        return this == GELU
                ? Ops.gelu(x)
                : x.mul(new Scalar(QUICK_FACTOR)).sigmoid_().mul_(x);
    }
}
