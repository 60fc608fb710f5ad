package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HostArraysTest {
    @Test
    void valuesKeepTheirPlaces() {
        try (Scope scope = Scope.open()) {
            float[] values = {1, 2, 3, 4, 5, 6};
            assertThat(HostArrays.floats(HostArrays.tensor(values, 2, 3).t())).containsExactly(1, 4, 2, 5, 3, 6);
        }
    }

    @Test
    void aShapeThatDoesNotHoldTheValuesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostArrays.tensor(new float[3], 2, 2))
                .withMessage("3 values for the shape [2, 2]");
        assertThatIllegalArgumentException().isThrownBy(() -> HostArrays.tensor(new float[4], 3));
    }
}
