package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.TokenMeasures;
import sightline.tensor.HostArrays;
import sightline.tensor.Scope;

/** Measures of made-up logits against plain arithmetic. */
class LogitMeasuresTest {
    private static final double EXACT = 1e-9;
    private static final int ROWS = 1000;
    private static final int VOCABULARY = 50;

    private static TokenMeasures[] measures(float[][] uncut, float[][] cut, int... said) {
        return measures(new int[0], uncut, cut, said);
    }

    /** @param foils named for the first row */
    private static TokenMeasures[] measures(int[] foils, float[][] uncut, float[][] cut, int... said) {
        try (Scope scope = Scope.open()) {
            Tensor ids = HostArrays.indices(said).unsqueeze(1);
            int[] rows = new int[said.length];
            Arrays.setAll(rows, row -> row);
            Tensor read = new LogitMeasures(UncutLogits.of(
                            tensor(uncut), ids, HostArrays.indices(foils).unsqueeze(0)))
                    .columns(tensor(cut), ids, HostArrays.indices(rows).to(ScalarType.Long));
            double[] numbers = HostArrays.doubles(read);
            TokenMeasures[] all = new TokenMeasures[said.length];
            Arrays.setAll(all, row -> LogitMeasures.of(numbers, LogitMeasures.COLUMNS * row));
            return all;
        }
    }

