package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sightline.golden.Golden.largestDifference;
import static sightline.golden.Golden.largestRelativeDifference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.golden.Golden;
import sightline.golden.Readings;
import sightline.knockout.AttentionRow;
import sightline.knockout.BranchRatio;
import sightline.knockout.Intervention;
import sightline.knockout.Lens;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.Reading;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Window;
import sightline.knockout.Windows;
import sightline.model.ModelInputs;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** Lens, attention and gates against the reference numbers (golden/science/README.md). */
class GoldenInsideTest {
    private static final double TOLERANCE = 1e-4;
    private static final double WEIGHT_TOLERANCE = 1e-5;
    private static final int LENS_LAYER = 3;

    @ParameterizedTest
    @ValueSource(strings = {"naive", "shared"})
    void lensAttentionAndGatesEqualTheReference(String sweep) {
        Readings wanted = new Readings();
        ReadingCases.forEach(
                sweep,
                wanted,
                "lens.uncut.log_p",
                (prefix, c, inputs, rows, run) -> compare(wanted, prefix, run.apply(request(c, inputs, rows))));
        assertThat(wanted.left(".lens.")).allMatch(name -> name.endsWith("_gap"));
        assertThat(wanted.left(".attention.")).isEmpty();
        assertThat(wanted.left("gates.")).isEmpty();
    }

    /** What stands behind a row does not matter to it: the row before the last of a prompt that goes on with the answer. */
    @ParameterizedTest
    @ValueSource(strings = {"naive", "shared"})
    void attentionOfARowInsideThePromptEqualsTheReference(String sweep) {
        Readings wanted = new Readings();
        ReadingCases.forEach(sweep, wanted, "attention.cross", (prefix, c, inputs, rows, run) -> {
            int[] answer = c.integers("answer_tokens");
            int[] ids = inputs.prompt().ids();
            TokenRole[] roles = inputs.prompt().roles();
            int said = ids.length;
            ids = Arrays.copyOf(ids, said + 1);
            roles = Arrays.copyOf(roles, said + 1);
            ids[said] = answer[0];
            roles[said] = TokenRole.ANSWER;
            List<Integer> asked = IntStream.range(0, said).boxed().toList();
            SweepRequest request = new SweepRequest(
                    new EncodedPrompt(inputs.prompt().rendered(), ids, roles),
                    new int[] {answer[0]},
                    List.of(),
                    List.of(),
                    List.of(),
                    rows,
                    List.of(new Reading.Attention(asked)),
                    1,
                    List.of());
            List<AttentionRow> all = run.apply(request).inside().rows();
            assertThat(all).hasSize(10 * said);
            List<AttentionRow> last = all.subList(10 * (said - 1), 10 * said);
            attention(wanted, prefix + "attention.cross", Medium.IMAGE, last, said);
            attention(wanted, prefix + "attention.self", Medium.TEXT, last, said);
            for (AttentionRow row : all) {
                for (float[] head : row.weights()) {
                    assertThat(IntStream.range(row.medium() == Medium.TEXT ? row.row() + 1 : head.length, head.length))
                            .allMatch(key -> head[key] == 0);
                }
            }
        });
    }

    private static SweepRequest request(Golden.Case c, ModelInputs inputs, RowReading rows) {
        Intervention cut = RandomSample.cut("image_to_last");
        Windows window = new Windows.Only(Window.around(LENS_LAYER, 3, 10));
        return new SweepRequest(
                inputs.prompt(),
                c.integers("answer_tokens"),
                List.of(),
                List.of(),
                List.of(),
                rows,
                List.of(
                        new Reading.AnswerProbability(),
                        new Reading.Measures(),
                        new Reading.Lens(5),
                        new Reading.Attention(),
                        new Reading.Gates()),
                SweepRequest.PUBLISHED_TEMPERATURE,
                List.of(new Track(cut, window, Masking.PAPER), new Track(cut, window, Masking.ZERO)));
    }

