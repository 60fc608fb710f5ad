package sightline.sweep;

import java.util.ArrayList;
import java.util.List;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.plan.LayerPlan;
import sightline.plan.SweepPlan;
import sightline.tensor.Work;

/**
 * A plan's products, as lists of shapes. Together they have the operations of its {@link sightline.knockout.SweepCost}.
 */
public final class SweepWork {
    private final ModelShape shape;
    private final List<Work> work = new ArrayList<>();

    private SweepWork(ModelShape shape) {
        this.shape = shape;
    }

    /** The products of all layers, without those of {@link #sharedRows} and the head's. */
    public static List<Work> layers(SweepPlan plan) {
        SweepWork all = new SweepWork(plan.shape());
        int below = plan.embeddings().length;
        for (int number = 0; number < plan.layers().size(); number++) {
            LayerPlan planned = plan.layers().get(number);
            LayerPlan layer = planned.from(plan.sharedRows(number));
            if (layer.medium() == Medium.IMAGE) {
                all.image(layer);
            } else {
                all.text(layer, below - plan.sharedBelow());
            }
            all.finish(layer.size());
            below = planned.size();
        }
        return all.work;
    }

    /** The products that a picture costs once, for the rows that all its questions share. */
    public static List<Work> sharedRows(SweepPlan plan) {
        SweepWork all = new SweepWork(plan.shape());
        for (int layer = 0; layer < plan.layers().size() && plan.sharedBelow() > 0; layer++) {
            int rows = plan.sharedRows(layer);
            all.keysAndValues(plan.sharedBelow());
            if (rows > 0) {
                all.matrix(rows, plan.shape().hidden(), plan.shape().hidden(), 1);
                all.batched(rows, rows, (long) rows * rows);
                all.finish(rows);
            }
        }
        return all.work;
    }

    /** The product of the output head. */
    public static Work head(SweepPlan plan) {
        ModelShape shape = plan.shape();
        return new Work.Matrix(plan.readOutRows().length, shape.hidden(), shape.vocabulary(), 1);
    }

    /**
     * One shape stands for all groups of a layer: the mean number of states, the mean number of keys.
     *
     * @param below states below whose keys and values are computed
     */
    private void text(LayerPlan layer, int below) {
        matrix(layer.queried().length, shape.hidden(), shape.hidden(), 1);
        keysAndValues(below);
        long groups = layer.groups().size();
        long rows = Math.max(1, Math.round((double) layer.size() / groups));
        batched(rows, Math.max(1, Math.round((double) layer.keys() / layer.size())), layer.keys());
    }

    private void image(LayerPlan layer) {
        long pairs = layer.keys();
        int rows = layer.asking().length;
        if (rows > 0) {
            matrix(rows, shape.hidden(), shape.hidden(), 1);
            batched(rows, Math.round((double) pairs / rows), pairs);
        }
    }

    private void keysAndValues(int rows) {
        matrix(rows, shape.hidden(), (long) shape.keyValueHeads() * shape.headSize(), 2);
    }

    private void finish(int rows) {
        matrix(rows, shape.hidden(), shape.hidden(), 1);
        matrix(rows, shape.hidden(), shape.intermediate(), 2);
        matrix(rows, shape.intermediate(), shape.hidden(), 1);
    }

    private void matrix(long rows, long inputs, long outputs, double count) {
        work.add(new Work.Matrix(rows, inputs, outputs, count));
    }

    /** @param pairs of a state and a key that it reads, in the whole layer */
    private void batched(long rows, long keys, long pairs) {
        long shared = rows * shape.headsPerKeyValueHead();
        double count = (double) pairs / (rows * keys);
        work.add(new Work.Batched(shape.keyValueHeads(), shared, shape.headSize(), keys, count));
    }
}
