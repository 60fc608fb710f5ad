package sightline.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Many small arrays that go to the device together: all row numbers in one copy, all masks and factors in another. On a card
 * each copy waits for what the card has in hand, whatever its size.
 */
public final class DeviceBlock {
    private final List<Rows> rows = new ArrayList<>();
    private final List<BlockTensor> tensors = new ArrayList<>();
    private long[] rowValues = new long[1 << 10];
    private int rowCount;
    private float[] values = new float[1 << 10];
    private int valueCount;

    /** Adds row numbers, in any order. */
    public Rows rows(int[] given) {
        rowValues = rowCount + given.length <= rowValues.length
                ? rowValues
                : Arrays.copyOf(rowValues, Math.max(2 * rowValues.length, rowCount + given.length));
        boolean leading = true;
        for (int i = 0; i < given.length; i++) {
            rowValues[rowCount + i] = given[i];
            leading &= given[i] == i;
        }
        Rows added = new Rows(rowCount, given.length, leading);
        rows.add(added);
        rowCount += given.length;
        return added;
    }

    /** Adds numbers, which are rounded to the format within layers: 0, 1 and −∞ stay. */
    public BlockTensor tensor(float[] given, long... shape) {
        values = valueCount + given.length <= values.length
                ? values
                : Arrays.copyOf(values, Math.max(2 * values.length, valueCount + given.length));
        System.arraycopy(given, 0, values, valueCount, given.length);
        BlockTensor added = new BlockTensor(valueCount, shape);
        tensors.add(added);
        valueCount += given.length;
        return added;
    }

    /**
     * Copies all to the device. Once, after everything was added.
     *
     * @param owner of what is placed
     */
    public void place(Compute compute, TensorOwner owner) {
        try (Scope scope = Scope.open()) {
            if (rowCount > 0) {
                Tensor block = compute.rows(Arrays.copyOf(rowValues, rowCount));
                rows.forEach(each -> each.place(block, owner));
            }
            if (valueCount > 0) {
                Tensor block = compute.place(
                        HostArrays.tensor(Arrays.copyOf(values, valueCount), valueCount), compute.matmul());
                tensors.forEach(each -> each.place(block, owner));
            }
        }
    }
}
