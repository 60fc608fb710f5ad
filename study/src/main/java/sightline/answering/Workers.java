package sightline.answering;

import java.util.stream.Stream;
import sightline.checkpoint.ModelConfig;
import sightline.device.Cards;
import sightline.knockout.ModelShape;
import sightline.model.VisionLanguageModel;
import sightline.sweep.SharedSweep;
import sightline.tensor.Compute;
import sightline.tensor.Cores;
import sightline.tensor.Work;

/**
 * How many samples a loaded model works on at once.
 *
 * <p>On the CPU a model so small that several cores gain nothing on one sample works on as many as there are cores; any other on
 * one, with all cores. A card waits for its host most of the time: two to four workers gain up to 2.4 times (docs/gpu.md), more
 * gain nothing. Each takes memory, so there are only as many as fit.
 */
final class Workers {
    /** Each worker may take the memory that a sweep may take. */
    private static final int MOST_ON_CORES = 8;

    private static final int MOST_ON_CARD = 4;

    /** Inputs and outputs of the widest product that the vision tower holds at once, with copies in other formats. */
    private static final int TOWER_COPIES = 4;

    private Workers() {}

    /** The number for a model where it is loaded. */
    static int of(VisionLanguageModel model) {
        Compute compute = model.compute();
        if (compute.device().isCard()) {
            return onCard(Cards.freeMemory(compute.device()), bytes(model.config(), compute));
        }
        return Cores.one(model.config().parameters())
                ? Math.min(MOST_ON_CORES, Runtime.getRuntime().availableProcessors())
                : 1;
    }

    /**
     * How many fit on a card; one in any case. A tenth of what is free stays so, for pieces that cannot be used again.
     *
     * @param free bytes beside the loaded model
     * @param each bytes that one takes at most
     */
    static int onCard(long free, long each) {
        return (int) Math.max(1, Math.min(MOST_ON_CARD, (free - free / 10) / each));
    }

    /**
     * The bytes that one worker takes at most, as an estimate from the model's sizes: what the sweep may take, the widest product
     * of the vision tower a few times over, and what is remembered of a picture. In bfloat16, 11B: 3.0 + 0.6 + 0.3 GiB, LLaVA-1.5
     * 7B: 3.0 + 0.04 + 0.4 GiB.
     */
    static long bytes(ModelConfig config, Compute compute) {
        double widest = Stream.concat(config.towerWork(config.mostTiles()).stream(), config.memoryWork().stream())
                .mapToDouble(work -> work instanceof Work.Matrix m ? (double) m.rows() * (m.inputs() + m.outputs()) : 0)
                .max()
                .orElse(0);
        double remembered = config.memoryWork().stream()
                .mapToDouble(work -> work instanceof Work.Matrix m ? m.rows() * m.outputs() * m.count() : 0)
                .sum();
        ModelShape shape = config.shape();
        long ofRow = shape.hidden()
                + 2L * shape.keyValueHeads() * shape.headSize(); // in each layer; words are a few rows more
        remembered += (double) config.imageRows() * shape.layers() * ofRow;
        return SharedSweep.DEFAULT_BUDGET
                + (long)
                        ((TOWER_COPIES * widest + remembered) * compute.matmul().bytes());
    }
}
