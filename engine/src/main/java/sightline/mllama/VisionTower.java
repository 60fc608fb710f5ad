package sightline.mllama;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.image.ImageTiles;
import sightline.model.EncoderLayer;
import sightline.model.LayerNorm;
import sightline.model.Progress;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
import sightline.tensor.Linear;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * The vision tower: tiles of pixels in, one vector per patch and class token out, padding tiles included.
 *
 * <p>Patch embedding, tile and position embeddings, local layers, global layers; the output joins the last state with
 * some intermediate ones (METHOD section 1).
 */
final class VisionTower {
    /** Of the norms before and behind the local layers: fixed in the reference, whatever {@code norm_eps} is. */
    private static final double OUTER_NORM_EPS = 1e-5;

    private final VisionConfig config;
    private final Weights weights;
    private final Compute compute;
    private final Map<Integer, TokenOrder> orders = new HashMap<>();
    private final Linear patchEmbedding;
    private final TileEmbeddings embeddings;
    private final LayerNorm preNorm;
    private final LayerNorm postNorm;
    private final List<EncoderLayer> local = new ArrayList<>();
    private final List<EncoderLayer> global = new ArrayList<>();

    VisionTower(Weights weights, VisionConfig config) {
        this.config = config;
        this.weights = weights;
        this.compute = weights.compute();
        String prefix = "vision_model";
        Tensor patches = weights.matrix(prefix + ".patch_embedding.weight");
        patchEmbedding = new Linear(weights.own(patches.reshape(config.hidden(), -1)), null, compute);
        embeddings = new TileEmbeddings(weights, prefix, config);
        preNorm = new LayerNorm(weights, prefix + ".layernorm_pre", OUTER_NORM_EPS);
        postNorm = new LayerNorm(weights, prefix + ".layernorm_post", OUTER_NORM_EPS);
        EncoderLayer.Kind kind = new EncoderLayer.Kind(
                "input_layernorm",
                "post_attention_layernorm",
                "o_proj",
                false,
                config.heads(),
                config.normEps(),
                Ops::gelu);
        for (int i = 0; i < config.layers(); i++) {
            local.add(new EncoderLayer(weights, prefix + ".transformer.layers." + i, kind));
        }
        for (int i = 0; i < config.globalLayers(); i++) {
            String at = prefix + ".global_transformer.layers." + i;
            global.add(new EncoderLayer(
                    weights, at, kind, weights.tanhGate(at + ".gate_attn"), weights.tanhGate(at + ".gate_ffn")));
        }
    }

    /**
     * Runs the tower.
     *
     * @param picture tiles of this tower's size
     * @return (tiles · tokens per tile, output size), owned by the current scope; all tiles, padding ones too
     */
    Tensor apply(ImageTiles picture, Progress progress) {
        try (Scope scope = Scope.open()) {
            TokenOrder order = order(picture.count());
            Tensor x = order.tokenOfRow().copiedOf(embedded(picture));
            List<Tensor> intermediate = new ArrayList<>();
            int steps = local.size() + global.size();
            for (int i = 0; i < local.size(); i++) {
                if (config.intermediateLayers().contains(i)) {
                    intermediate.add(order.rowOfToken().copiedOf(x));
                }
                local.get(i).apply(x, order.real());
                progress.done(i + 1, steps);
            }
            Tensor tiles = order.tokenOfRow().copiedOf(embeddings.afterLocalLayers(picture.aspectRatioId()));
            x = compute.place(postNorm.of(x).add_(tiles));
            for (int i = 0; i < global.size(); i++) {
                global.get(i).apply(x, order.real());
                progress.done(local.size() + i + 1, steps);
            }
            Tensor last = order.rowOfToken().copiedOf(x);
            return scope.keep(joined(last, intermediate));
        }
    }

    /** Kept from picture to picture: there are only a few numbers of tiles. */
    private synchronized TokenOrder order(int tiles) {
        return orders.computeIfAbsent(tiles, count -> TokenOrder.of(config, count, weights));
    }

    /** Pixels to the local layers' input: (tiles · padded tokens, hidden). */
    private Tensor embedded(ImageTiles picture) {
        int tiles = config.maxTiles();
        int side = config.patchesPerSide();
        int patch = config.patchSize();
        int channels = config.channels();
        Tensor pixels = HostArrays.tensor(picture.pixels(), tiles, channels, side, patch, side, patch);
        // (tiles, channels, y, dy, x, dx) -> (tiles · y · x, channels · dy · dx): the convolution's windows as rows
        Tensor windows = compute.place(pixels, compute.matmul())
                .permute(0, 2, 4, 1, 3, 5)
                .reshape((long) tiles * side * side, (long) channels * patch * patch);
        Tensor patches = patchEmbedding.apply(windows).view(tiles, config.patchesPerTile(), config.hidden());
        Tensor x = preNorm.of(embeddings.beforeLocalLayers(patches, picture.aspectRatioId()));
        int filler = config.paddedTokens() - config.tokensPerTile();
        if (filler > 0) {
            Tensor zeros = Ops.zerosLike(x.narrow(1, 0, 1)).expand(tiles, filler, config.hidden());
            x = Ops.cat(1, x, zeros);
        }
        return compute.place(x.reshape((long) tiles * config.paddedTokens(), config.hidden()));
    }

    /** The last state's channels, then the intermediate ones' interleaved: channel-major, layer index fastest. */
    private static Tensor joined(Tensor last, List<Tensor> intermediate) {
        if (intermediate.isEmpty()) {
            return last;
        }
        Tensor[] columns =
                intermediate.stream().map(state -> state.unsqueeze(2)).toArray(Tensor[]::new);
        Tensor interleaved = Ops.cat(2, columns).reshape(last.size(0), -1); // (rows, hidden, n) -> (rows, hidden · n)
        return Ops.cat(1, last, interleaved);
    }
}
