package sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KendallTauTest {
    private static double tau(double[] one, double... other) {
        return KendallTau.b(one, other);
    }

    @Test
    void sameAndReversedOrders() {
        assertThat(tau(new double[] {1, 5, 7}, -3, 0, 100)).isEqualTo(1);
        assertThat(tau(new double[] {1, 5, 7}, 9, 2, 1)).isEqualTo(-1);
        assertThat(tau(new double[] {1, 2, 3, 4}, 1, 2, 4, 3)).isCloseTo(4 / 6.0, within(1e-15));
    }

    @Test
    void equalValuesAreInNoOrder() {
        assertThat(tau(new double[] {1, 2, 2, 3}, 1, 2, 3, 3)).isCloseTo(4 / 5.0, within(1e-15));
        assertThat(tau(new double[] {1, 2, 2, 3}, 1, 2, 2, 3)).isCloseTo(1, within(1e-15));
        assertThat(tau(new double[] {12, 2, 1, 12, 2}, 1, 4, 7, 1, 0))
                .as("as in SciPy's documentation")
                .isCloseTo(-0.47140452079103173, within(1e-15));
    }

    @Test
    void withoutAnOrderThereIsNone() {
        assertThat(tau(new double[] {1, 2}, 3, 3)).isNaN();
        assertThat(tau(new double[] {1}, 3)).isNaN();
        assertThat(tau(new double[0])).isNaN();
        assertThatThrownBy(() -> tau(new double[] {1, 2}, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
