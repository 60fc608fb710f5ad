package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.checkpoint.ModelConfig;
import sightline.family.Families;
import sightline.family.ModelSize;
import sightline.model.VisionLanguageModel;
import sightline.run.TinyStudy;
import sightline.tensor.Compute;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;

class WorkersTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({"0, 1", "3, 1", "8, 1", "9, 2", "14, 3", "17, 3", "18, 4", "100, 4"})
    void asManyAsFitOnACardOfThoseThatGain(long free, int workers) {
        assertThat(Workers.onCard(free * GIB, 4 * GIB)).isEqualTo(workers);
    }

    @Test
    void onTheCpuASmallModelHasAWorkerForEachCore() {
        try (VisionLanguageModel model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading())) {
            int cores = Runtime.getRuntime().availableProcessors();
            assertThat(Workers.of(model)).isEqualTo(Math.min(8, cores));
        }
    }

    @Test
    void theElevenBillionModelTakesAFewGibibytesForEach() {
        ModelConfig config = ModelSize.ELEVEN_BILLION.config(ModelSize.ELEVEN_BILLION.layers());
        ComputeDevice card = ComputeDevice.cuda(0);
        long half = Workers.bytes(config, new Compute(card, DType.BFLOAT16));
        long full = Workers.bytes(config, new Compute(card, DType.FLOAT32));
        assertThat(half / (double) GIB).isBetween(3.7, 4.0);
        assertThat(full - 3 * GIB).isEqualTo(2 * (half - 3 * GIB));
    }

    /** 576 rows of states, keys and values in each of 32 layers: 432 MiB in bfloat16. */
    @Test
    void picturesThatAreRowsOfTheTextAreRememberedInEveryLayer() {
        ModelConfig config = ModelSize.LLAVA_SEVEN_BILLION.config();
        long bytes = Workers.bytes(config, new Compute(ComputeDevice.cuda(0), DType.BFLOAT16));
        assertThat(bytes / (double) GIB).isBetween(3.45, 3.47);
    }
}
