package sightline.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import sightline.checkpoint.RandomWeights;
import sightline.device.Cards;
import sightline.family.Families;
import sightline.family.ModelSize;
import sightline.image.ImageTiles;
import sightline.knockout.Interventions;
import sightline.model.LoadOptions;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.SharedSweep;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;

/**
 * What a study of many samples leaves in the memory of the device that the property {@code sightline.device} names, and how
 * many native objects. On a card the model is of middle size, so that one state kept a sample shows.
 */
class DeviceMemoryTest {
    private static final int SAMPLES = 200;
    private static final List<Integer> PROMPTS = List.of(60, 75, 90, 100);

    /** Of a card's memory, in bytes: it is given out in blocks of 2 to 20 MiB. */
    private static final long NOISE = 20L << 20;

    private final ComputeDevice device = ComputeDevice.named(
                    System.getProperty("sightline.device", ComputeDevice.CPU.toString()))
            .orElseThrow();

    @Test
    void samplesLeaveNothing(TestReporter reporter) {
        ModelSize size = device.isCard() ? ModelSize.MID : ModelSize.TINY;
        LoadOptions options = LoadOptions.defaults().on(device).withDType(DType.FLOAT32);
        try (VisionLanguageModel model = Families.of(new RandomWeights(size.config(), 0, false), options);
                SharedSweep sweep = new SharedSweep(model)) {
            for (int i = 0; i < 2 * PROMPTS.size(); i++) {
                trace(model, sweep, i); // what is made once and kept
            }
            long objects = Pointer.totalCount();
            long free = free();
            for (int i = 0; i < SAMPLES; i++) {
                trace(model, sweep, i);
            }
            long moreObjects = Pointer.totalCount() - objects;
            long taken = free - free();
            reporter.publishEntry(
                    "left",
                    String.format(
                            Locale.ROOT,
                            "%+d native objects, %s",
                            moreObjects,
                            device.isCard()
                                    ? String.format(Locale.ROOT, "%+.1f MiB on the card", taken / (double) (1 << 20))
                                    : "no card"));
            assertThat(moreObjects).isLessThanOrEqualTo(0);
            assertThat(taken).isLessThan(NOISE);
        }
    }

    private static void trace(VisionLanguageModel model, SharedSweep sweep, int number) {
        int prompt = PROMPTS.get(number % PROMPTS.size());
        BenchSample sample = new BenchSample(prompt, 3, 1 + number % 4, Interventions.PUBLISHED, List.of(9));
        ImageTiles picture = sample.picture(model.config());
        try (VisionMemory seen = model.see(picture)) {
            assertThat(sweep.run(sample.request(model.config()), seen, Progress.NONE)
                            .probability())
                    .isBetween(0.0, 1.0);
        }
    }

    /** What of a card's memory nobody holds, in bytes; 0 of the CPU, whose tests watch the process's size. */
    private long free() {
        return device.isCard() ? Cards.freeMemory(device) : 0;
    }
}
