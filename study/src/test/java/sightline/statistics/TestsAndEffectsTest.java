package sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sightline.draw.SeededDraws;

class TestsAndEffectsTest {
    private static double[][] sums(int clusters, double mean) {
        Random random = new Random(clusters);
        double[][] sums = new double[clusters][2];
        for (double[] row : sums) {
            row[0] = mean + random.nextGaussian();
            row[1] = random.nextGaussian();
        }
        return sums;
    }

    @Test
    void flipsOfManyClustersAreDrawnWithTheIdentity() {
        SignFlips flips = SignFlips.of(SeededDraws.of("flip", "test", ""), 200);
        SignFlips.Result clear = flips.test(sums(200, 1));
        assertThat(clear.pAll()[0]).isEqualTo(1 / 5000.0);
        assertThat(clear.p()[1]).isGreaterThan(0.05);
        assertThat(clear.pAll()[1]).isGreaterThanOrEqualTo(clear.p()[1]);
        assertThat(SignFlips.of(SeededDraws.of("flip", "test", ""), 200)
                        .test(sums(200, 1))
                        .pAll())
                .containsExactly(clear.pAll());
        assertThatThrownBy(() -> flips.test(sums(3, 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void flipsOfDifferencesWithoutSpread() {
        SignFlips.Result result = SignFlips.of(SeededDraws.of("flip"), 6)
                .test(new double[][] {{-3, 0}, {-3, 0}, {-3, 0}, {-3, 0}, {-3, 0}, {-3, 0}});
        assertThat(result.t()).containsExactly(Double.POSITIVE_INFINITY, 0);
        assertThat(result.p()).containsExactly(2 / 64.0, 1);
        assertThat(result.pAll()).containsExactly(2 / 64.0, 1);
    }

    @Test
    void effectSizes() {
        double[] values = {-100, -60, -50, -10, 20};
        EffectSize effect = EffectSize.of(values, -50, 20, 4);
        assertThat(effect.mean()).isEqualTo(-40);
        assertThat(effect.median()).isEqualTo(-50);
        assertThat(effect.half()).isEqualTo(0.4);
        assertThat(effect.standardised()).isEqualTo(-1);
        assertThat(EffectSize.of(values, -50, 0, 4).standardised()).isNaN();
    }

    @Test
    void detectableEffects() {
        assertThat(DetectableEffect.alone(2)).isCloseTo(5.60317, within(1e-9));
        assertThat(DetectableEffect.among(3, 2)).isCloseTo(7.683242, within(1e-9));
        assertThat(DetectableEffect.clusters(50, 6, 3)).isEqualTo(200);
    }

    /** Two groups of other samples: the same as the difference of two independent means. */
    @Test
    void aContrastOfDisjointGroups() {
        Random random = new Random(1);
        double[][] one = new double[60][1];
        double[][] other = new double[80][1];
        for (double[] row : one) {
            row[0] = -10 + random.nextGaussian();
        }
        for (double[] row : other) {
            row[0] = random.nextGaussian();
        }
        int[] first = new int[60];
        int[] second = new int[80];
        for (int i = 0; i < 60; i++) {
            first[i] = i;
        }
        for (int i = 0; i < 80; i++) {
            second[i] = 60 + i;
        }
        ClusterTable a = ClusterTable.of(first, 140, one);
        ClusterTable b = ClusterTable.of(second, 140, other);
        GroupContrast contrast = GroupContrast.of(a, b);
        assertThat(contrast.errors()[0]).isCloseTo(Math.hypot(a.errors()[0], b.errors()[0]), within(1e-3));
        CurveStatistics curve = Bootstrap.of(
                        contrast,
                        Resamples.draw(SeededDraws.of("boot", "test", "one|other"), 140, 1999),
                        BootstrapRules.of(IntervalKind.STUDENTISED))
                .curve(new int[] {0}, new boolean[] {true}, Bounds.NONE);
        assertThat(curve.p()).containsExactly(1 / 2000.0);
        assertThat(curve.low()[0]).isLessThan(-10).isGreaterThan(-10.7);
        ClusterTable less = ClusterTable.of(first, 60, one);
        assertThatThrownBy(() -> GroupContrast.of(a, less)).isInstanceOf(IllegalArgumentException.class);
    }
}
