package sightline.ask;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.stream.IntStream;
import sightline.knockout.Curve;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Trace;
import sightline.run.HeadFill;

/**
 * Each attention head silenced alone at the read-out row.
 *
 * @param fill what it read instead
 * @param logOddsLoss of the whole answer, nats, [layer][head]; above 0 where the head helped
 * @param probability of the whole answer, [layer][head]
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonPropertyOrder({"fill", "log_odds_loss", "probability"})
@SuppressWarnings("ArrayRecordComponent") // written out at once
public record HeadsJson(String fill, double[][] logOddsLoss, double[][] probability) {
    static HeadsJson of(Trace trace, HeadFill fill) {
        List<double[]> byHead =
                HeadSilencing.curves(trace).stream().map(Curve::probability).toList();
        double[][] losses = HeadSilencing.losses(trace);
        double[][] probability = new double[losses.length][byHead.size()];
        IntStream.range(0, losses.length).forEach(layer -> {
            for (int head = 0; head < byHead.size(); head++) {
                probability[layer][head] = byHead.get(head)[layer];
            }
        });
        return new HeadsJson(fill.toString(), losses, probability);
    }
}
