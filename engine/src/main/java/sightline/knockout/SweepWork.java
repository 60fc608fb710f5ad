package sightline.knockout;

import java.util.ArrayList;
import java.util.List;
import sightline.checkpoint.TextConfig;
import sightline.tensor.Work;

/** A plan's products, layer by layer. Together they have the operations of its {@link SweepCost}. */
final class SweepWork {
    private final TextConfig config;
    private final List<Work> work = new ArrayList<>();

    private SweepWork(TextConfig config) {
        this.config = config;
    }

    static List<Work> of(TextConfig config, int embeddings, List<PlannedLayer> layers, int validTokens, int allTokens) {
        SweepWork all = new SweepWork(config);
        int below = embeddings;
        for (PlannedLayer layer : layers) {
            if (layer.cross()) {
                all.cross(layer, validTokens, allTokens);
            } else {
                all.self(layer, below);
            }
            all.finish(layer.size());
            below = layer.size();
        }
        return all.work;
    }

    /** One shape stands for all groups of a layer: the mean number of states, the mean number of keys. */
    private void self(PlannedLayer layer, int below) {
        long keyWidth = (long) config.keyValueHeads() * config.headSize();
        matrix(layer.queried().length, config.hidden(), config.hidden(), 1);
        matrix(below, config.hidden(), keyWidth, 2);
        long groups = layer.groups().size();
        long rows = Math.max(1, Math.round((double) layer.size() / groups));
        batched(rows, Math.max(1, Math.round((double) layer.textKeys() / layer.size())), layer.textKeys());
    }

    private void cross(PlannedLayer layer, int validTokens, int allTokens) {
        long pairs = layer.visionKeys(validTokens, allTokens);
        int rows = layer.softmaxRows().length;
        if (rows > 0) {
            matrix(rows, config.hidden(), config.hidden(), 1);
            batched(rows, Math.round((double) pairs / rows), pairs);
        }
    }

    private void finish(int rows) {
        matrix(rows, config.hidden(), config.hidden(), 1);
        matrix(rows, config.hidden(), config.intermediate(), 2);
        matrix(rows, config.intermediate(), config.hidden(), 1);
    }

    private void matrix(long rows, long inputs, long outputs, double count) {
        work.add(new Work.Matrix(rows, inputs, outputs, count));
    }

    /** @param pairs of a state and a key that it reads, in the whole layer */
    private void batched(long rows, long keys, long pairs) {
        long shared = rows * config.headsPerKeyValueHead();
        double count = (double) pairs / (rows * keys);
        work.add(new Work.Batched(config.keyValueHeads(), shared, config.headSize(), keys, count));
    }
}
