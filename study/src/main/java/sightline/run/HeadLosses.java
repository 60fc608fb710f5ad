package sightline.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import sightline.knockout.HeadMeans;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Trace;

/** What silenced heads take from an answer's log-odds, in a line of a journal: [layer][head], nats. */
final class HeadLosses {
    static final String FIELD = "heads";
    private static final String LOSS = "log_odds_loss";
    private static final String MEANS = "means";

    private HeadLosses() {}

    /** Writes them; logits are float32, so a float holds all their digits. */
    static void write(JsonGenerator json, Trace trace, Optional<HeadMeans> means) throws IOException {
        json.writeObjectFieldStart(FIELD);
        if (means.isPresent()) {
            json.writeStringField(MEANS, means.get().name());
        }
        json.writeArrayFieldStart(LOSS);
        for (double[] layer : HeadSilencing.losses(trace)) {
            json.writeStartArray();
            for (double loss : layer) {
                json.writeNumber((float) loss);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * Reads them.
     *
     * @return [layer][head], each layer of as many heads
     * @throws sightline.error.InputException if they are not there for every layer
     */
    static float[][] read(TracedLine.Reader line) {
        JsonNode rows = line.json().path(FIELD).path(LOSS);
        int layers = line.rules().layers();
        boolean told = line.json().path(FIELD).path(MEANS).isTextual();
        if (told != (line.rules().additions().heads() == HeadFill.MEAN)) {
            throw line.broken(FIELD + (told ? " tells " : " does not tell ") + MEANS);
        }
        if (rows.size() != layers) {
            throw line.broken(
                    FIELD + " has " + LOSS + " of " + rows.size() + " layers, but the model has " + layers + " layers");
        }
        float[][] losses = new float[layers][rows.get(0).size()];
        for (int layer = 0; layer < layers; layer++) {
            JsonNode row = rows.get(layer);
            if (row.isEmpty() || row.size() != losses[0].length) {
                throw line.broken(FIELD + " has " + row.size() + " numbers in layer " + layer + ", in layer 0 "
                        + losses[0].length);
            }
            for (int head = 0; head < losses[layer].length; head++) {
                losses[layer][head] = row.get(head).isNumber() ? row.get(head).floatValue() : Float.NaN;
                if (!Float.isFinite(losses[layer][head])) {
                    throw line.broken(FIELD + " holds " + row.get(head));
                }
            }
        }
        return losses;
    }
}
