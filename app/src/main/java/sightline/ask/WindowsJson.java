package sightline.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.stream.IntStream;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.Curve;
import sightline.knockout.Window;

/**
 * Probabilities under one intervention in other windows than a pathway's curve: of the whole answer [window], and [answer
 * token][window]; the measures.
 *
 * @param k size of the windows around each layer, which are then numbered by it; null for other windows
 * @param windows first and last layer of each; null for windows around each layer
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonPropertyOrder({"intervention", "k", "windows", "probability", "token_probability", "answer_measures"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written out at once
public record WindowsJson(
        String intervention,
        @JsonProperty("k") Integer k,
        int[][] windows,
        double[] probability,
        double[][] tokenProbability,
        List<AnswerMeasures> answerMeasures) {
    static WindowsJson of(Curve curve, int layers, int... answer) {
        List<Window> its = curve.windows().of(layers);
        boolean around = curve.k() > 0;
        return new WindowsJson(
                curve.intervention().name(),
                around ? curve.k() : null,
                around
                        ? null
                        : its.stream()
                                .map(window -> new int[] {window.first(), window.last()})
                                .toArray(int[][]::new),
                curve.probability(),
                curve.tokenProbability(),
                IntStream.range(0, its.size())
                        .mapToObj(window -> curve.answer(window, answer))
                        .toList());
    }
}
