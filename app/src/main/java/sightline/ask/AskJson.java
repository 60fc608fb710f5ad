package sightline.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sightline.knockout.Curve;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;

/**
 * What {@code ask --json} prints: a contract, so names and order stay.
 *
 * @param wholeDepth there if it is asked for, as are random sources and the blank picture
 * @param plan the shared sweep's cost; null under the naive one, which makes no plan
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonPropertyOrder({
    "model",
    "dtype",
    "rows",
    "answer_rows",
    "masking",
    "temperature",
    "prompt",
    "prompt_tokens",
    "answer",
    "answer_tokens",
    "baseline",
    "sweeps",
    "whole_depth",
    "random_sources",
    "blank",
    "plan",
    "seconds"
})
@SuppressWarnings("ArrayRecordComponent") // written out at once
record AskJson(
        String model,
        String dtype,
        String rows,
        String answerRows,
        String masking,
        double temperature,
        String prompt,
        int[] promptTokens,
        String answer,
        int[] answerTokens,
        Baseline baseline,
        List<Sweep> sweeps,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WholeDepth> wholeDepth,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Draw> randomSources,
        @JsonInclude(JsonInclude.Include.NON_NULL) Baseline blank,
        Plan plan,
        Seconds seconds) {
    /** Probabilities with nothing cut: of the whole answer, and [answer token]. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"probability", "token_probability"})
    @SuppressWarnings("ArrayRecordComponent")
    record Baseline(double probability, double[] tokenProbability) {}

    /** Probabilities under one pathway and window size: of the whole answer [layer], and [answer token][layer]. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"pathway", "k", "probability", "token_probability"})
    @SuppressWarnings("ArrayRecordComponent")
    record Sweep(String pathway, @JsonProperty("k") int k, double[] probability, double[][] tokenProbability) {}

    /** Probabilities under one intervention in all layers at once: of the whole answer, and [answer token]. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"intervention", "probability", "token_probability"})
    @SuppressWarnings("ArrayRecordComponent")
    record WholeDepth(String intervention, double probability, double[] tokenProbability) {
        static WholeDepth of(Curve curve) {
            double[] tokens = Arrays.stream(curve.tokenProbability())
                    .mapToDouble(token -> token[0])
                    .toArray();
            return new WholeDepth(curve.intervention().name(), curve.probability()[0], tokens);
        }
    }

    /** Probabilities under one draw of as many other sources as a pathway has, as of a {@link Sweep}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"pathway", "k", "draw", "probability", "token_probability"})
    @SuppressWarnings("ArrayRecordComponent")
    record Draw(String pathway, @JsonProperty("k") int k, int draw, double[] probability, double[][] tokenProbability) {
        static Stream<Draw> of(Trace trace, Curve curve) {
            List<Curve> draws = Additions.draws(trace, curve);
            return IntStream.range(0, draws.size())
                    .mapToObj(draw -> new Draw(
                            curve.intervention().name(),
                            curve.k(),
                            draw,
                            draws.get(draw).probability(),
                            draws.get(draw).tokenProbability()));
        }
    }

    /** The cost of a shared sweep: numbers to find, states to compute for them, and states that the naive one would. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"variants", "states", "naive_states"})
    record Plan(long variants, long states, long naiveStates) {}

    static AskJson of(Outcome outcome) {
        SweepRequest request = outcome.trace().request();
        return new AskJson(
                outcome.model(),
                outcome.dtype().toString(),
                request.rows().toString(),
                outcome.answerRows().toString(),
                request.maskings().get(0).toString(),
                request.temperature(),
                request.prompt().rendered(),
                request.prompt().ids(),
                outcome.answer().text(),
                request.answer(),
                new Baseline(outcome.trace().probability(), outcome.trace().baseline()),
                outcome.trace().curves().stream()
                        .map(curve -> new Sweep(
                                curve.intervention().name(), curve.k(), curve.probability(), curve.tokenProbability()))
                        .toList(),
                Additions.wholeDepth(outcome.trace()).stream()
                        .map(WholeDepth::of)
                        .toList(),
                outcome.trace().curves().stream()
                        .flatMap(curve -> Draw.of(outcome.trace(), curve))
                        .toList(),
                outcome.blank()
                        .map(blank -> new Baseline(blank.probability(), blank.baseline()))
                        .orElse(null),
                outcome.trace()
                        .plan()
                        .map(cost -> new Plan(cost.variants(), cost.states(), cost.naiveStates()))
                        .orElse(null),
                outcome.seconds());
    }

    /** One line of JSON. */
    String line() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and text cannot be written as JSON", e);
        }
    }
}
