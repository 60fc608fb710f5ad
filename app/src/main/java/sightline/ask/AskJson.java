package sightline.ask;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sightline.image.ImageMode;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.Curve;
import sightline.knockout.Inside;
import sightline.knockout.Medium;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.run.Control;
import sightline.run.FoilTokens;

/**
 * What {@code ask --json} prints: a contract, so names and order stay.
 *
 * @param imageMode there in families that have a choice
 * @param wholeDepth there if it is asked for, as is all that follows but the plan
 * @param plan the shared sweep's cost; null under the naive one, which makes no plan
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonPropertyOrder({
    "model",
    "dtype",
    "rows",
    "answer_rows",
    "image_mode",
    "masking",
    "temperature",
    "prompt",
    "prompt_tokens",
    "answer",
    "answer_tokens",
    "baseline",
    "sweeps",
    "whole_depth",
    "kept",
    "triangle",
    "random_sources",
    "swap",
    "blank",
    "inside",
    "heads",
    "regions",
    "words",
    "plan",
    "seconds"
})
@SuppressWarnings("ArrayRecordComponent") // written out at once
public record AskJson(
        String model,
        String dtype,
        @JsonInclude(JsonInclude.Include.NON_NULL) String rows,
        @JsonInclude(JsonInclude.Include.NON_NULL) String answerRows,
        @JsonInclude(JsonInclude.Include.NON_NULL) String imageMode,
        String masking,
        double temperature,
        String prompt,
        int[] promptTokens,
        String answer,
        int[] answerTokens,
        Baseline baseline,
        List<Sweep> sweeps,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WholeDepth> wholeDepth,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WindowsJson> kept,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WindowsJson> triangle,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Draw> randomSources,
        @JsonInclude(JsonInclude.Include.NON_NULL) Baseline swap,
        @JsonInclude(JsonInclude.Include.NON_NULL) Baseline blank,
        @JsonInclude(JsonInclude.Include.NON_NULL) InsideJson inside,
        @JsonInclude(JsonInclude.Include.NON_NULL) HeadsJson heads,
        @JsonInclude(JsonInclude.Include.NON_NULL) RegionsJson regions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<Integer, String> words,
        Plan plan,
        Seconds seconds) {
    private static final ObjectMapper JSON = new ObjectMapper().addMixIn(AnswerMeasures.class, SnakeCase.class);

    /** How the engine's records are named here. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"log_p", "log_odds", "margin", "foil", "rank", "flip", "ends", "kl"})
    @JsonIgnoreProperties({"tokens", "logPPerToken"})
    interface SnakeCase {
        /** There with --flip-end alone. */
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonSerialize(converter = OrNull.class)
        Optional<Boolean> ends();
    }

    private static final class OrNull extends StdConverter<Optional<Boolean>, Boolean> {
        @Override
        public Boolean convert(Optional<Boolean> value) {
            return value.orElse(null);
        }
    }

    /** Probabilities with nothing cut: of the whole answer, and [answer token]; then the measures. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"probability", "token_probability", "measures", "answer_measures"})
    @SuppressWarnings("ArrayRecordComponent")
    record Baseline(
            double probability,
            double[] tokenProbability,
            MeasuresJson.Uncut measures,
            AnswerMeasures answerMeasures) {}

    /**
     * Probabilities under one pathway and window size: of the whole answer [layer], and [answer token][layer]; then the
     * measures, and what greedy decoding says at the most harmful window: null if it gives another answer with nothing cut.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"pathway", "k", "probability", "token_probability", "measures", "answer_measures", "top", "harm"
    })
    @SuppressWarnings("ArrayRecordComponent")
    record Sweep(
            String pathway,
            @JsonProperty("k") int k,
            double[] probability,
            double[][] tokenProbability,
            MeasuresJson measures,
            List<AnswerMeasures> answerMeasures,
            @JsonInclude(JsonInclude.Include.NON_NULL) TopJson top,
            HarmJson harm) {}

    /**
     * The likeliest tokens under a cut, likeliest first, [answer token][layer][place]; words in {@code words}.
     *
     * @param token ids
     * @param p at the temperature
     */
    @JsonPropertyOrder({"token", "p"})
    @SuppressWarnings("ArrayRecordComponent")
    record TopJson(int[][][] token, double[][][] p) {
        static TopJson of(List<List<List<Trace.Candidate>>> alternatives) {
            return alternatives.isEmpty()
                    ? null
                    : new TopJson(
                            alternatives.stream()
                                    .map(windows -> windows.stream()
                                            .map(top -> top.stream()
                                                    .mapToInt(Trace.Candidate::token)
                                                    .toArray())
                                            .toArray(int[][]::new))
                                    .toArray(int[][][]::new),
                            alternatives.stream()
                                    .map(windows -> windows.stream()
                                            .map(top -> top.stream()
                                                    .mapToDouble(Trace.Candidate::probability)
                                                    .toArray())
                                            .toArray(double[][]::new))
                                    .toArray(double[][][]::new));
        }
    }

    /**
     * The most harmful window.
     *
     * @param layer its middle
     * @param text what is said there instead; null if it is the answer, or --decode 0
     * @param tokens the ids of it
     * @param finished whether the model ended it
     */
    @JsonPropertyOrder({"layer", "change", "flip", "text", "tokens", "finished"})
    @SuppressWarnings("ArrayRecordComponent")
    record HarmJson(int layer, double change, boolean flip, String text, int[] tokens, Boolean finished) {
        static HarmJson of(Harm harm) {
            return new HarmJson(
                    harm.layer(),
                    harm.change(),
                    harm.measures().flip(),
                    harm.said().map(Harm.Words::text).orElse(null),
                    harm.said().map(Harm.Words::tokens).orElse(null),
                    harm.said().map(Harm.Words::finished).orElse(null));
        }
    }

    /**
     * Probabilities under one intervention in all layers at once: of the whole answer, and [answer token]; the measures.
     *
     * @param top what greedy decoding says in the place of each answer token, behind those before it: ids, their words in
     *     {@code words}
     * @param text what is said instead of the answer; null where that stays, of random boxes, or with --decode 0
     * @param finished whether the model ended it
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"intervention", "probability", "token_probability", "answer_measures", "top", "text", "finished"
    })
    @SuppressWarnings("ArrayRecordComponent")
    record WholeDepth(
            String intervention,
            double probability,
            double[] tokenProbability,
            AnswerMeasures answerMeasures,
            int[] top,
            @JsonInclude(JsonInclude.Include.NON_NULL) String text,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean finished) {
        static WholeDepth of(Curve curve, int... answer) {
            return of(curve, null, answer);
        }

        /** @param said what is said instead; null if nothing is */
        static WholeDepth of(Curve curve, Harm.Words said, int... answer) {
            double[] tokens = Arrays.stream(curve.tokenProbability())
                    .mapToDouble(token -> token[0])
                    .toArray();
            return new WholeDepth(
                    curve.intervention().name(),
                    curve.probability()[0],
                    tokens,
                    curve.answer(0, answer),
                    curve.said(0, answer),
                    said == null ? null : said.text(),
                    said == null ? null : said.finished());
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

    public static AskJson of(Outcome outcome) {
        SweepRequest request = outcome.trace().request();
        // Readings of rows are of layers that read the picture.
        boolean reads = !outcome.shape().layersOf(Medium.IMAGE).isEmpty();
        return new AskJson(
                outcome.model(),
                outcome.dtype().toString(),
                reads ? request.rows().toString() : null,
                reads ? outcome.answerRows().toString() : null,
                outcome.imageMode().map(ImageMode::toString).orElse(null),
                request.maskings().get(0).toString(),
                request.temperature(),
                request.prompt().rendered(),
                request.prompt().ids(),
                outcome.answer().text(),
                request.answer(),
                baseline(outcome.trace(), outcome.foils()),
                outcome.trace().curves().stream()
                        .map(curve -> sweep(outcome, curve))
                        .toList(),
                Additions.wholeDepth(outcome.trace()).stream()
                        .map(curve -> WholeDepth.of(
                                curve,
                                outcome.instead().get(curve.intervention().name()),
                                request.answer()))
                        .toList(),
                windows(outcome, Additions.kept(outcome.trace())),
                windows(outcome, Additions.triangles(outcome.trace())),
                outcome.trace().curves().stream()
                        .flatMap(curve -> Draw.of(outcome.trace(), curve))
                        .toList(),
                picture(outcome, Control.SWAP),
                picture(outcome, Control.BLANK),
                outcome.trace().inside().equals(Inside.NOTHING)
                        ? null
                        : InsideJson.of(
                                outcome.trace().inside(),
                                outcome.shape().layers(),
                                outcome.words()::get,
                                outcome.patches(),
                                AttentionFiles.firstKey(outcome.shape(), request.prompt())),
                outcome.additions().silencesEachHead()
                        ? HeadsJson.of(outcome.trace(), outcome.additions().heads())
                        : null,
                outcome.regions()
                        .map(regions -> RegionsJson.of(regions, outcome.foils(), outcome.instead(), request.answer()))
                        .orElse(null),
                naming(outcome) ? outcome.words() : Map.of(),
                outcome.trace()
                        .plan()
                        .map(cost -> new Plan(cost.variants(), cost.states(), cost.naiveStates()))
                        .orElse(null),
                outcome.seconds());
    }

    /** Whether tokens are told by their ids alone. */
    private static boolean naming(Outcome outcome) {
        return !Additions.wholeDepth(outcome.trace()).isEmpty()
                || outcome.regions()
                        .filter(regions -> !regions.boxes().isEmpty())
                        .isPresent()
                || outcome.trace().curves().stream()
                        .anyMatch(curve -> !curve.alternatives().isEmpty());
    }

    private static List<WindowsJson> windows(Outcome outcome, List<Curve> curves) {
        int[] answer = outcome.trace().request().answer();
        return curves.stream()
                .map(curve -> WindowsJson.of(curve, outcome.shape().layers(), answer))
                .toList();
    }

    private static Baseline picture(Outcome outcome, Control control) {
        Trace other = outcome.pictures().get(control);
        return other == null ? null : baseline(other, outcome.foils());
    }

    static Baseline baseline(Trace trace, FoilTokens held) {
        return new Baseline(trace.probability(), trace.baseline(), MeasuresJson.Uncut.of(trace, held), trace.answer());
    }

    private static Sweep sweep(Outcome outcome, Curve curve) {
        int[] answer = outcome.trace().request().answer();
        return new Sweep(
                curve.intervention().name(),
                curve.k(),
                curve.probability(),
                curve.tokenProbability(),
                MeasuresJson.of(curve, answer),
                IntStream.range(0, outcome.shape().layers())
                        .mapToObj(layer -> curve.answer(layer, answer))
                        .toList(),
                TopJson.of(curve.alternatives()),
                outcome.harms().stream()
                        .filter(harm -> harm.curve().k() == curve.k()
                                && harm.curve().intervention().equals(curve.intervention()))
                        .map(HarmJson::of)
                        .findFirst()
                        .orElse(null));
    }

    /** One line of JSON. */
    public String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and text cannot be written as JSON", e);
        }
    }
}
