package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.model.LayerListener;
import sightline.plan.SweepPlan;
import sightline.tensor.DType;
import sightline.tensor.Ops;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/** Keeps the states of read-out rows behind each layer while a walk goes on: what a lens is read off. */
final class TipStates implements LayerListener, AutoCloseable {
    private final SweepPlan plan;
    private final int[][] kept; // entry 0 the embeddings, then behind each layer: states, in increasing order
    private final List<Tensor> stages = new ArrayList<>(); // (states, hidden) of each entry
    private final TensorOwner owner = new TensorOwner("the states of read-out rows");

    /** @param tips states behind the last layer */
    TipStates(SweepPlan plan, Collection<int[]> tips) {
        this.plan = plan;
        int entries = plan.shape().layers() + 1;
        BitSet[] needed = new BitSet[entries];
        Arrays.setAll(needed, entry -> new BitSet());
        for (int[] some : tips) {
            for (int tip : some) {
                int[] states = plan.below(tip);
                for (int entry = 0; entry < entries; entry++) {
                    needed[entry].set(states[entry]);
                }
            }
        }
        kept = Arrays.stream(needed).map(set -> set.stream().toArray()).toArray(int[][]::new);
    }

    /** Native bytes that all of them take once a walk is over. */
    long bytes(DType dtype) {
        return Arrays.stream(kept).mapToLong(some -> some.length).sum()
                * plan.shape().hidden()
                * dtype.bytes();
    }

    @Override
    public void after(int layer, Tensor hidden) {
        try (Scope scope = Scope.open()) {
            stages.add(owner.own(Ops.rows(hidden, kept[layer + 1])));
        }
    }

    /** The states up to some tips, entry by entry and tip by tip: (entries · tips, hidden), in the current scope. */
    Tensor below(int... tips) {
        int[][] states = Arrays.stream(tips).mapToObj(plan::below).toArray(int[][]::new);
        Tensor[] parts = new Tensor[stages.size()];
        for (int entry = 0; entry < parts.length; entry++) {
            int[] places = new int[tips.length];
            for (int tip = 0; tip < tips.length; tip++) {
                places[tip] = Arrays.binarySearch(kept[entry], states[tip][entry]);
            }
            parts[entry] = Ops.rows(stages.get(entry), places);
        }
        return Ops.cat(0, parts);
    }

    @Override
    public void close() {
        owner.close();
    }
}
