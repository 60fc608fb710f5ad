package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import sightline.analysis.CurveKey;
import sightline.analysis.CurveView;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.MeanCurve;
import sightline.analysis.Measure;

/** The page's curves of measures beside change: flips, the share of answers that change, in percent; foils, in nats. */
final class MeasureData {
    private static final double PERCENT = 100;

    private final DatasetSummary summary;
    private final Measure measure;

    private MeasureData(DatasetSummary summary, Measure measure) {
        this.summary = summary;
        this.measure = measure;
    }

    /**
     * flips = {unmeasured, not_greedy, end, curves} and foils = {left_out, curves}, curves[group][key] null where no sample
     * tells; neither if none tells any. end is there, and true, if an answer that no longer ends flips too.
     */
    static void put(ObjectNode json, DatasetSummary summary) {
        MeasureData flips = new MeasureData(summary, Measure.FLIP);
        if (flips.any()) {
            ObjectNode node = json.putObject("flips");
            node.put("unmeasured", summary.data().unmeasured());
            node.put("not_greedy", summary.data().notGreedy());
            if (summary.data().flipEnd()) {
                node.put("end", true);
            }
            flips.curves(node.putArray("curves"));
        }
        MeasureData foils = new MeasureData(summary, Measure.FOIL);
        if (foils.any()) {
            ObjectNode node = json.putObject("foils");
            node.put("left_out", summary.data().notFoiled());
            foils.curves(node.putArray("curves"));
        }
    }

    private boolean any() {
        return summary.keys().stream()
                .anyMatch(key -> summary.find(view(Group.all(), key)).isPresent());
    }

    private void curves(ArrayNode groups) {
        for (Group group : summary.groups()) {
            ArrayNode keys = groups.addArray();
            for (CurveKey key : summary.keys()) {
                summary.find(view(group, key)).ifPresentOrElse(curve -> curve(keys.addObject(), curve), keys::addNull);
            }
        }
    }

    private CurveView view(Group group, CurveKey key) {
        return new CurveView(group, key, true, measure);
    }

    private void curve(ObjectNode json, MeanCurve curve) {
        json.put("n", curve.n());
        numbers(json.putArray("mean"), curve.mean());
        numbers(
                json.putArray("low"),
                CurveData.carried(curve.low(), curve.statistics().carried()));
        numbers(
                json.putArray("high"),
                CurveData.carried(curve.high(), curve.statistics().carried()));
        CurveData.significant(json, curve);
    }

    private void numbers(ArrayNode json, double... values) {
        double unit = measure == Measure.FLIP ? PERCENT : 1;
        double[] shown = Arrays.stream(values).map(value -> unit * value).toArray();
        JsonNumbers.numbers(json, shown, JsonNumbers.THOUSAND);
    }
}
