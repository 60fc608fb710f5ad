package sightline.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.checkpoint.WeightSpec;

/**
 * All trained numbers in one float32 vector, so that an optimiser's step is a few operations on long vectors. Matrices
 * inside layers come first, those of one shape and tower side by side: a block can be read as one stack of matrices.
 */
final class Parameters implements AutoCloseable {
    private static final String VISION = "vision_model.";

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final long matricesEnd;
    private final long visionVectorsEnd;
    private final long size;
    private final Tensor values;

    /** Where a weight lies. */
    record Slot(WeightSpec spec, long offset) {
        /** This weight's numbers within a vector of all, sharing its memory. */
        Tensor of(Tensor vector) {
            long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
            return vector.narrow(0, offset, spec.elements()).view(shape);
        }
    }

    /** A stack of equally shaped matrices. */
    record Block(boolean vision, long offset, long count, long rows, long columns) {
        /** (count, rows, columns), sharing the vector's memory. */
        Tensor of(Tensor vector) {
            return vector.narrow(0, offset, count * rows * columns).view(count, rows, columns);
        }
    }

    /** Lays the weights out; all are 0. */
    Parameters(List<WeightSpec> weights) {
        List<WeightSpec> matrices = weights.stream()
                .filter(Parameters::isLayerMatrix)
                .sorted(Comparator.comparing(Parameters::kind))
                .toList();
        List<WeightSpec> vectors = weights.stream()
                .filter(spec -> !isLayerMatrix(spec))
                .sorted(Comparator.comparing(spec -> !isVision(spec))) // stable: the vision tower's first
                .toList();
        long offset = 0;
        for (WeightSpec spec : matrices) {
            addToBlocks(spec, offset);
            offset = add(spec, offset);
        }
        matricesEnd = offset;
        long vision = offset;
        for (WeightSpec spec : vectors) {
            offset = add(spec, offset);
            vision = isVision(spec) ? offset : vision;
        }
        visionVectorsEnd = vision;
        size = offset;
        values = torch.zeros(size);
    }

    private long add(WeightSpec spec, long offset) {
        slots.put(spec.name(), new Slot(spec, offset));
        return offset + spec.elements();
    }

    private void addToBlocks(WeightSpec spec, long offset) {
        Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        long rows = spec.shape().get(0);
        long columns = spec.shape().get(1);
        boolean joins = last != null && last.vision == isVision(spec) && last.rows == rows && last.columns == columns;
        if (joins) {
            blocks.set(blocks.size() - 1, new Block(last.vision, last.offset, last.count + 1, rows, columns));
        } else {
            blocks.add(new Block(isVision(spec), offset, 1, rows, columns));
        }
    }

    private static boolean isLayerMatrix(WeightSpec spec) {
        return spec.name().contains(".layers.") && spec.shape().size() == 2;
    }

    private static boolean isVision(WeightSpec spec) {
        return spec.name().startsWith(VISION);
    }

    private static String kind(WeightSpec spec) {
        return isVision(spec) + " " + spec.shape();
    }

    /** Every weight with its place, in the vector's order. */
    Map<String, Slot> slots() {
        return slots;
    }

    /** The matrices inside layers. */
    List<Block> blocks() {
        return blocks;
    }

    /** Where the matrices inside layers end and all else begins. */
    long matricesEnd() {
        return matricesEnd;
    }

    /** Where, behind the matrices, the vision tower's vectors and tables end. */
    long visionVectorsEnd() {
        return visionVectorsEnd;
    }

    /** How many numbers there are. */
    long size() {
        return size;
    }

    /** The vector of all. */
    Tensor values() {
        return values;
    }

    @Override
    public void close() {
        values.close();
    }
}
