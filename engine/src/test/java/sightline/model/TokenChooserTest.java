package sightline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws against the distribution that they are drawn from: softmax at the temperature, cut to the nucleus. */
class TokenChooserTest {
    private static final float[] LOGITS = {1, 3, -2, 2.5f, 0, 3, -9, 1.5f};
    private static final int DRAWS = 20_000;
    /** The upper 0.1 % point of chi-square with 7 degrees of freedom. Seeds are fixed, so this never changes. */
    private static final double CRITICAL = 24.32;

    @ParameterizedTest
    @CsvSource({"1.0, 1.0", "0.6, 1.0", "2.5, 1.0", "1.0, 0.9", "0.6, 0.5", "0.6, 0.1"})
    void drawsFollowTheNucleus(double temperature, double topP) {
        double[] expected = nucleus(temperature, topP);
        int[] counts = new int[LOGITS.length];
        TokenChooser chooser = new TokenChooser(Decoding.sampled(1, temperature, topP, 5));
        for (int i = 0; i < DRAWS; i++) {
            counts[chooser.choose(LOGITS)]++;
        }
        double chiSquare = 0;
        for (int token = 0; token < counts.length; token++) {
            if (expected[token] == 0) {
                assertThat(counts[token])
                        .as("token %d is outside the nucleus", token)
                        .isZero();
            } else {
                double mean = DRAWS * expected[token];
                chiSquare += (counts[token] - mean) * (counts[token] - mean) / mean;
            }
        }
        assertThat(chiSquare).isLessThan(CRITICAL);
    }

    @Test
    void whatIsLikeliestIsTheLowestAmongEquals() {
        assertThat(new TokenChooser(Decoding.greedy(1)).choose(LOGITS)).isEqualTo(1);
    }

    /**
     * A token is left out if the probability of those before it, likeliest first, already reaches top-p; the first never
     * is. Written as cumulative sums of sorted probabilities, apart from the code that it judges.
     */
    private static double[] nucleus(double temperature, double topP) {
        double[] p = new double[LOGITS.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(LOGITS[i] / temperature);
            sum += p[i];
        }
        double[] kept = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            double before = 0;
            boolean first = true;
            for (int j = 0; j < p.length; j++) {
                if (p[j] > p[i] || (p[j] == p[i] && j < i)) {
                    before += p[j] / sum;
                    first = false;
                }
            }
            kept[i] = first || before < topP ? p[i] / sum : 0;
        }
        double left = Arrays.stream(kept).sum();
        return Arrays.stream(kept).map(share -> share / left).toArray();
    }
}
