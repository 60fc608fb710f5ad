package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The numbers are the reference implementation's: {@code joint_two} and {@code joint_three} of its golden file. */
class JointEffectsTest {
    private static final double EXACT = 1e-12;

    @Test
    void two() {
        assertThat(JointEffects.interaction(-0.1, -2.0, -0.3, -3.5)).isCloseTo(-1.3, within(EXACT));
        assertThat(JointEffects.shares(-0.1, -2.0, -0.3, -3.5))
                .containsExactly(new double[] {2.55, 0.85}, within(EXACT));
    }

    /** In the order ∅, A, B, AB, C, AC, BC, ABC. */
    @Test
    void three() {
        double[] shares = JointEffects.shares(0, -1.0, -0.2, -1.4, -0.5, -3.0, -0.6, -3.3);
        assertThat(shares).containsExactly(new double[] {1.85, 0.25, 1.2}, within(EXACT));
        assertThat(Arrays.stream(shares).sum()).isCloseTo(3.3, within(EXACT));
    }

    /** Shares add up to the loss, and a pathway that changes nothing has none. */
    @Test
    void sharesAddUp() {
        Random random = new Random(1);
        double[] y = random.doubles(16).toArray();
        for (int subset = 0; subset < 8; subset++) {
            y[subset | 8] = y[subset];
        }
        double[] shares = JointEffects.shares(y);
        assertThat(Arrays.stream(shares).sum()).isCloseTo(y[0] - y[15], within(EXACT));
        assertThat(shares[3]).isCloseTo(0, within(EXACT));
        assertThat(shares[0]).isNotCloseTo(0, within(1e-3));
        assertThatIllegalArgumentException().isThrownBy(() -> JointEffects.shares(1, 2, 3));
    }

    @Test
    void sufficiency() {
        assertThat(JointEffects.sufficiency(-1, -5, -0.5).orElseThrow()).isCloseTo(4 / 4.5, within(EXACT));
        assertThat(JointEffects.sufficiency(-5, -5, -1).orElseThrow()).isZero();
        assertThat(JointEffects.sufficiency(-1, -5, -1).orElseThrow()).isEqualTo(1);
        assertThat(JointEffects.sufficiency(-1, -1.09, -1)).isEmpty();
        assertThat(JointEffects.sufficiency(-1, -0.91, -1)).isEmpty();
    }
}
