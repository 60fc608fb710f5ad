package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
import sightline.tensor.HostArrays;

/**
 * Every copy between Java's memory and a card waits for all that the card has in hand, so a sample makes few. They are
 * counted where arrays become tensors and tensors arrays, which is the same on the CPU.
 */
class DeviceCopiesTest {
    /** Pixels; the ids of the embeddings; the ids that are read out; their probabilities; the likeliest tokens'. */
    private static final int A_SAMPLE = 5;

    /** The plan's row numbers, its masks; the two tables of rotary angles; the vision tower's row numbers. */
    private static final int ONCE = 5;

    @Test
    void aSampleOfAKnownOutlineMakesFive() {
        try (Golden golden = Golden.open("tiny10");
                VisionLanguageModel model = Families.load(golden.checkpoint(), TestDevice.options());
                Sweep sweep = new SharedSweep(model)) {
            ModelInputs inputs = GoldenInputs.of(golden.cases().get(4), model.processor());
            for (int k : List.of(1, 9)) {
                SweepRequest request = new SweepRequest(
                        inputs.prompt(),
                        new int[] {372, 5, 11},
                        RandomSample.PUBLISHED,
                        List.of(k),
                        List.of(Masking.PAPER, Masking.ZERO),
                        RowReading.PAPER,
                        0.6);
                assertThat(copies(model, sweep, inputs, request)).isLessThanOrEqualTo(A_SAMPLE + ONCE);
                assertThat(copies(model, sweep, inputs, request)).isEqualTo(A_SAMPLE);
            }
        }
    }

    private static long copies(VisionLanguageModel model, Sweep sweep, ModelInputs inputs, SweepRequest request) {
        long before = HostArrays.copies();
        try (VisionMemory seen = model.see(inputs.picture())) {
            sweep.run(request, seen, Progress.NONE);
        }
        return HostArrays.copies() - before;
    }
}
