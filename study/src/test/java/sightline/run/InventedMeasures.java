package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Measures for invented samples: those of a vocabulary of two tokens, where probability alone tells all the others. */
final class InventedMeasures {
    private static final double DIGITS = 1e6; // as journals have them
    private static final int OTHER = 7;

    private InventedMeasures() {}

    /** Adds them to a line of a journal. */
    static void add(ObjectNode sample) {
        JsonNode baseline = sample.get("baseline");
        JsonNode ids = sample.get("answer_tokens");
        ObjectNode uncut = sample.putObject(LineMeasures.UNCUT);
        for (JournalMeasure measure : JournalMeasure.values()) {
            if (measure.uncut()) {
                ArrayNode tokens = uncut.putArray(measure.field());
                for (int token = 0; token < baseline.size(); token++) {
                    double p = baseline.get(token).doubleValue();
                    add(tokens, measure, of(measure, p, p, ids.get(token).intValue()));
                }
            }
        }
        ArrayNode foils = uncut.putArray(LineMeasures.FOIL_ID);
        baseline.forEach(token -> foils.add(OTHER));
        sample.get("curves").forEach(curve -> addCurve((ObjectNode) curve, baseline, ids));
    }

    private static void addCurve(ObjectNode curve, JsonNode baseline, JsonNode ids) {
        JsonNode probability = curve.get("token_probability");
        ObjectNode measures = curve.putObject(LineMeasures.CURVE);
        for (JournalMeasure measure : JournalMeasure.values()) {
            ArrayNode rows = measures.putArray(measure.field());
            for (int token = 0; token < baseline.size(); token++) {
                ArrayNode row = rows.addArray();
                for (JsonNode layer : probability.get(token)) {
                    double uncut = baseline.get(token).doubleValue();
                    add(
                            row,
                            measure,
                            of(
                                    measure,
                                    layer.doubleValue(),
                                    uncut,
                                    ids.get(token).intValue()));
                }
            }
        }
    }

    private static double of(JournalMeasure measure, double probability, double uncut, int answer) {
        double p = Math.min(1 - 1e-9, Math.max(1e-9, probability));
        double q = Math.min(1 - 1e-9, Math.max(1e-9, uncut));
        return switch (measure) {
            case LOG_P -> Math.log(p);
            case LOG_ODDS, MARGIN, FOIL -> Math.log(p) - Math.log1p(-p);
            case RANK -> p > 0.5 ? 1 : 2;
            case TOP -> p > 0.5 ? answer : OTHER;
            case KL -> Math.max(0, q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p)));
        };
    }

    private static void add(ArrayNode to, JournalMeasure measure, double value) {
        if (measure.whole()) {
            to.add((int) value);
        } else {
            to.add(Math.round(value * DIGITS) / DIGITS);
        }
    }
}
