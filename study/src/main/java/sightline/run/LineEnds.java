package sightline.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import sightline.error.InputException;

/**
 * Whether greedy decoding ends the answer behind its tokens, among the measures in a journal's line.
 *
 * @param told whether the run asks for it
 * @param faults makes the error of a fault in the line
 */
record LineEnds(boolean told, Function<String, InputException> faults) {
    static final String FIELD = "ends";

    private static final boolean[] UNTOLD = {};

    /** Writes a curve's, a list of one truth value for each window; nothing if it has none. */
    static void write(JsonGenerator json, boolean... windows) throws IOException {
        if (windows.length > 0) {
            json.writeArrayFieldStart(FIELD);
            for (boolean ends : windows) {
                json.writeBoolean(ends);
            }
            json.writeEndArray();
        }
    }

    /**
     * Reads that with nothing cut.
     *
     * @param part the line, or the part of it that tells measures
     * @return empty if the run does not ask for it, or there are no measures
     */
    Optional<Boolean> uncut(JsonNode part) {
        JsonNode measures = part.path(LineMeasures.UNCUT);
        return tells(measures, LineMeasures.UNCUT)
                ? Optional.of(ends(measures.path(FIELD), LineMeasures.UNCUT))
                : Optional.empty();
    }

    /**
     * Reads a curve's.
     *
     * @param name of the curve
     * @return by window; empty if the run does not ask for it, or there are no measures
     */
    boolean[] curve(JsonNode curve, String name, int windows) {
        JsonNode measures = curve.path(LineMeasures.CURVE);
        if (!tells(measures, name)) {
            return UNTOLD;
        }
        JsonNode list = measures.path(FIELD);
        if (!list.isArray() || list.size() != windows) {
            throw faults.apply(name + " has " + list.size() + " values of " + FIELD + ", expected " + windows);
        }
        boolean[] ends = new boolean[windows];
        for (int window = 0; window < windows; window++) {
            ends[window] = ends(list.get(window), name);
        }
        return ends;
    }

    /** Whether it is there, which is where measures are and the run asks for it. */
    private boolean tells(JsonNode measures, String what) {
        if (!measures.isMissingNode() && measures.has(FIELD) != told) {
            throw faults.apply(what + (told ? " has no " : " has ") + FIELD + ", but the run's flips count "
                    + (told ? "the answer's end" : "its tokens alone"));
        }
        return told && !measures.isMissingNode();
    }

    private boolean ends(JsonNode value, String what) {
        if (!value.isBoolean()) {
            throw faults.apply(what + " holds " + value + " as " + FIELD);
        }
        return value.booleanValue();
    }
}
