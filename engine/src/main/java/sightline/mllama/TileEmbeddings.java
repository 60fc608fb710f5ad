package sightline.mllama;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.Ops;

/**
 * Where a token lies: in its tile (positions), and its tile in the picture (tile embeddings, looked up by the aspect-ratio
 * id, whose row holds all tiles). Each is weighed by the tanh of a gate.
 */
final class TileEmbeddings {
    private final VisionConfig config;
    private final Compute compute;
    private final Tensor classToken;
    private final Tensor position;
    private final double positionGate;
    private final Tensor tilePositionTable;
    private final Tensor preTileTable;
    private final double preTileGate;
    private final Tensor postTileTable;
    private final double postTileGate;

    TileEmbeddings(Weights weights, String prefix, VisionConfig config) {
        this.config = config;
        this.compute = weights.compute();
        classToken = weights.vector(prefix + ".class_embedding");
        String gated = prefix + ".gated_positional_embedding";
        position = weights.vector(gated + ".embedding");
        positionGate = weights.tanhGate(gated + ".gate");
        tilePositionTable = weights.table(gated + ".tile_embedding.weight");
        preTileTable = weights.table(prefix + ".pre_tile_positional_embedding.embedding.weight");
        preTileGate = weights.tanhGate(prefix + ".pre_tile_positional_embedding.gate");
        postTileTable = weights.table(prefix + ".post_tile_positional_embedding.embedding.weight");
        postTileGate = weights.tanhGate(prefix + ".post_tile_positional_embedding.gate");
    }

    /** patches (tiles, patches, hidden) -> (tiles, 1 + patches, hidden): pre-tile embedding, class token, positions. */
    Tensor beforeLocalLayers(Tensor patches, int aspectRatioId) {
        int tiles = config.maxTiles();
        int hidden = config.hidden();
        Tensor withTile = patches.add(row(preTileTable, aspectRatioId).view(tiles, 1, hidden), new Scalar(preTileGate));
        Tensor x = Ops.cat(1, classToken.view(1, 1, hidden).expand(tiles, 1, hidden), withTile);
        x.add_(position.unsqueeze(0), new Scalar(1 - positionGate));
        Tensor tilePositions = row(tilePositionTable, aspectRatioId).view(tiles, config.tokensPerTile(), hidden);
        return x.add_(tilePositions, new Scalar(positionGate));
    }

    /** What is added between local and global layers: (tiles · padded tokens, hidden), the same for all of a tile. */
    Tensor afterLocalLayers(int aspectRatioId) {
        int tiles = config.maxTiles();
        int hidden = config.hidden();
        return row(postTileTable, aspectRatioId)
                .view(tiles, 1, hidden)
                .mul(new Scalar(postTileGate))
                .expand(tiles, config.paddedTokens(), hidden)
                .reshape((long) tiles * config.paddedTokens(), hidden);
    }

    private Tensor row(Tensor table, int id) {
        return compute.place(table.select(0, id), compute.matmul());
    }
}
