package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sightline.checkpoint.RandomWeights;
import sightline.golden.TestDevice;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** A study traces thousands of different samples with one model: memory stays flat, and nothing is computed twice. */
class ManySamplesTest {
    private static final int SAMPLES = 200;
    private static final List<Masking> MASKINGS = List.of(Masking.values());
    private static final List<RowReading> READINGS = List.of(RowReading.values());

    private static final MllamaConfig CONFIG = RandomSample.config(6, new TreeSet<>(List.of(1, 4)), 24, 8);

    @Test
    void memoryStaysFlatAndEveryStateIsComputedOnce() {
        try (VisionLanguageModel model = Mllama.of(
                new RandomWeights(CONFIG, 3, false), TestDevice.options().withDType(DType.FLOAT32))) {
            int[] sample = {0};
            while (sample[0] < RandomSample.MOST_TILES) { // what the model keeps for each number of tiles
                trace(model, sample[0]++);
            }
            NativeMemory.assertFlat(SAMPLES, () -> trace(model, sample[0]++));
        }
    }

    /** A picture with its own prompt length, answer, pathways and windows. */
    private static void trace(VisionLanguageModel model, int seed) {
        SweepRequest request = request(seed);
        try (VisionMemory seen = model.see(RandomSample.picture(1 + seed % RandomSample.MOST_TILES, seed));
                SharedSweep sweep = new SharedSweep(model)) {
            long planned = sweep.plan(request, seen).cost().states();
            int[] computed = {0};
            Trace trace = sweep.run(request, seen, (done, all) -> computed[0] = done);
            assertThat(computed[0]).isEqualTo(Math.toIntExact(planned));
            assertThat(trace.probability()).isBetween(0.0, 1.0);
        }
    }

    private static SweepRequest request(int seed) {
        List<TokenRole> roles = new java.util.ArrayList<>(Collections.nCopies(5 + seed % 13, TokenRole.QUESTION));
        roles.set(seed % 5, TokenRole.IMAGE);
        EncodedPrompt prompt = RandomSample.prompt(roles, seed);
        return new SweepRequest(
                prompt,
                RandomSample.tokens(1 + seed % 3, seed),
                RandomSample.PUBLISHED.subList(seed % 3, 4),
                List.of(1 + seed % 5),
                List.of(MASKINGS.get(seed % 2)),
                READINGS.get(seed % 3),
                SweepRequest.PUBLISHED_TEMPERATURE);
    }
}
