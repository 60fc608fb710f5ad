package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {
    @ParameterizedTest
    @CsvSource({"cpu, cpu", "cuda, cuda", "cuda:0, cuda", "cuda:1, cuda:1", "cuda:15, cuda:15"})
    void namesAreReadAndTold(String name, String told) {
        ComputeDevice device = ComputeDevice.named(name).orElseThrow();
        assertThat(device).hasToString(told);
        assertThat(ComputeDevice.named(told)).contains(device);
        assertThat(device.isCard()).isEqualTo(name.startsWith("cuda"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CPU", "cpu:0", "cuda:", "cuda:-1", "cuda:01", "cuda:1 ", "cuda:9999999999"})
    void otherNamesAreNone(String name) {
        assertThat(ComputeDevice.named(name)).isEmpty();
    }

    @Test
    void aCardIsHandedToTheEngineWithItsNumber() {
        NativeEngine.load();
        for (int number = 0; number < 3; number++) {
            try (Device device = ComputeDevice.cuda(number).device()) {
                assertThat(device.is_cuda()).isTrue();
                assertThat(device.has_index()).as("no thread's current card").isTrue();
                assertThat(device.index()).isEqualTo((byte) number);
            }
        }
        try (Device device = ComputeDevice.CPU.device()) {
            assertThat(device.is_cpu()).isTrue();
        }
    }

    @Test
    void thereIsOneProcessorAndNoCardBelowTheFirst() {
        assertThatThrownBy(() -> new ComputeDevice(ComputeDevice.Kind.CPU, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ComputeDevice.cuda(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