    private static void compare(Readings wanted, String prefix, Trace trace) {
        lens(wanted, prefix + "lens.uncut.", trace.inside().lens());
        for (Lens.Cut cut : trace.inside().cut()) {
            lens(wanted, prefix + "lens.cut_" + cut.track().masking() + ".", cut.tokens());
        }
        assertThat(trace.inside().cut()).hasSize(2);
        for (int token = 0; token < trace.baseline().length; token++) {
            Lens lens = trace.inside().lens().get(token);
            assertThat(lens.stages().get(10).measures().logP())
                    .as("the lens of the last layer is the output")
                    .isCloseTo(trace.uncut().get(token).logP(), within(1e-5));
        }
        if (wanted.has(prefix + "attention.cross")) {
            List<AttentionRow> first = trace.inside().attention().subList(0, 10);
            int prompt = trace.request().prompt().length();
            attention(wanted, prefix + "attention.cross", Medium.IMAGE, first, prompt);
            attention(wanted, prefix + "attention.self", Medium.TEXT, first, prompt);
        }
        gates(wanted, prefix + "gates.ratio", trace);
    }

    private static void lens(Readings wanted, String prefix, List<Lens> lenses) {
        near(wanted, prefix + "log_p", each(lenses, stage -> stage.measures().logP()));
        assertThat(each(lenses, stage -> stage.measures().rank()))
                .as(prefix)
                .containsExactly(wanted.numbers(prefix + "rank"));
        List<Double> ids = new ArrayList<>();
        List<Double> p = new ArrayList<>();
        for (Lens lens : lenses) {
            for (Lens.Stage stage : lens.stages()) {
                for (Trace.Candidate candidate : stage.top()) {
                    ids.add((double) candidate.token());
                    p.add(candidate.probability());
                }
            }
        }
        assertThat(numbers(ids)).as(prefix).containsExactly(wanted.numbers(prefix + "top_ids"));
        assertThat(largestRelativeDifference(numbers(p), wanted.numbers(prefix + "top_p")))
                .as(prefix)
                .isLessThan(TOLERANCE);
    }

    /** @param first of the prompt's last row, by layer */
    private static void attention(Readings wanted, String tensor, Medium medium, List<AttentionRow> first, int prompt) {
        List<Double> weights = new ArrayList<>();
        for (AttentionRow row : first) {
            assertThat(row.row()).isEqualTo(prompt - 1);
            boolean image = row.layer() == 3 || row.layer() == 8;
            for (float[] head : row.weights()) {
                double sum = IntStream.range(0, head.length)
                        .mapToDouble(key -> head[key])
                        .sum();
                assertThat(sum).isCloseTo(1, within(1e-5));
                for (int key = 0; key < head.length && image == (medium == Medium.IMAGE); key++) {
                    if (image || key < prompt) {
                        weights.add((double) head[key]);
                    } else {
                        assertThat(head[key]).isZero();
                    }
                }
            }
        }
        assertThat(largestDifference(numbers(weights), wanted.numbers(tensor)))
                .as(tensor)
                .isLessThan(WEIGHT_TOLERANCE);
    }

    private static void gates(Readings wanted, String tensor, Trace trace) {
        List<Double> tanh = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int token = 0; token < trace.baseline().length; token++) {
            for (BranchRatio layer : trace.inside().gates()) {
                ratios.add(layer.attention()[token]);
                ratios.add(layer.mlp()[token]);
                if (token == 0) {
                    tanh.add(layer.attentionGate());
                    tanh.add(layer.mlpGate());
                }
            }
        }
        assertThat(largestDifference(numbers(tanh), wanted.numbers("gates.tanh")))
                .isLessThan(1e-6);
        assertThat(largestRelativeDifference(numbers(ratios), wanted.numbers(tensor)))
                .as(tensor)
                .isLessThan(WEIGHT_TOLERANCE);
    }

    private static void near(Readings wanted, String tensor, double... read) {
        assertThat(largestDifference(read, wanted.numbers(tensor))).as(tensor).isLessThan(TOLERANCE);
    }

    private static double[] each(List<Lens> lenses, ToDoubleFunction<Lens.Stage> number) {
        return lenses.stream()
                .flatMap(lens -> lens.stages().stream())
                .mapToDouble(number)
                .toArray();
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
