package sightline.llava;

import java.util.List;
import sightline.tensor.Work;

/** What seeing a picture costs, known before it is seen. */
final class LlavaWork {
    private LlavaWork() {}

    /** The products of the tower's layers that are run. */
    static List<Work> tower(LlavaConfig config) {
        ClipConfig vision = config.vision();
        int layers = config.towerLayers();
        long hidden = vision.hidden();
        long rows = vision.patches() + 1L;
        long patchValues = (long) ClipConfig.CHANNELS * vision.patchSize() * vision.patchSize();
        return List.of(
                new Work.Matrix(vision.patches(), patchValues, hidden, 1),
                new Work.Matrix(rows, hidden, hidden, 4.0 * layers), // queries, keys, values, output
                new Work.Matrix(rows, hidden, vision.intermediate(), layers),
                new Work.Matrix(rows, vision.intermediate(), hidden, layers),
                new Work.Batched(vision.heads(), rows, vision.headSize(), rows, layers));
    }

    /** The products of the projector. */
    static List<Work> projector(LlavaConfig config) {
        long tokens = config.pictureTokens().all();
        long hidden = config.text().hidden();
        return List.of(
                new Work.Matrix(tokens, config.vision().hidden(), hidden, 1),
                new Work.Matrix(tokens, hidden, hidden, 1));
    }
}
