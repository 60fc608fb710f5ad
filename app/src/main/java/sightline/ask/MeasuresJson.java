package sightline.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import sightline.knockout.Curve;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.run.FoilTokens;

/**
 * A curve's measures, [answer token][layer] each; {@code top} is the token that greedy decoding says.
 *
 * @param ends [layer], whether it ends the answer behind its tokens; null if that was not asked for
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonPropertyOrder({"log_p", "log_odds", "margin", "foil", "rank", "top", "kl", "ends"})
@SuppressWarnings("ArrayRecordComponent") // written out at once
public record MeasuresJson(
        double[][] logP,
        double[][] logOdds,
        double[][] margin,
        double[][] foil,
        int[][] rank,
        int[][] top,
        double[][] kl,
        @JsonInclude(JsonInclude.Include.NON_NULL) boolean[] ends) {
    static MeasuresJson of(Curve curve, int... answer) {
        TokenMeasures[][] tokens = curve.measures();
        return new MeasuresJson(
                each(tokens, TokenMeasures::logP),
                each(tokens, TokenMeasures::logOdds),
                each(tokens, TokenMeasures::margin),
                each(tokens, TokenMeasures::foil),
                whole(each(tokens, TokenMeasures::rank)),
                top(tokens, answer),
                each(tokens, TokenMeasures::kl),
                curve.ends().length == 0 ? null : curve.ends());
    }

    private static double[][] each(TokenMeasures[][] tokens, ToDoubleFunction<TokenMeasures> measure) {
        double[][] values = new double[tokens.length][];
        for (int token = 0; token < values.length; token++) {
            values[token] = List.of(tokens[token]).stream().mapToDouble(measure).toArray();
        }
        return values;
    }

    private static int[][] whole(double[]... values) {
        int[][] whole = new int[values.length][];
        for (int token = 0; token < whole.length; token++) {
            double[] layers = values[token];
            whole[token] = IntStream.range(0, layers.length)
                    .map(layer -> (int) layers[layer])
                    .toArray();
        }
        return whole;
    }

    private static int[][] top(TokenMeasures[][] tokens, int... answer) {
        int[][] top = new int[tokens.length][];
        for (int token = 0; token < top.length; token++) {
            int said = answer[token];
            top[token] = List.of(tokens[token]).stream()
                    .mapToInt(layer -> layer.top(said))
                    .toArray();
        }
        return top;
    }

    /** The measures with nothing cut, [answer token] each, the likeliest other tokens, and what the answer is held against if named. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonPropertyOrder({"log_p", "log_odds", "margin", "foil", "foil_id", "foils", "whole_foils", "rank", "top", "ends"
    })
    @SuppressWarnings("ArrayRecordComponent")
    record Uncut(
            double[] logP,
            double[] logOdds,
            double[] margin,
            double[] foil,
            int[] foilId,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> foils,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<List<Integer>> wholeFoils,
            int[] rank,
            int[] top,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean ends) {
        static Uncut of(Trace trace, FoilTokens held) {
            List<TokenMeasures> tokens = trace.uncut();
            return new Uncut(
                    tokens.stream().mapToDouble(TokenMeasures::logP).toArray(),
                    tokens.stream().mapToDouble(TokenMeasures::logOdds).toArray(),
                    tokens.stream().mapToDouble(TokenMeasures::margin).toArray(),
                    tokens.stream().mapToDouble(TokenMeasures::foil).toArray(),
                    tokens.stream().mapToInt(TokenMeasures::rival).toArray(),
                    held.first(),
                    held.whole(),
                    tokens.stream().mapToInt(TokenMeasures::rank).toArray(),
                    trace.said(),
                    trace.ends().orElse(null));
        }
    }
}
