package sightline.figure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import sightline.analysis.Clipping;
import sightline.analysis.ControlCurve;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.LayerMeans;
import sightline.analysis.MeanCurve;
import sightline.analysis.Metric;

/** The page's curves of change, each once: in many views they are the same. */
final class CurveData {
    private static final double TENTHS = 10;

    private final ArrayNode pool;
    private final Map<String, Integer> places = new HashMap<>();
    private final IdentityHashMap<MeanCurve, Integer> known = new IdentityHashMap<>();

    private CurveData(ArrayNode pool) {
        this.pool = pool;
    }

    /** curves[group][key][thresholded][metric][clipping] = place in the pool; clippings in the order of {@link Clipping}. */
    static void put(ObjectNode json, DatasetSummary summary) {
        CurveData data = new CurveData(json.putArray("pool"));
        ArrayNode groups = json.putArray("curves");
        for (Group group : summary.groups()) {
            ArrayNode keys = groups.addArray();
            for (CurveKey key : summary.keys()) {
                ArrayNode thresholds = keys.addArray();
                for (boolean thresholded : new boolean[] {false, true}) {
                    ArrayNode metrics = thresholds.addArray();
                    for (Metric metric : summary.metrics()) {
                        ArrayNode clips = metrics.addArray();
                        for (Clipping clipping : Clipping.values()) {
                            clips.add(data.place(summary.curve(group, key, thresholded, metric, clipping)));
                        }
                    }
                }
            }
        }
    }

    private int place(MeanCurve curve) {
        return known.computeIfAbsent(curve, same -> {
            ObjectNode json = curve(curve);
            int next = pool.size();
            int place = places.computeIfAbsent(json.toString(), text -> next);
            if (place == next) {
                pool.add(json);
            }
            return place;
        });
    }

    private static ObjectNode curve(MeanCurve curve) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("n", curve.n());
        JsonNumbers.numbers(json.putArray("mean"), curve.mean(), JsonNumbers.THOUSAND);
        boolean[] carried = curve.statistics().carried();
        JsonNumbers.numbers(json.putArray("low"), carried(curve.low(), carried), JsonNumbers.THOUSAND);
        JsonNumbers.numbers(json.putArray("high"), carried(curve.high(), carried), JsonNumbers.THOUSAND);
        if (curve.n() > 0) {
            statistics(json.put("clusters", curve.clusters()), curve);
        }
        for (double[] sample : curve.dots()) {
            JsonNumbers.numbers(json.withArray("dots").addArray(), sample, TENTHS);
        }
        return json;
    }

    private static void statistics(ObjectNode json, MeanCurve curve) {
        JsonNumbers.numbers(json.putArray("low_all"), curve.statistics().lowAll(), JsonNumbers.THOUSAND);
        JsonNumbers.numbers(json.putArray("high_all"), curve.statistics().highAll(), JsonNumbers.THOUSAND);
        JsonNumbers.numbers(json.putArray("p"), curve.p(), JsonNumbers.MILLION);
        curve.control().ifPresent(control -> control(json.putObject("control"), control));
        json.put("p_holm", JsonNumbers.rounded(curve.pHolm(), JsonNumbers.MILLION));
        significant(json, curve);
        curve.effect().ifPresent(effect -> {
            int layer = curve.worst();
            ObjectNode worst = json.putObject("worst").put("layer", layer);
            JsonNumbers.put(worst, "agree", curve.statistics().agree()[layer]);
            JsonNumbers.put(worst, "design_effect", curve.designEffect()[layer]);
            JsonNumbers.put(worst, "detectable", curve.detectable(layer));
            JsonNumbers.put(worst, "median", effect.median());
            JsonNumbers.put(worst, "half", effect.half());
            JsonNumbers.put(worst, "standardised", effect.standardised());
        });
    }

    private static void control(ObjectNode json, ControlCurve control) {
        json.put("n", control.n());
        means(json, control.random());
        means(json.putObject("difference"), control.difference());
    }

    /** mean, low, high by layer. */
    static void means(ObjectNode json, LayerMeans means) {
        JsonNumbers.numbers(json.putArray("mean"), means.mean(), JsonNumbers.THOUSAND);
        JsonNumbers.numbers(json.putArray("low"), carried(means.low(), means.carried()), JsonNumbers.THOUSAND);
        JsonNumbers.numbers(json.putArray("high"), carried(means.high(), means.carried()), JsonNumbers.THOUSAND);
    }

    /** The layers of the windows that are. */
    static void significant(ObjectNode json, MeanCurve curve) {
        ArrayNode layers = json.putArray("significant");
        for (int layer = 0; layer < curve.mean().length; layer++) {
            if (curve.significant()[layer]) {
                layers.add(layer);
            }
        }
    }

    /** Ends of bands; none where a handful of clusters carry a mean's spread, since resamples then tell little of it. */
    static double[] carried(double[] ends, boolean... carried) {
        double[] its = ends.clone();
        for (int layer = 0; layer < its.length; layer++) {
            its[layer] = carried[layer] ? its[layer] : Double.NaN;
        }
        return its;
    }
}
