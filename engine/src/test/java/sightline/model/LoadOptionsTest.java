package sightline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;

class LoadOptionsTest {
    private static final long ELEVEN_BILLION = 10_670_220_835L; // 42.7 GB in float32

    @ParameterizedTest
    @CsvSource({"24, BFLOAT16", "80, BFLOAT16", "139, BFLOAT16", "158, BFLOAT16", "160, FLOAT32"})
    void theFormatGoesByTheMemoryOfTheDevice(long gibibytes, DType dtype) {
        LoadOptions options = LoadOptions.defaults().on(ComputeDevice.cuda(1)).withMemory(gibibytes << 30);
        assertThat(options.device()).isEqualTo(ComputeDevice.cuda(1));
        assertThat(options.decide(ELEVEN_BILLION)).isEqualTo(dtype);
        assertThat(options.withDType(DType.FLOAT32).decide(ELEVEN_BILLION)).isEqualTo(DType.FLOAT32);
    }

    /** Of the machine's memory converted weights take a quarter at most, of a card's three quarters. */
    @ParameterizedTest
    @CsvSource({"80, cpu, false", "160, cpu, true", "48, cuda, false", "56, cuda, true", "80, cuda, true"})
    void weightsAreConvertedWhereTheyFit(long gibibytes, String device, boolean converts) {
        LoadOptions options = LoadOptions.defaults()
                .on(ComputeDevice.named(device).orElseThrow())
                .withMemory(gibibytes << 30);
        assertThat(options.converts(ELEVEN_BILLION * DType.FLOAT32.bytes())).isEqualTo(converts);
    }
}
