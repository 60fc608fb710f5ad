package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;

/** Nothing collects a leaked tensor, so none may leak. */
class NativeMemoryTest {
    private static final int TRACES = 1000;

    @Test
    void aThousandTracesKeepMemoryFlat() {
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel model = Families.load(golden.checkpoint(), TestDevice.options())) {
            ModelInputs inputs = GoldenInputs.of(golden.cases().get(4), model.processor());
            SweepRequest request = new SweepRequest(
                    inputs.prompt(),
                    new int[] {372},
                    List.of(RandomSample.cut("image_to_last")),
                    List.of(1),
                    List.of(Masking.PAPER),
                    RowReading.PAPER,
                    0.6);
            Sweep sweep = new NaiveSweep(model);
            NativeMemory.assertFlat(TRACES, () -> {
                try (VisionMemory seen = model.see(inputs.picture())) {
                    assertThat(sweep.run(request, seen, Progress.NONE).probability())
                            .isBetween(0.0, 1.0);
                }
            });
        }
    }

    /** Anti-tautology: what the other test would miss must be noticed here. */
    @Test
    void aLeakedTensorIsNoticed() {
        List<Tensor> leaked = new ArrayList<>();
        assertThatThrownBy(() -> NativeMemory.assertFlat(4, () -> leaked.add(torch.zeros(1))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("native objects");
        leaked.forEach(Tensor::close);
    }
}
