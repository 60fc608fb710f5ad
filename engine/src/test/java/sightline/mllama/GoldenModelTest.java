package sightline.mllama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static sightline.golden.Golden.STATE_TOLERANCE;
import static sightline.golden.Golden.doubles;
import static sightline.golden.Golden.largestDifference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.knockout.RowReading;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;

/**
 * Inputs and model against the reference implementation, layer by layer, in float32; and in float64, which tells noise
 * from error: it rounds alike on every processor.
 */
class GoldenModelTest {
    private record Loaded(Golden golden, Mllama model) {}

    /** Weights converted at loading, and weights left mapped and widened at each use, must give the same. */
    @ParameterizedTest
    @CsvSource({
        "tiny10, FLOAT32, false",
        "tiny10, FLOAT32, true",
        "tiny10, FLOAT64, false",
        "tiny40, FLOAT32, false",
        "tiny40, FLOAT32, true",
        "tiny40, FLOAT64, false",
        "odd7, FLOAT32, false",
        "odd7, FLOAT32, true",
        "odd7, FLOAT64, false"
    })
    void equalsTheReference(String name, DType dtype, boolean mapped) {
        LoadOptions options = TestDevice.options().withDType(dtype);
        try (Golden golden = Golden.open(name);
                Mllama model =
                        (Mllama) Families.load(golden.checkpoint(), mapped ? options.withWeightBudget(0) : options)) {
            Loaded loaded = new Loaded(golden, model);
            for (Golden.Case c : golden.cases()) {
                assertAll(
                        c.toString(),
                        () -> inputs(loaded, c),
                        () -> vision(loaded, c),
                        () -> hiddenStates(loaded, c),
                        () -> logits(loaded, c),
                        () -> greedy(loaded, c));
            }
        }
    }

    private static void inputs(Loaded loaded, Golden.Case c) {
        ModelInputs inputs = GoldenInputs.of(c, loaded.model.processor());
        assertThat(inputs.prompt().rendered()).isEqualTo(c.text("rendered"));
        assertThat(inputs.prompt().ids()).isEqualTo(c.integers("input_ids"));
        assertThat(inputs.picture().aspectRatioId()).isEqualTo(c.integers("aspect_ratio_ids")[0]);
        assertThat(inputs.picture().count()).isEqualTo(c.integer("tiles_seen"));
        assertThat(sha256(inputs.picture().pixels())).isEqualTo(c.text("pixel_values_sha256"));
    }

    private static void vision(Loaded loaded, Golden.Case c) {
        ModelInputs inputs = GoldenInputs.of(c, loaded.model.processor());
        try (Scope scope = Scope.open()) {
            Tensor vision = loaded.model.vision(inputs.picture());
            double[] states = HostArrays.doubles(vision);
            double[] projected = HostArrays.doubles(loaded.model.project(vision));
            assertThat(states).doesNotContain(Double.NaN);
            if (loaded.golden.has(c.tensor("vision"))) {
                double[] wanted = loaded.golden.numbers(c.tensor("vision"));
                assertThat(largestDifference(states, wanted)).isLessThan(STATE_TOLERANCE);
            }
            if (loaded.golden.has(c.tensor("projected"))) {
                double[] wanted = loaded.golden.numbers(c.tensor("projected"));
                assertThat(largestDifference(projected, wanted)).isLessThan(STATE_TOLERANCE);
            }
        }
    }

    private static void hiddenStates(Loaded loaded, Golden.Case c) {
        ModelInputs inputs = GoldenInputs.of(c, loaded.model.processor());
        try (VisionMemory seen = loaded.model.see(inputs.picture())) {
            for (RowReading reading : RowReading.values()) {
                float[][] states = loaded.model.hiddenStates(inputs.prompt(), seen, reading);
                String name = c.tensor("hidden." + reading);
                if (!loaded.golden.has(name)) {
                    continue;
                }
                double[] wanted = loaded.golden.numbers(name);
                int size = states[0].length;
                assertThat(wanted).hasSize(size * states.length);
                for (int layer = 0; layer < states.length; layer++) {
                    double[] part = Arrays.copyOfRange(wanted, layer * size, (layer + 1) * size);
                    assertThat(largestDifference(doubles(states[layer]), part))
                            .as(reading + " after layer " + (layer - 1))
                            .isLessThan(tolerance(part));
                }
            }
        }
    }

    /**
     * The reference's own float32 noise: where states reach ±53 it lies up to 5.7e-5 from a float64 run, 1.1e-6 of the
     * largest.
     */
    private static double tolerance(double[] states) {
        double largest = Arrays.stream(states).map(Math::abs).max().orElse(0);
        return Math.max(STATE_TOLERANCE, 1.5e-6 * largest);
    }

    private static void logits(Loaded loaded, Golden.Case c) {
        ModelInputs inputs = GoldenInputs.of(c, loaded.model.processor());
        try (VisionMemory seen = loaded.model.see(inputs.picture())) {
            for (RowReading reading : RowReading.values()) {
                double[] wanted = loaded.golden.numbers(c.tensor("logits." + reading));
                double[] logits = doubles(loaded.model.logits(inputs.prompt(), seen, reading));
                assertThat(largestDifference(logits, wanted))
                        .as(reading.toString())
                        .isLessThan(STATE_TOLERANCE);
            }
        }
    }

    private static void greedy(Loaded loaded, Golden.Case c) {
        ModelInputs inputs = GoldenInputs.of(c, loaded.model.processor());
        int[] wanted = c.integers("greedy");
        try (VisionMemory seen = loaded.model.see(inputs.picture())) {
            Answer answer = loaded.model.answer(inputs, seen, Decoding.greedy(wanted.length));
            assertThat(answer.tokens()).isEqualTo(wanted);
        }
    }

    private static String sha256(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
