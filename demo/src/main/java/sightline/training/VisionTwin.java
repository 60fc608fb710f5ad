package sightline.training;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.mllama.VisionConfig;

/**
 * The vision tower and the projector with gradients, for a batch of pictures: the engine's {@code VisionTower} computes the
 * same for one. Only pairs of which both are padding are masked.
 */
final class VisionTwin {
    private static final String TOWER = "vision_model.";

    private final VisionConfig config;

    VisionTwin(VisionConfig config) {
        this.config = config;
    }

    /**
     * Pictures to what the decoder reads.
     *
     * @return (pictures, tiles · tokens per tile, decoder's hidden size); all tiles, padding ones too
     */
    Tensor apply(Replica at, PictureBatch pictures) {
        long batch = pictures.size();
        int tiles = config.maxTiles();
        int hidden = config.hidden();
        int padded = config.paddedTokens();
        Tensor x = embedded(at, pictures);
        x = norm(x, at, TOWER + "layernorm_pre");
        Tensor filler = torch.zeros(batch, tiles, padded - config.tokensPerTile(), hidden);
        x = Maths.cat(2, x, filler).view(batch, (long) tiles * padded, hidden);
        List<Tensor> intermediate = new ArrayList<>();
        for (int i = 0; i < config.layers(); i++) {
            if (config.intermediateLayers().contains(i)) {
                intermediate.add(x);
            }
            x = block(x, at, TOWER + "transformer.layers." + i, false, pictures.mask());
        }
        x = norm(x, at, TOWER + "layernorm_post");
        Tensor post = row(at, TOWER + "post_tile_positional_embedding.embedding.weight", pictures)
                .view(batch, tiles, 1, hidden)
                .mul(gate(at, TOWER + "post_tile_positional_embedding.gate"));
        x = x.view(batch, tiles, padded, hidden).add(post).view(batch, (long) tiles * padded, hidden);
        for (int i = 0; i < config.globalLayers(); i++) {
            x = block(x, at, TOWER + "global_transformer.layers." + i, true, pictures.mask());
        }
        Tensor joined = x;
        if (!intermediate.isEmpty()) {
            Tensor interleaved = Maths.stack(3, intermediate.toArray(new Tensor[0]))
                    .view(batch, (long) tiles * padded, (long) hidden * intermediate.size());
            joined = Maths.cat(2, x, interleaved);
        }
        Tensor kept = joined.view(batch, tiles, padded, config.outputDim())
                .narrow(2, 0, config.tokensPerTile())
                .reshape(batch, (long) tiles * config.tokensPerTile(), config.outputDim());
        return Maths.linear(kept, at.weight("multi_modal_projector.weight"), at.weight("multi_modal_projector.bias"));
    }

    /** Pixels to (pictures, tiles, tokens per tile, hidden), before the first norm. */
    private Tensor embedded(Replica at, PictureBatch pictures) {
        long batch = pictures.size();
        int tiles = config.maxTiles();
        int hidden = config.hidden();
        int side = config.patchesPerSide();
        int patch = config.patchSize();
        int channels = config.channels();
        // (…, channels, y, dy, x, dx) -> (…, y, x, channels, dy, dx): the convolution's windows as rows
        Tensor windows = pictures.pixels()
                .view(batch * tiles, channels, side, patch, side, patch)
                .permute(0, 2, 4, 1, 3, 5)
                .reshape(batch, tiles, (long) side * side, (long) channels * patch * patch);
        Tensor kernel = at.weight(TOWER + "patch_embedding.weight").view(hidden, (long) channels * patch * patch);
        Tensor pre = row(at, TOWER + "pre_tile_positional_embedding.embedding.weight", pictures)
                .view(batch, tiles, 1, hidden)
                .mul(gate(at, TOWER + "pre_tile_positional_embedding.gate"));
        Tensor patches = Maths.linear(windows, kernel).add(pre);
        Tensor first =
                at.weight(TOWER + "class_embedding").view(1, 1, 1, hidden).expand(batch, tiles, 1, hidden);
        Tensor positionGate = gate(at, TOWER + "gated_positional_embedding.gate");
        Tensor position = at.weight(TOWER + "gated_positional_embedding.embedding")
                .mul(positionGate.neg().add(new Scalar(1.0)));
        Tensor tilePosition = row(at, TOWER + "gated_positional_embedding.tile_embedding.weight", pictures)
                .view(batch, tiles, config.tokensPerTile(), hidden)
                .mul(positionGate);
        return Maths.cat(2, first, patches).add(position).add(tilePosition);
    }

    private static Tensor row(Replica at, String table, PictureBatch pictures) {
        return torch.index_select(at.weight(table), 0, pictures.aspectRatioIds());
    }

    private static Tensor gate(Replica at, String name) {
        return torch.tanh(at.weight(name));
    }

    private Tensor norm(Tensor x, Replica at, String name) {
        return Maths.layerNorm(x, at.weight(name + ".weight"), at.weight(name + ".bias"), config.normEps());
    }

    private Tensor block(Tensor x, Replica at, String name, boolean gated, Tensor mask) {
        Tensor normed = norm(x, at, name + ".input_layernorm");
        Tensor q = split(Maths.linear(normed, at.weight(name + ".self_attn.q_proj.weight")));
        Tensor k = split(Maths.linear(normed, at.weight(name + ".self_attn.k_proj.weight")));
        Tensor v = split(Maths.linear(normed, at.weight(name + ".self_attn.v_proj.weight")));
        Tensor attended = Maths.linear(Maths.attention(q, k, v, mask), at.weight(name + ".self_attn.o_proj.weight"));
        x = x.add(gated ? attended.mul(gate(at, name + ".gate_attn")) : attended);
        Tensor inner = norm(x, at, name + ".post_attention_layernorm");
        inner = torch.gelu(Maths.linear(inner, at.weight(name + ".mlp.fc1.weight"), at.weight(name + ".mlp.fc1.bias")));
        Tensor out = Maths.linear(inner, at.weight(name + ".mlp.fc2.weight"), at.weight(name + ".mlp.fc2.bias"));
        return x.add(gated ? out.mul(gate(at, name + ".gate_ffn")) : out);
    }

    private Tensor split(Tensor x) {
        return x.view(x.size(0), x.size(1), config.heads(), config.headSize()).transpose(1, 2);
    }
}
