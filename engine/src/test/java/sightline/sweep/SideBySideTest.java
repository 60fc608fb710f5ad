package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import sightline.checkpoint.RandomWeights;
import sightline.golden.TestDevice;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.tensor.NativeEngine;
import sightline.tensor.OneThread;
import sightline.text.TokenRole;

/** Samples traced side by side, each on one core, give what they give one after the other. */
class SideBySideTest {
    private static final int SAMPLES = 12;
    private static final MllamaConfig CONFIG = RandomSample.config(6, new TreeSet<>(List.of(1, 4)), 4, 2);

    @Test
    void giveTheSameNumbers() throws Exception {
        int before = NativeEngine.threads();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try (VisionLanguageModel model = Mllama.of(
                new RandomWeights(CONFIG, 3, false), TestDevice.options().withDType(DType.FLOAT32))) {
            List<Future<Trace>> traces = new ArrayList<>();
            for (int sample = 0; sample < SAMPLES; sample++) {
                int seed = sample;
                Callable<Trace> alone = () -> {
                    try (OneThread thread = OneThread.open()) {
                        assertThat(NativeEngine.threads()).isEqualTo(1);
                        return traced(model, seed);
                    }
                };
                traces.add(workers.submit(alone));
            }
            for (int sample = 0; sample < SAMPLES; sample++) {
                Trace wanted = traced(model, sample);
                assertThat(traces.get(sample).get().largestDifference(wanted)).isLessThan(1e-5);
                assertThat(wanted.probability())
                        .isNotEqualTo(traced(model, sample + 1).probability());
            }
        } finally {
            workers.shutdown();
        }
        assertThat(NativeEngine.threads()).isEqualTo(before);
    }

    private static Trace traced(VisionLanguageModel model, int seed) {
        List<TokenRole> roles = new ArrayList<>(Collections.nCopies(9 + seed, TokenRole.QUESTION));
        roles.set(1, TokenRole.IMAGE);
        SweepRequest request = new SweepRequest(
                RandomSample.prompt(roles, seed),
                RandomSample.tokens(2, seed),
                RandomSample.PUBLISHED,
                List.of(3),
                List.of(Masking.PAPER),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE);
        try (VisionMemory seen = model.see(RandomSample.picture(2, seed))) {
            return new SharedSweep(model).run(request, seen, Progress.NONE);
        }
    }
}
