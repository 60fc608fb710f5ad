package sightline.mllama;

import java.util.ArrayList;
import java.util.List;
import sightline.llama.LlamaConfig;
import sightline.tensor.Work;

/** What seeing a picture costs, known before it is seen. Padding tiles take part: METHOD section 1. */
final class VisionWork {
    private VisionWork() {}

    /**
     * The products of the vision tower.
     *
     * @param tiles that hold picture
     */
    static List<Work> tower(VisionConfig config, int tiles) {
        int layers = config.layers() + config.globalLayers();
        long hidden = config.hidden();
        long rows = (long) config.maxTiles() * config.paddedTokens();
        long patchRows = (long) config.maxTiles() * config.patchesPerTile();
        long patchValues = (long) config.channels() * config.patchSize() * config.patchSize();
        long real = (long) tiles * config.tokensPerTile();
        List<Work> work = new ArrayList<>();
        work.add(new Work.Matrix(patchRows, patchValues, hidden, 1));
        work.add(new Work.Matrix(rows, hidden, hidden, 4.0 * layers)); // queries, keys, values, output
        work.add(new Work.Matrix(rows, hidden, config.intermediate(), layers));
        work.add(new Work.Matrix(rows, config.intermediate(), hidden, layers));
        work.add(new Work.Batched(config.heads(), real, config.headSize(), rows, layers));
        if (rows > real) { // padding rows read the real ones
            work.add(new Work.Batched(config.heads(), rows - real, config.headSize(), real, layers));
        }
        return work;
    }

    /** The products that make of the tower's output what the decoder reads: projector, keys and values. */
    static List<Work> memory(MllamaConfig config) {
        LlamaConfig text = config.text().llama();
        long tokens = (long) config.vision().maxTiles() * config.vision().tokensPerTile();
        long keyWidth = (long) text.keyValueHeads() * text.headSize();
        int cross = config.text().crossAttentionLayers().size();
        return List.of(
                new Work.Matrix(tokens, config.vision().outputDim(), text.hidden(), 1),
                new Work.Matrix(tokens, text.hidden(), keyWidth, 2.0 * cross));
    }
}
