package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import sightline.family.ModelSize;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.mllama.MllamaConfig;
import sightline.mllama.NullModel;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.tensor.Scope;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/**
 * What the walk of an 11B sample costs the host, the device's work taken away: on the engine's null device, which works out
 * shapes alone. A card's driver adds some microseconds for each operation. Told on stdout (docs/gpu.md).
 */
class HostTimeTest {
    private static final int PROMPT = 160;
    private static final int IMAGE_ROW = 5;
    private static final int RUNS = 15;

    /** Of attention in 32 layers that read text; with portions for the CPU 113. */
    private static final int BATCHES = 65;

    private static final double MOST_MILLISECONDS = 60;
    private static final double NANOSECONDS = 1e6;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private static SweepRequest request() {
        TokenRole[] roles = new TokenRole[PROMPT];
        Arrays.fill(roles, TokenRole.QUESTION);
        Arrays.fill(roles, 0, IMAGE_ROW, TokenRole.TEMPLATE);
        roles[IMAGE_ROW] = TokenRole.IMAGE;
        return new SweepRequest(
                new EncodedPrompt("", RandomSample.tokens(PROMPT, 1), roles),
                RandomSample.tokens(3, 2),
                RandomSample.PUBLISHED,
                List.of(9),
                List.of(Masking.PAPER),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    @Test
    void aWalkAtElevenBillionTakesTheHostLessThan60Milliseconds() {
        SweepRequest request = request();
        try (VisionLanguageModel model = NullModel.of((MllamaConfig) ModelSize.ELEVEN_BILLION.config());
                VisionMemory seen = NullModel.picture(model)) {
            long start = threads.getCurrentThreadCpuTime();
            SweepPlan plan = SweepPlan.of(request.outline(seen.tokens()), model.shape(), model.rules());
            double planning = since(start);
            long placing = threads.getCurrentThreadCpuTime();
            try (PlacedPlan placed = new PlacedPlan(plan, model.compute())) {
                double numbering = since(placing);
                double[] walks = DoubleStream.generate(() -> walk(model, request, seen, placed))
                        .limit(RUNS)
                        .sorted()
                        .toArray();
                System.out.printf(
                        "the host's processor time for an 11B sample, in ms: planning %.0f and row numbers %.0f, cold and"
                                + " once an outline; a walk %.1f, median %.1f%n",
                        planning, numbering, walks[0], walks[RUNS / 2]);
                assertThat(walks[RUNS / 2]).isLessThan(MOST_MILLISECONDS);
            }
        }
    }

    private double walk(VisionLanguageModel model, SweepRequest request, VisionMemory seen, PlacedPlan placed) {
        long start = threads.getCurrentThreadCpuTime();
        try (Scope scope = Scope.open()) {
            assertThat(new SweepWalk(model, request, seen, placed)
                            .run(states -> {}, sightline.model.LayerListener.NONE)
                            .size(0))
                    .isEqualTo(placed.plan().readOutRows().length);
        }
        return since(start);
    }

    private double since(long start) {
        return (threads.getCurrentThreadCpuTime() - start) / NANOSECONDS;
    }

    /** On a card it is the number of operations that costs: a layer's rows go through its MLP together, in few batches. */
    @Test
    void onACardALayerIsOneBlockAndFewBatches() {
        try (VisionLanguageModel model = NullModel.of((MllamaConfig) ModelSize.ELEVEN_BILLION.config());
                VisionMemory seen = NullModel.picture(model)) {
            SweepPlan plan = SweepPlan.of(request().outline(seen.tokens()), model.shape(), model.rules());
            try (PlacedPlan placed = new PlacedPlan(plan, model.compute())) {
                assertThat(plan.widest())
                        .isLessThanOrEqualTo(
                                model.compute().portions().rows(model.shape().intermediate()));
                int batches = 0;
                int rows = 0;
                for (PlacedLayer layer : placed.layers()) {
                    if (layer instanceof PlacedText text) {
                        batches += text.batches().size();
                        rows += text.batches().stream()
                                .mapToInt(batch -> batch.own().count())
                                .sum();
                    }
                }
                assertThat(batches).isEqualTo(BATCHES);
                assertThat(rows).isLessThan(2 * Math.toIntExact(plan.cost().states())); // few of them only fill up
            }
        }
    }
}
