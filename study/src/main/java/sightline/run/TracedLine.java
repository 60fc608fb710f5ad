package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import sightline.error.InputException;
import sightline.files.LineCheck;

/**
 * One line of a journal, checked against the run that it belongs to.
 *
 * @param identity of the sample
 * @param baseline uncut probability per answer token; empty for a failed sample
 * @param uncut measures with nothing cut [answer token]; empty for a failed sample, and in lines of earlier versions
 * @param ends whether greedy decoding ends the answer with nothing cut; empty where the run does not ask for it
 * @param foils what the answer is held against
 * @param added what is told beside the curves around each layer
 * @param failure why it failed; null if it was traced
 * @param refuted whether it failed since two sweeps did not agree on it
 */
@SuppressWarnings("ArrayRecordComponent")
public record TracedLine(
        SampleIdentity identity,
        String answer,
        double[] baseline,
        Map<JournalMeasure, double[]> uncut,
        Optional<Boolean> ends,
        FoilTokens foils,
        List<CutCurve> curves,
        AddedNumbers added,
        String failure,
        boolean refuted) {
    /**
     * A curve.
     *
     * @param probability [answer token][layer]
     * @param measures [answer token][layer]; empty in lines of earlier versions
     * @param ends whether greedy decoding ends the answer, [layer]; empty where the run does not ask for it
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record CutCurve(
            String pathway,
            int k,
            String masking,
            double[][] probability,
            Map<JournalMeasure, double[][]> measures,
            boolean[] ends) {}

    static final String CURVES = "curves";

    private record CutKey(String pathway, int k, String masking) {}

    /** The sample's id. */
    public long id() {
        return identity.id();
    }

    /** Whether there are no numbers of it. */
    public boolean failed() {
        return failure != null;
    }

    /** Whether it was traced by a version that did not take measures yet. */
    boolean unmeasured() {
        return !failed() && uncut.isEmpty();
    }

    /** Whether its first token is held against the likeliest other one, by default or since no named foil applies. */
    boolean likeliestFoil() {
        return !failed() && foils.none();
    }

    /**
     * Checks a line.
     *
     * @param number counts from 1
     * @throws InputException naming file and line if it cannot be of this run
     */
    static TracedLine of(JsonNode json, Path file, long number, LineRules rules) {
        return new Reader(json, file + ", line " + number, rules).line();
    }

    /** Reads one line. */
    record Reader(JsonNode json, String place, LineRules rules) {
        TracedLine line() {
            requireMark();
            if (rules.checked()) {
                field(LineCheck.FIELD, JsonNode::isTextual); // that it fits is seen where lines are read
            }
            field("id", JsonNode::isIntegralNumber);
            if (rules.strict()) {
                List.of("image", "question").forEach(name -> field(name, JsonNode::isTextual));
                field("picture_sha256", JsonNode::isTextual);
                field("choices", list -> all(list, JsonNode::isTextual));
                field("categories", list -> all(list, JsonNode::isTextual));
            }
            SampleIdentity identity = SampleIdentity.of(rules.dataset(), json);
            if (json.hasNonNull("failed")) {
                String failure = field("failed", JsonNode::isTextual).textValue();
                boolean refuted = json.path("refuted").asBoolean(false);
                return new TracedLine(
                        identity,
                        "",
                        new double[0],
                        Map.of(),
                        Optional.empty(),
                        FoilTokens.LIKELIEST,
                        List.of(),
                        AddedNumbers.NONE,
                        failure,
                        refuted);
            }
            double[] baseline = probabilities(json.path("baseline"), -1, "baseline");
            JsonNode tokens = field("answer_tokens", list -> all(list, JsonNode::isInt));
            if (tokens.size() != baseline.length) {
                throw broken("baseline has " + baseline.length + " values, but there are " + tokens.size()
                        + " answer_tokens");
            }
            List<CutCurve> curves = curves(baseline.length);
            Map<JournalMeasure, double[]> uncut = uncut(json, baseline.length);
            Optional<Boolean> ends = ends(rules.flipEnd()).uncut(json);
            FoilTokens foils = measures().foils(json, rules.foils().named());
            AddedNumbers added = AddedNumbers.of(this, curves, baseline.length);
            return new TracedLine(
                    identity, json.path("answer").asText(""), baseline, uncut, ends, foils, curves, added, null, false);
        }

        /** The measures with nothing cut that a part of the line tells. */
        private Map<JournalMeasure, double[]> uncut(JsonNode part, int tokens) {
            Map<JournalMeasure, double[]> uncut = measures().uncut(part, tokens);
            if (uncut.isEmpty() == measured()) {
                throw broken("tells " + LineMeasures.UNCUT + " of one picture and not of another");
            }
            return uncut;
        }

        /** The measures with nothing cut of another picture, of which no end is told. */
        Map<JournalMeasure, double[]> uncutOfOther(JsonNode part, int tokens) {
            ends(false).uncut(part);
            return uncut(part, tokens);
        }

        private LineMeasures measures() {
            return new LineMeasures(rules.measures(), this::broken);
        }

        private LineEnds ends(boolean told) {
            return new LineEnds(told, this::broken);
        }

        private void requireMark() {
            JsonNode mark = json.path("settings");
            String wanted = rules.mark().orElse("");
            if (!mark.asText("").equals(wanted)) {
                throw new InputException(
                        place,
                        "was made under settings " + (mark.isMissingNode() ? "that it does not tell" : mark),
                        wanted.isEmpty()
                                ? "lines without such a mark, as manifest.json is of format 1"
                                : "those of" + " manifest.json, " + wanted,
                        "Put back the files that belong together, or delete that line: its sample is then traced again");
            }
        }

        private List<CutCurve> curves(int tokens) {
            List<CutCurve> curves = new ArrayList<>();
            Set<CutKey> seen = new HashSet<>();
            if (!json.path(CURVES).isArray()) {
                throw broken("has no list of curves");
            }
            for (JsonNode curve : json.path(CURVES)) {
                CutCurve cut = cut(curve, tokens);
                if (!seen.add(new CutKey(cut.pathway(), cut.k(), cut.masking()))) {
                    throw broken("has a second curve of " + name(cut.pathway(), cut.k(), cut.masking()));
                }
                curves.add(cut);
            }
            requireAll(seen);
            return curves;
        }

        /** Every curve that the run asks for, of every pathway that had something to cut. */
        private void requireAll(Set<CutKey> seen) {
            Set<String> there = new LinkedHashSet<>();
            seen.forEach(key -> there.add(key.pathway()));
            Set<String> needed = new LinkedHashSet<>(rules.needed(idle(there)));
            needed.addAll(there);
            for (String pathway : needed) {
                for (int k : rules.sizes()) {
                    for (String masking : rules.maskings()) {
                        if (!seen.contains(new CutKey(pathway, k, masking))) {
                            throw broken("has no curve of " + name(pathway, k, masking));
                        }
                    }
                }
            }
        }

        private Set<String> idle(Set<String> there) {
            Set<String> idle = new HashSet<>();
            if (rules.strict()) {
                field("nothing_to_cut", list -> all(list, JsonNode::isTextual))
                        .forEach(pathway -> idle.add(pathway.textValue()));
                for (String pathway : idle) {
                    if (there.contains(pathway) || !rules.pathways().contains(pathway)) {
                        throw broken("says that " + pathway + " has nothing to cut, but "
                                + (there.contains(pathway) ? "has a curve of it" : "the run does not cut it"));
                    }
                }
            }
            return idle;
        }

        private static String name(String pathway, int k, String masking) {
            return pathway + ", k " + k + ", masking " + masking;
        }

        private CutCurve cut(JsonNode curve, int tokens) {
            String pathway = curve.path("pathway").asText("");
            String masking = curve.path("masking").asText("");
            int k = curve.path("k").isInt() ? curve.path("k").intValue() : 0;
            if (pathway.isEmpty() || masking.isEmpty() || k < 1) {
                throw broken("has a curve without pathway, k or masking");
            }
            if (!rules.pathways().contains(pathway)
                    || !rules.sizes().contains(k)
                    || !rules.maskings().contains(masking)) {
                throw broken("has a curve of " + name(pathway, k, masking) + ", which the run does not trace");
            }
            return readings(curve, pathway, k, masking, tokens, rules.layers());
        }

        /** Whether the line has measures. */
        private boolean measured() {
            return !json.path(LineMeasures.UNCUT).isMissingNode();
        }

        /** What is read off in each window; {@code name} is the pathway's, or what else is cut. */
        CutCurve readings(JsonNode curve, String name, int k, String masking, int tokens, int windows) {
            JsonNode rows = curve.path("token_probability");
            if (!rows.isArray()) {
                throw broken(name + " has no list of token_probability");
            }
            if (rows.size() != tokens) {
                throw broken(name + " has " + rows.size() + " answer tokens, the baseline " + tokens);
            }
            double[][] probability = new double[tokens][];
            for (int token = 0; token < tokens; token++) {
                probability[token] = probabilities(rows.get(token), windows, name);
            }
            return new CutCurve(
                    name,
                    k,
                    masking,
                    probability,
                    measures().curve(curve, name, measured(), tokens, windows),
                    ends(rules.flipEnd()).curve(curve, name, windows));
        }

        double[] probabilities(JsonNode list, int length, String what) {
            if (!list.isArray() || list.isEmpty() || (length >= 0 && list.size() != length)) {
                String expected = length < 0
                        ? ""
                        : length == rules.layers()
                                ? ", but the model has " + length + " layers"
                                : ", expected " + length;
                throw broken(what + " has " + list.size() + " values" + expected);
            }
            double[] values = new double[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = list.get(i).isNumber() ? list.get(i).doubleValue() : Double.NaN;
                if (!(values[i] >= 0 && values[i] <= 1 + 1e-6)) { // float32 may round a certainty up
                    throw broken(what + " holds " + list.get(i));
                }
            }
            return values;
        }

        private static boolean all(JsonNode list, Predicate<JsonNode> right) {
            if (!list.isArray()) {
                return false;
            }
            for (JsonNode one : list) {
                if (!right.test(one)) {
                    return false;
                }
            }
            return true;
        }

        private JsonNode field(String name, Predicate<JsonNode> right) {
            JsonNode value = json.path(name);
            if (!right.test(value)) {
                throw broken(value.isMissingNode() ? "has no " + name : name + " is " + value);
            }
            return value;
        }

        InputException broken(String problem) {
            return new InputException(
                    place,
                    problem,
                    "a sample as `sightline trace` writes it",
                    "Delete this line and resume the run; that sample is then traced again");
        }
    }
}
