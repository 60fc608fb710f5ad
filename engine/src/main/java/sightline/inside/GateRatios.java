package sightline.inside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import sightline.knockout.BranchRatio;
import sightline.model.ImageBlock;
import sightline.tensor.Compute;
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;
import sightline.tensor.TensorOwner;

/** Keeps how much layers that read the picture add to the residual stream of read-out rows. */
final class GateRatios {
    /** @param ratios (rows, 2): of attention, of the MLP */
    private record Read(int layer, double attentionGate, double mlpGate, Tensor ratios) {}

    private final TensorOwner owner;
    private final List<Read> layers = new ArrayList<>();

    GateRatios(TensorOwner owner) {
        this.owner = owner;
    }

    /** @param x (rows, hidden), what enters the layer */
    void read(int layer, ImageBlock block, Tensor x, RowAttention read, Compute compute) {
        ImageBlock.Branches added =
                block.branches(x, read.attended().to(compute.matmul().scalarType()));
        Tensor stream = wide(x);
        Tensor attention = wide(added.attention());
        Tensor ratios = Ops.cat(1, ratio(attention, stream), ratio(wide(added.mlp()), attention.add(stream)));
        layers.add(new Read(layer, added.attentionGate(), added.mlpGate(), owner.own(ratios)));
    }

    private static Tensor wide(Tensor x) {
        return x.to(ScalarType.Double);
    }

    /** ‖a‖ / ‖b‖ of each row: (rows, 1). */
    static Tensor ratio(Tensor a, Tensor b) {
        return Ops.sum(a.square()).div_(Ops.sum(b.square())).sqrt_();
    }

    /** ‖a‖ of each row: (rows, 1). */
    static Tensor length(Tensor a) {
        return Ops.sum(a.square()).sqrt_();
    }

    List<BranchRatio> ratios() {
        List<BranchRatio> ratios = new ArrayList<>();
        for (Read read : layers) {
            double[] numbers = HostArrays.doubles(read.ratios());
            double[] attention = new double[numbers.length / 2];
            double[] mlp = new double[attention.length];
            Arrays.setAll(attention, row -> numbers[2 * row]);
            Arrays.setAll(mlp, row -> numbers[2 * row + 1]);
            ratios.add(new BranchRatio(read.layer(), read.attentionGate(), read.mlpGate(), attention, mlp));
        }
        return ratios;
    }
}
