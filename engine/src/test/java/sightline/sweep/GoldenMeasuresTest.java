package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.golden.Golden.PROBABILITY_TOLERANCE;
import static sightline.golden.Golden.largestDifference;
import static sightline.golden.Golden.largestRelativeDifference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.golden.Golden;
import sightline.golden.Readings;
import sightline.knockout.Curve;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;

/** The measures of answer tokens against the reference numbers (golden/science/README.md). */
class GoldenMeasuresTest {
    private static final double NATS_TOLERANCE = 1e-4;
    private static final int K = 3;

    @ParameterizedTest
    @ValueSource(strings = {"naive", "shared"})
    void measuresEqualTheReference(String sweep) {
        Readings wanted = new Readings();
        ReadingCases.forEach(sweep, wanted, "measures.foil_id", (prefix, c, inputs, rows, run) -> {
            SweepRequest request = request(c, inputs, rows);
            Trace trace = run.apply(request);
            compare(wanted, prefix + "measures.", trace);
            compareNamed(trace, foils -> run.apply(request.withFoils(foils)));
        });
        assertThat(wanted.left(".measures.")).allMatch(name -> name.endsWith("_gap"));
    }

    private static SweepRequest request(Golden.Case c, ModelInputs inputs, RowReading rows) {
        return new SweepRequest(
                inputs.prompt(),
                c.integers("answer_tokens"),
                RandomSample.PUBLISHED,
                List.of(K),
                List.of(Masking.values()),
                rows,
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    /** Named, the same foil gives the same numbers, and a second one at most a smaller first token's foil. */
    private static void compareNamed(Trace usual, Function<List<Integer>, Trace> named) {
        int likeliest = usual.uncut().get(0).rival();
        int first = usual.request().answer()[0];
        int other = first + 1 == likeliest ? first + 2 : first + 1;
        Trace same = named.apply(List.of(likeliest));
        Trace both = named.apply(List.of(other, likeliest));
        assertThat(same.uncut()).isEqualTo(usual.uncut());
        for (int i = 0; i < usual.curves().size(); i++) {
            TokenMeasures[][] wanted = usual.curves().get(i).measures();
            assertThat(same.curves().get(i).measures()).isDeepEqualTo(wanted);
            assertThat(both.curves().get(i).measures()[0]).satisfies(row -> {
                for (int layer = 0; layer < row.length; layer++) {
                    assertThat(row[layer].foil()).isBetween(row[layer].margin(), wanted[0][layer].foil());
                    assertThat(row[layer].logOdds()).isEqualTo(wanted[0][layer].logOdds());
                }
            });
            TokenMeasures[][] later = both.curves().get(i).measures();
            assertThat(Arrays.copyOfRange(later, 1, later.length))
                    .isDeepEqualTo(Arrays.copyOfRange(wanted, 1, wanted.length));
        }
    }

    private void compare(Readings wanted, String prefix, Trace trace) {
        int[] answer = trace.request().answer();
        TokenMeasures[][] uncut =
                trace.uncut().stream().map(token -> new TokenMeasures[] {token}).toArray(TokenMeasures[][]::new);
        assertThat(each(uncut, TokenMeasures::rival)).containsExactly(wanted.numbers(prefix + "foil_id"));
        compare(wanted, prefix + "uncut.", uncut, answer);
        assertThat(largestRelativeDifference(trace.baseline(), wanted.numbers(prefix + "uncut.p06")))
                .isLessThan(PROBABILITY_TOLERANCE);
        for (TokenMeasures token : trace.uncut()) {
            assertThat(token.kl()).isLessThan(1e-12);
            assertThat(token.foil()).isEqualTo(token.margin());
        }
        for (Curve curve : trace.curves()) {
            String of = prefix + curve.masking().name().toLowerCase(Locale.ROOT) + "." + curve.intervention() + ".";
            compare(wanted, of, curve.measures(), answer);
            near(wanted, of + "kl", each(curve.measures(), TokenMeasures::kl));
            double[] p = Arrays.stream(curve.tokenProbability())
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertThat(largestRelativeDifference(p, wanted.numbers(of + "p06"))).isLessThan(PROBABILITY_TOLERANCE);
        }
    }

    private void compare(Readings wanted, String prefix, TokenMeasures[][] read, int... answer) {
        near(wanted, prefix + "log_p", each(read, TokenMeasures::logP));
        near(wanted, prefix + "log_odds", each(read, TokenMeasures::logOdds));
        near(wanted, prefix + "margin", each(read, TokenMeasures::margin));
        near(wanted, prefix + "foil", each(read, TokenMeasures::foil));
        assertThat(each(read, TokenMeasures::rank)).as(prefix).containsExactly(wanted.numbers(prefix + "rank"));
        List<Double> top = new ArrayList<>();
        for (int token = 0; token < read.length; token++) {
            for (TokenMeasures layer : read[token]) {
                top.add((double) layer.top(answer[token]));
            }
        }
        assertThat(top.stream().mapToDouble(id -> id)).as(prefix).containsExactly(boxed(wanted, prefix + "argmax"));
    }

    private Double[] boxed(Readings wanted, String tensor) {
        return Arrays.stream(wanted.numbers(tensor)).boxed().toArray(Double[]::new);
    }

    private void near(Readings wanted, String tensor, double... read) {
        assertThat(largestDifference(read, wanted.numbers(tensor))).as(tensor).isLessThan(NATS_TOLERANCE);
    }

    private static double[] each(TokenMeasures[][] read, ToDoubleFunction<TokenMeasures> measure) {
        return Arrays.stream(read).flatMap(Arrays::stream).mapToDouble(measure).toArray();
    }
}
