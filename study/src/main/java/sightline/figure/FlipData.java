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

/** The page's curves of flips: the share of answers that change, in percent. */
final class FlipData {
    private static final double PERCENT = 100;

    private FlipData() {}

    /** flips.curves[group][key], null where no sample tells flips; no flips at all if none tells any. */
    static void put(ObjectNode json, DatasetSummary summary) {
        boolean any = summary.keys().stream()
                .anyMatch(key -> summary.find(view(Group.all(), key)).isPresent());
        if (!any) {
            return;
        }
        ObjectNode flips = json.putObject("flips");
        flips.put("unmeasured", summary.data().unmeasured());
        flips.put("not_greedy", summary.data().notGreedy());
        ArrayNode groups = flips.putArray("curves");
        for (Group group : summary.groups()) {
            ArrayNode keys = groups.addArray();
            for (CurveKey key : summary.keys()) {
                summary.find(view(group, key)).ifPresentOrElse(curve -> curve(keys.addObject(), curve), keys::addNull);
            }
        }
    }

    private static CurveView view(Group group, CurveKey key) {
        return new CurveView(group, key, true, Measure.FLIP);
    }

    private static void curve(ObjectNode json, MeanCurve curve) {
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

    private static void numbers(ArrayNode json, double... shares) {
        double[] percents = Arrays.stream(shares).map(share -> PERCENT * share).toArray();
        JsonNumbers.numbers(json, percents, JsonNumbers.THOUSAND);
    }
}
