package sightline.llava;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.image.ImageTiles;
import sightline.model.EncoderLayer;
import sightline.model.LayerListener;
import sightline.model.LayerNorm;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
import sightline.tensor.Linear;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * The vision tower: a square of pixels in, one vector per patch and one for the class token out (METHOD-LLAVA section 1).
 * Layers behind the state that the projector reads are not there.
 */
final class ClipTower {
    private final ClipConfig config;
    private final Compute compute;
    private final Linear patchEmbedding;
    private final Tensor classToken;
    private final Tensor positions;
    private final LayerNorm norm;
    private final List<EncoderLayer> blocks = new ArrayList<>();

    /** @param layers how many are run */
    ClipTower(Weights weights, ClipConfig config, int layers) {
        this.config = config;
        this.compute = weights.compute();
        String prefix = LlavaWeights.TOWER;
        Tensor patches = weights.matrix(prefix + "embeddings.patch_embedding.weight");
        patchEmbedding = new Linear(weights.own(patches.reshape(config.hidden(), -1)), null, compute);
        classToken = weights.vector(prefix + "embeddings.class_embedding");
        positions = weights.vector(prefix + "embeddings.position_embedding.weight");
        norm = new LayerNorm(weights, prefix + "pre_layrnorm", config.normEps());
        EncoderLayer.Kind kind = new EncoderLayer.Kind(
                "layer_norm1",
                "layer_norm2",
                "out_proj",
                true,
                config.heads(),
                config.normEps(),
                config.activation()::apply);
        for (int layer = 0; layer < layers; layer++) {
            blocks.add(new EncoderLayer(weights, prefix + "encoder.layers." + layer, kind));
        }
    }

    /**
     * Runs the tower.
     *
     * @param picture one tile of this tower's size
     * @param listener hears the states before the first layer (−1) and behind each, which it must not keep
     * @return (1 + patches, hidden), the class token first; owned by the current scope
     */
    Tensor apply(ImageTiles picture, LayerListener listener) {
        try (Scope scope = Scope.open()) {
            Tensor x = embedded(picture);
            listener.after(-1, x);
            for (int layer = 0; layer < blocks.size(); layer++) {
                blocks.get(layer).apply(x, x.size(0));
                listener.after(layer, x);
            }
            return scope.keep(x);
        }
    }

    private Tensor embedded(ImageTiles picture) {
        int patch = config.patchSize();
        int side = config.patchesPerSide();
        long seen = (long) side * patch; // pixels that fill no patch are left out
        Tensor pixels = HostArrays.tensor(picture.pixels(), ClipConfig.CHANNELS, picture.tile(), picture.tile());
        // (channels, y, dy, x, dx) -> (y · x, channels · dy · dx): the convolution's windows as rows
        Tensor windows = compute.place(pixels, compute.matmul())
                .narrow(1, 0, seen)
                .narrow(2, 0, seen)
                .reshape(ClipConfig.CHANNELS, side, patch, side, patch)
                .permute(1, 3, 0, 2, 4)
                .reshape(config.patches(), (long) ClipConfig.CHANNELS * patch * patch);
        Tensor rows = Ops.cat(0, classToken.unsqueeze(0), patchEmbedding.apply(windows));
        return compute.place(norm.of(rows.add(positions)));
    }
}
