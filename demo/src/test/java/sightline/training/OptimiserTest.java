package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import sightline.tensor.HostArrays;

class OptimiserTest {
    /** All singular values come out near 1: x xᵀ is nearly the identity, for wide and tall matrices. */
    @Test
    void newtonSchulzMakesMatricesOrthogonal() {
        for (long[] shape : new long[][] {{2, 8, 12}, {2, 12, 8}}) {
            try (PointerScope scope = new PointerScope()) {
                Tensor x = Optimiser.orthogonal(torch.randn(shape));
                Tensor gram = shape[1] < shape[2] ? torch.bmm(x, x.transpose(1, 2)) : torch.bmm(x.transpose(1, 2), x);
                for (float value : HostArrays.floats(gram.sub(torch.eye(8).unsqueeze(0)))) {
                    assertThat(value).isBetween(-0.7f, 0.7f);
                }
                float trace =
                        HostArrays.floats(gram.mul(torch.eye(8).unsqueeze(0)).sum())[0];
                assertThat(trace / 16).isBetween(0.6f, 1.3f);
            }
        }
    }
}
