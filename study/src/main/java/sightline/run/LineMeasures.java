package sightline.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sightline.error.InputException;
import sightline.knockout.Curve;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;

/**
 * The measures in a journal's line: how they are written and read. Lines of earlier versions have none.
 *
 * @param asked those that are read of curves
 * @param faults makes the error of a fault in the line
 */
record LineMeasures(Set<JournalMeasure> asked, Function<String, InputException> faults) {
    static final String UNCUT = "uncut";
    static final String FOIL_ID = "foil_id";
    static final String FOILS = "foils";
    static final String WHOLE_FOILS = "whole_foils";
    static final String CURVE = "measures";

    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(JournalMeasure.values()).map(JournalMeasure::field),
                    Stream.of(FOIL_ID, FOILS, WHOLE_FOILS, LineEnds.FIELD))
            .collect(Collectors.toUnmodifiableSet());

    /** Writes those with nothing cut, as lists of m numbers; nothing if the trace has none. */
    static void writeUncut(JsonGenerator json, Trace trace, FoilTokens foils) throws IOException {
        List<TokenMeasures> tokens = trace.uncut();
        if (tokens.isEmpty()) {
            return;
        }
        int[] answer = trace.request().answer();
        json.writeObjectFieldStart(UNCUT);
        for (JournalMeasure measure : JournalMeasure.values()) {
            if (measure.uncut()) {
                json.writeArrayFieldStart(measure.field());
                for (int token = 0; token < answer.length; token++) {
                    write(json, measure.of(tokens.get(token), answer[token]));
                }
                json.writeEndArray();
            }
        }
        json.writeFieldName(FOIL_ID);
        json.writeArray(tokens.stream().mapToInt(TokenMeasures::rival).toArray(), 0, answer.length);
        if (!foils.first().isEmpty()) {
            json.writePOJOField(FOILS, foils.first());
        }
        if (!foils.whole().isEmpty()) {
            json.writePOJOField(WHOLE_FOILS, foils.whole());
        }
        if (trace.ends().isPresent()) {
            json.writeBooleanField(LineEnds.FIELD, trace.ends().get());
        }
        json.writeEndObject();
    }

    /** Writes a curve's, as lists of m lists of L numbers, ends as one list; nothing if it has none. */
    static void write(JsonGenerator json, Curve curve, int... answer) throws IOException {
        TokenMeasures[][] tokens = curve.measures();
        if (tokens.length == 0) {
            return;
        }
        json.writeObjectFieldStart(CURVE);
        for (JournalMeasure measure : JournalMeasure.values()) {
            json.writeArrayFieldStart(measure.field());
            for (int token = 0; token < answer.length; token++) {
                json.writeStartArray();
                for (TokenMeasures layer : tokens[token]) {
                    write(json, measure.of(layer, answer[token]));
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        LineEnds.write(json, curve.ends());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    /**
     * Reads those with nothing cut.
     *
     * @return by measure [answer token]; empty if the line has none
     */
    Map<JournalMeasure, double[]> uncut(JsonNode line, int tokens) {
        JsonNode json = line.path(UNCUT);
        if (json.isMissingNode()) {
            return Map.of();
        }
        requireKnown(json, UNCUT);
        Map<JournalMeasure, double[]> uncut = new EnumMap<>(JournalMeasure.class);
        for (JournalMeasure measure : JournalMeasure.values()) {
            if (measure.uncut()) {
                uncut.put(measure, numbers(json.path(measure.field()), measure, tokens, UNCUT));
            }
        }
        numbers(json.path(FOIL_ID), JournalMeasure.TOP, tokens, UNCUT + "'s " + FOIL_ID);
        return Collections.unmodifiableMap(uncut);
    }

    /**
     * Reads what the answer is held against.
     *
     * @param named whether the run names foils
     */
    FoilTokens foils(JsonNode line, boolean named) {
        JsonNode first = line.path(UNCUT).path(FOILS);
        JsonNode whole = line.path(UNCUT).path(WHOLE_FOILS);
        boolean none = first.isMissingNode() && whole.isMissingNode();
        boolean one = whole.isMissingNode() ? ids(first) : first.isMissingNode() && list(whole, LineMeasures::ids);
        boolean right = none || (named && one);
        if (!right) {
            throw faults.apply(UNCUT + " holds " + (whole.isMissingNode() ? first : whole) + " as "
                    + (whole.isMissingNode() ? FOILS : WHOLE_FOILS) + (named ? "" : ", but the run names no foils"));
        }
        List<List<Integer>> texts = new ArrayList<>();
        whole.forEach(text -> texts.add(read(text)));
        return new FoilTokens(read(first), texts);
    }

    private static boolean list(JsonNode json, Predicate<JsonNode> right) {
        return json.isArray() && !json.isEmpty() && json.valueStream().allMatch(right);
    }

    private static boolean ids(JsonNode json) {
        return list(json, id -> id.isInt() && id.intValue() >= 0);
    }

    private static List<Integer> read(JsonNode ids) {
        return ids.valueStream().map(JsonNode::intValue).toList();
    }

    /**
     * Reads a curve's.
     *
     * @param name of the curve
     * @param expected whether the line has measures
     * @return by measure [answer token][layer]; empty if none are expected
     */
    Map<JournalMeasure, double[][]> curve(JsonNode curve, String name, boolean expected, int tokens, int layers) {
        JsonNode json = curve.path(CURVE);
        if (json.isMissingNode() == expected) {
            throw faults.apply(name
                    + (expected ? " has no measures, but the line has " : " has measures, but the line has no ")
                    + UNCUT);
        }
        Map<JournalMeasure, double[][]> read = new EnumMap<>(JournalMeasure.class);
        if (expected) {
            requireKnown(json, name);
            for (JournalMeasure measure : asked) {
                JsonNode rows = json.path(measure.field());
                if (!rows.isArray() || rows.size() != tokens) {
                    throw faults.apply(name + " has " + rows.size() + " answer tokens of " + measure.field()
                            + ", the baseline " + tokens);
                }
                double[][] values = new double[tokens][];
                for (int token = 0; token < tokens; token++) {
                    values[token] = numbers(rows.get(token), measure, layers, name);
                }
                read.put(measure, values);
            }
        }
        return Collections.unmodifiableMap(read);
    }

    /** What a later version has measured would otherwise be passed over without a word. */
    private void requireKnown(JsonNode measures, String what) {
        for (Iterator<String> names = measures.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KNOWN.contains(name)) {
                throw faults.apply(what + " holds '" + name + "', which is no measure that this version knows");
            }
        }
    }

    private double[] numbers(JsonNode list, JournalMeasure measure, int length, String what) {
        if (!list.isArray() || list.size() != length) {
            throw faults.apply(what + " has " + list.size() + " values of " + measure.field() + ", expected " + length);
        }
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = list.get(i).isNumber() ? list.get(i).doubleValue() : Double.NaN;
            if (!measure.canBe(values[i])) {
                throw faults.apply(what + " holds " + list.get(i) + " as " + measure.field());
            }
        }
        return values;
    }
}
