package sightline.mllama;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.doubles;
import static sightline.golden.Golden.largestDifference;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.family.Families;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.golden.TestDevice;
import sightline.knockout.RowReading;
import sightline.model.ModelInputs;
import sightline.model.VisionMemory;
import sightline.tensor.DType;

/** How far bfloat16 strays from the float32 reference. A bfloat16 number has 8 bits: 0.4 % of itself a rounding. */
class BfloatTest {
    /**
     * The floors are half above the largest difference measured over all cases and row readings, on processors with and
     * without bfloat16 instructions, which round in other places; docs/engine.md has the table.
     */
    @ParameterizedTest
    @CsvSource({"tiny10, 0.85", "tiny40, 0.95"})
    void logitsStayWithinTheNoiseFloor(String name, double floor) {
        double largest = 0;
        try (Golden golden = Golden.open(name);
                Mllama model = (Mllama)
                        Families.load(golden.checkpoint(), TestDevice.options().withDType(DType.BFLOAT16))) {
            for (Golden.Case c : golden.cases()) {
                ModelInputs inputs = GoldenInputs.of(c, model.processor());
                try (VisionMemory seen = model.see(inputs.picture())) {
                    for (RowReading reading : RowReading.values()) {
                        double[] logits = doubles(model.logits(inputs.prompt(), seen, reading));
                        double[] wanted = golden.numbers(c.tensor("logits." + reading));
                        largest = Math.max(largest, largestDifference(logits, wanted));
                    }
                }
            }
        }
        assertThat(largest).isLessThan(floor).isGreaterThan(1e-3); // equal to float32 would mean it is not bfloat16
    }
}
