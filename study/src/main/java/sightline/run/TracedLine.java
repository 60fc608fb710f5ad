package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sightline.error.InputException;

/**
 * One line of a journal, checked against the run that it belongs to.
 *
 * @param identity of the sample
 * @param baseline uncut probability per answer token; empty for a failed sample
 */
@SuppressWarnings("ArrayRecordComponent")
record TracedLine(
        long id, SampleIdentity identity, String answer, double[] baseline, List<Cut> curves, String failure) {
    /** @param probability [answer token][layer] */
    record Cut(String pathway, int k, String masking, double[][] probability) {}

    boolean failed() {
        return failure != null;
    }

    /** Checks a line; {@code number} counts from 1. */
    static TracedLine of(JsonNode json, Path file, long number, int layers) {
        String place = file + ", line " + number;
        if (!json.path("id").isIntegralNumber()) {
            throw broken(place, "has no id");
        }
        long id = json.get("id").longValue();
        if (json.hasNonNull("failed")) {
            return new TracedLine(
                    id,
                    SampleIdentity.of(json),
                    "",
                    new double[0],
                    List.of(),
                    json.get("failed").asText());
        }
        double[] baseline = probabilities(json.path("baseline"), -1, place, "baseline");
        List<Cut> curves = new ArrayList<>();
        if (!json.path("curves").isArray()) {
            throw broken(place, "has no list of curves");
        }
        for (JsonNode curve : json.path("curves")) {
            curves.add(cut(curve, baseline.length, layers, place));
        }
        return new TracedLine(id, SampleIdentity.of(json), json.path("answer").asText(""), baseline, curves, null);
    }

    private static Cut cut(JsonNode curve, int tokens, int layers, String place) {
        String pathway = curve.path("pathway").asText("");
        String masking = curve.path("masking").asText("");
        int k = curve.path("k").asInt(0);
        if (pathway.isEmpty() || masking.isEmpty() || k < 1) {
            throw broken(place, "has a curve without pathway, k or masking");
        }
        JsonNode rows = curve.path("token_probability");
        if (!rows.isArray()) {
            throw broken(place, pathway + " has no list of token_probability");
        }
        if (rows.size() != tokens) {
            throw broken(place, pathway + " has " + rows.size() + " answer tokens, the baseline " + tokens);
        }
        double[][] probability = new double[tokens][];
        for (int token = 0; token < tokens; token++) {
            probability[token] = probabilities(rows.get(token), layers, place, pathway);
        }
        return new Cut(pathway, k, masking, probability);
    }

    private static double[] probabilities(JsonNode list, int length, String place, String what) {
        if (!list.isArray() || list.isEmpty() || (length >= 0 && list.size() != length)) {
            String expected = length < 0 ? "" : ", but the model has " + length + " layers";
            throw broken(place, what + " has " + list.size() + " values" + expected);
        }
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).isNumber() ? list.get(i).doubleValue() : Double.NaN;
            if (!(values[i] >= 0 && values[i] <= 1 + 1e-6)) { // float32 may round a certainty up
                throw broken(place, what + " holds " + list.get(i));
            }
        }
        return values;
    }

    private static InputException broken(String place, String problem) {
        return new InputException(
                place,
                problem,
                "a sample as `sightline trace` writes it",
                "Delete this line and resume the run; that sample is then traced again");
    }
}
