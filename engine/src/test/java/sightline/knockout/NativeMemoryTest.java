package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.model.LoadOptions;
import sightline.model.Masking;
import sightline.model.Mllama;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.RowReading;
import sightline.model.VisionMemory;
import sightline.tensor.NativeEngine;

/** Nothing collects a leaked tensor, so none may leak. */
class NativeMemoryTest {
    private static final int TRACES = 1000;
    /** A trace makes some 60 MB of tensors; leaking one hidden state (6 KB) a pass would add 18 MB. */
    private static final long ALLOWED_GROWTH = 12L << 20;

    @Test
    void aThousandTracesKeepMemoryFlat() {
        try (Golden golden = Golden.open("tiny10");
                Mllama model = Mllama.load(golden.checkpoint(), LoadOptions.defaults())) {
            ModelInputs inputs = GoldenInputs.of(golden.cases().get(4), model.processor());
            SweepRequest request = new SweepRequest(
                    inputs.prompt(),
                    new int[] {372},
                    List.of(Pathway.IMAGE_TO_LAST),
                    List.of(1),
                    List.of(Masking.PAPER),
                    RowReading.PAPER,
                    0.6);
            traces(model, inputs, request, TRACES / 4);
            long before = settledBytes();
            traces(model, inputs, request, TRACES);
            assertThat(settledBytes() - before).isLessThan(ALLOWED_GROWTH);
        }
    }

    private static void traces(Mllama model, ModelInputs inputs, SweepRequest request, int count) {
        Sweep sweep = new NaiveSweep(model);
        for (int i = 0; i < count; i++) {
            try (VisionMemory seen = model.see(inputs.picture())) {
                assertThat(sweep.run(request, seen, Progress.NONE).probability())
                        .isBetween(0.0, 1.0);
            }
        }
    }

    /** Resident memory once the Java heap has calmed down: the lowest of a few readings. */
    private static long settledBytes() {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            lowest = Math.min(lowest, NativeEngine.residentBytes());
        }
        return lowest;
    }
}