    private static Tensor tensor(float[]... rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * rows[row].length, rows[row].length);
        }
        return HostArrays.tensor(flat, rows.length, rows[0].length);
    }

    /** {@code logits} of golden/science/stats_golden.json. */
    @Test
    void theGoldenLogits() {
        float[] uncut = {2, 1.5f, -1, 0.3f, 0, -2};
        float[] cut = {1.2f, 2.1f, -1, 0.3f, 0.1f, -2};
        TokenMeasures before = measures(new float[][] {uncut}, new float[][] {uncut}, 0)[0];
        TokenMeasures after = measures(new float[][] {uncut}, new float[][] {cut}, 0)[0];
        assertThat(before.rival()).isEqualTo(1);
        assertThat(before.foil()).isEqualTo(0.5);
        assertThat(after.foil()).isEqualTo(-0.9, within(1e-6));
        assertThat(before.logOdds()).isEqualTo(0.007374953983740123, within(1e-6));
        assertThat(after.logOdds()).isEqualTo(-1.2091421851051023, within(1e-6));
        assertThat(before.rank()).isEqualTo(1);
        assertThat(after.rank()).isEqualTo(2);
        assertThat(before.kl()).isEqualTo(0, within(EXACT));
        assertThat(after.kl()).isEqualTo(0.1929024854160962, within(1e-6));
        assertThat(AnswerMeasures.of(new TokenMeasures[] {before}, 0).flip()).isFalse();
        assertThat(AnswerMeasures.of(new TokenMeasures[] {after}, 0).flip()).isTrue();
        assertThat(AnswerMeasures.of(new TokenMeasures[] {after}, 0).logOdds())
                .isEqualTo(after.logOdds(), within(EXACT));
    }

    /** The likeliest of them, wherever it is read; later tokens keep the likeliest other one. */
    @Test
    void namedFoilsAreOfTheFirstToken() {
        float[] uncut = {2, 1.5f, -1, 0.3f, 0, -2};
        float[] cut = {1.2f, 2.1f, -1, 0.3f, 0.7f, -2};
        float[][] twice = {uncut, uncut};
        float[][] cuts = {cut, cut};
        TokenMeasures[] before = measures(new int[] {3, 4}, twice, twice, 0, 0);
        TokenMeasures[] after = measures(new int[] {3, 4}, twice, cuts, 0, 0);
        assertThat(before[0].foil()).isEqualTo((double) uncut[0] - uncut[3]);
        assertThat(after[0].foil()).isEqualTo((double) cut[0] - cut[4]);
        assertThat(before[1].foil()).isEqualTo(0.5);
        assertThat(after[1].foil()).isEqualTo((double) cut[0] - cut[1]);
        TokenMeasures usual = measures(twice, cuts, 0, 0)[0];
        assertThat(after[0])
                .isEqualTo(new TokenMeasures(
                        usual.logP(),
                        usual.logOdds(),
                        usual.margin(),
                        after[0].foil(),
                        usual.rank(),
                        usual.rival(),
                        usual.kl()));
    }

    /** Of a few values only, so that many are equal. */
    @Test
    void aThousandRandomLogitsWithTies() {
        Random random = new Random(7);
        float[][] uncut = new float[ROWS][VOCABULARY];
        float[][] cut = new float[ROWS][VOCABULARY];
        int[] said = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            int steps = row % 2 == 0 ? 4 : 1 << 20;
            for (float[] some : new float[][] {uncut[row], cut[row]}) {
                for (int j = 0; j < VOCABULARY; j++) {
                    some[j] = random.nextInt(steps) * (8f / steps) - 4;
                }
            }
            said[row] = row % 3 == 0 ? first(cut[row], -1) : random.nextInt(VOCABULARY);
        }
        TokenMeasures[] read = measures(uncut, cut, said);
        int ties = 0;
        for (int row = 0; row < ROWS; row++) {
            check(read[row], uncut[row], cut[row], said[row]);
            ties += read[row].margin() == 0 ? 1 : 0;
        }
        assertThat(ties).isGreaterThan(ROWS / 10);
    }

    private static void check(TokenMeasures read, float[] uncut, float[] cut, int said) {
        int top = first(cut, -1);
        int rival = first(cut, said);
        int foil = first(uncut, said);
        double margin = (double) cut[said] - cut[rival];
        boolean flip = AnswerMeasures.of(new TokenMeasures[] {read}, said).flip();
        assertThat(flip).isEqualTo(top != said);
        if (margin != 0) {
            assertThat(flip).isEqualTo(read.margin() < 0);
        } else {
            assertThat(flip).isEqualTo(rival < said);
        }
        assertThat(read.top(said)).isEqualTo(top);
        assertThat(read.rival()).isEqualTo(rival);
        assertThat(read.margin()).isEqualTo(margin);
        assertThat(read.foil()).isEqualTo((double) cut[said] - cut[foil]);
        assertThat(read.logP()).isEqualTo(cut[said] - logSum(cut, -1), within(EXACT));
        assertThat(read.logOdds()).isEqualTo(cut[said] - logSum(cut, said), within(EXACT));
        int rank = 1;
        double kl = 0;
        for (int j = 0; j < VOCABULARY; j++) {
            rank += cut[j] > cut[said] || (cut[j] == cut[said] && j < said) ? 1 : 0;
            double log = uncut[j] - logSum(uncut, -1);
            kl += Math.exp(log) * (log - cut[j] + logSum(cut, -1));
        }
        assertThat(read.rank()).isEqualTo(rank);
        assertThat(read.kl()).isEqualTo(kl, within(EXACT));
    }

    /** The first of the largest logits, but for one. */
    private static int first(float[] logits, int without) {
        int first = -1;
        for (int j = 0; j < logits.length; j++) {
            if (j != without && (first < 0 || logits[j] > logits[first])) {
                first = j;
            }
        }
        return first;
    }

    private static double logSum(float[] logits, int without) {
        double sum = 0;
        for (int j = 0; j < logits.length; j++) {
            sum += j == without ? 0 : Math.exp(logits[j]);
        }
        return Math.log(sum);
    }

    @Test
    void certainAnswersKeepTheirDigits() {
        float[] logits = {800, 0, 0};
        TokenMeasures sure = measures(new float[][] {logits}, new float[][] {logits}, 0)[0];
        TokenMeasures lost = measures(new float[][] {logits}, new float[][] {logits}, 1)[0];
        assertThat(sure.logOdds()).isEqualTo(TokenMeasures.CAP);
        assertThat(lost.logOdds()).isEqualTo(-TokenMeasures.CAP);
        assertThat(sure.logP()).isEqualTo(0, within(EXACT));
        assertThat(lost.logP()).isEqualTo(-800);
        float[] likely = {40, 0, 0};
        TokenMeasures one = measures(new float[][] {likely}, new float[][] {likely}, 0)[0];
        assertThat(one.logOdds()).isEqualTo(40 - Math.log(2), within(EXACT)); // where p rounds to 1
        AnswerMeasures two = AnswerMeasures.of(new TokenMeasures[] {one, one}, 0, 0);
        assertThat(two.logOdds()).isEqualTo(40 - Math.log(4), within(1e-6));
        assertThat(AnswerMeasures.of(new TokenMeasures[] {sure, lost}, 0, 1).logOdds())
                .isEqualTo(-TokenMeasures.CAP, within(EXACT));
        assertThat(AnswerMeasures.of(new TokenMeasures[] {sure, sure}, 0, 0).logOdds())
                .isEqualTo(TokenMeasures.CAP - Math.log(2), within(EXACT));
    }
}
