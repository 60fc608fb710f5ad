package sightline.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.checkpoint.WeightSpec;
import sightline.mllama.MllamaConfig;
import sightline.world.Scene;

/**
 * Linear heads on the projector's output that say what is where: they teach the vision tower, and are thrown away
 * afterwards.
 */
final class LabelHeads {
    /** A class token's tasks are many and easy: together they must not outweigh the patches' own. */
    private static final double TILE_WEIGHT = 0.3;

    private final MllamaConfig config;
    private final List<Head> heads;

    /** What a head tells: a task's name, its classes and its place. */
    record Head(String task, int classes, Scene.Place place) {
        private String weight() {
            return "label_heads." + task + ".weight";
        }

        private String bias() {
            return "label_heads." + task + ".bias";
        }
    }

    /**
     * How the heads did on a batch.
     *
     * @param loss the weighted mean of the tasks' mean losses, with gradients
     * @param right [task] places told rightly
     * @param asked [task] places asked about
     */
    record Outcome(Tensor loss, double[] right, double[] asked) {}

    /** @param example any scene: all have the same tasks in the same order */
    LabelHeads(MllamaConfig config, List<Scene.Labels> example) {
        this.config = config;
        this.heads = example.stream()
                .map(labels -> new Head(labels.task(), labels.classes(), labels.place()))
                .toList();
    }

    List<Head> heads() {
        return heads;
    }

    /** The parameters that the heads need. */
    List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        long hidden = config.text().llama().hidden();
        for (Head head : heads) {
            weights.add(new WeightSpec(head.weight(), List.of((long) head.classes(), hidden)));
            weights.add(new WeightSpec(head.bias(), List.of((long) head.classes())));
        }
        return weights;
    }

    /**
     * Compares what the heads say with the labels.
     *
     * @param memory the projector's output (pictures, tiles · tokens per tile, hidden)
     * @param labels each picture's, in the order of the heads
     */
    Outcome compare(Replica at, Tensor memory, List<List<Scene.Labels>> labels) {
        int tiles = config.vision().maxTiles();
        int tokens = config.vision().tokensPerTile();
        Tensor byTile = memory.view(memory.size(0), tiles, tokens, memory.size(2));
        double[] right = new double[heads.size()];
        double[] asked = new double[heads.size()];
        Tensor sum = null;
        double told = 0;
        for (int task = 0; task < heads.size(); task++) {
            Head head = heads.get(task);
            int first = head.place() == Scene.Place.TILE ? 0 : 1;
            int places = head.place() == Scene.Place.TILE ? 1 : tokens - 1;
            int[] targets = targets(labels, task, places);
            asked[task] = Arrays.stream(targets).filter(t -> t >= 0).count();
            if (asked[task] == 0) {
                continue;
            }
            Tensor rows = byTile.narrow(2, first, places).reshape(targets.length, memory.size(2));
            Tensor logits = Maths.linear(rows, at.weight(head.weight()), at.weight(head.bias()));
            Tensor wanted = sightline.tensor.HostArrays.indices(targets);
            double weight = head.place() == Scene.Place.TILE ? TILE_WEIGHT : 1;
            Tensor loss = Maths.crossEntropySum(logits, wanted).mul(new Scalar(weight / asked[task]));
            sum = sum == null ? loss : sum.add(loss);
            told += weight;
            Tensor said = logits.detach().argmax(new org.bytedeco.pytorch.LongOptional(1), false);
            right[task] = said.eq(wanted).sum().item_long();
        }
        Tensor loss = sum == null ? torch.zeros(1) : sum.div(new Scalar(told));
        return new Outcome(loss, right, asked);
    }

    private int[] targets(List<List<Scene.Labels>> labels, int task, int places) {
        int each = config.vision().maxTiles() * places;
        int[] targets = new int[labels.size() * each];
        Arrays.fill(targets, -1);
        for (int i = 0; i < labels.size(); i++) {
            int[] values = labels.get(i).get(task).values();
            System.arraycopy(values, 0, targets, i * each, values.length);
        }
        return targets;
    }
}
