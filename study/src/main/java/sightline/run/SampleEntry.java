package sightline.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import sightline.dataset.AnsweredQuestion;
import sightline.files.Journal;
import sightline.knockout.Curve;
import sightline.knockout.Trace;
import sightline.run.Portion.Numbered;

/** A sample's line in the journal. */
final class SampleEntry {
    private SampleEntry() {}

    /** A sample that was traced. */
    static Journal.Entry finished(Numbered numbered, Trace trace, double seconds) {
        return json -> {
            begin(json, numbered);
            json.writeStringField("answer", numbered.sample().answer());
            json.writeFieldName("baseline");
            json.writeArray(trace.baseline(), 0, trace.baseline().length);
            json.writeArrayFieldStart("curves");
            for (Curve curve : trace.curves()) {
                write(json, curve);
            }
            json.writeEndArray();
            json.writeNumberField("seconds", seconds);
            json.writeEndObject();
        };
    }

    /** A sample that cannot be traced. */
    static Journal.Entry failed(Numbered numbered, String message) {
        return json -> {
            begin(json, numbered);
            json.writeStringField("failed", message);
            json.writeEndObject();
        };
    }

    private static void begin(JsonGenerator json, Numbered numbered) throws IOException {
        json.writeStartObject();
        sample(json, numbered.sample());
        json.writeNumberField("index", numbered.index());
    }

    /** The fields that tell which sample it is: those of its {@link SampleIdentity}, behind its id. */
    static void sample(JsonGenerator json, AnsweredQuestion sample) throws IOException {
        json.writeNumberField("id", sample.id());
        texts(json, "categories", sample.categories());
        json.writeStringField("image", sample.image());
        json.writeStringField("question", sample.question());
        texts(json, "choices", sample.choices());
        json.writeFieldName("answer_tokens");
        json.writeArray(sample.answerTokens(), 0, sample.answerTokens().length);
    }

    private static void texts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeFieldName(field);
        json.writeArray(texts.toArray(String[]::new), 0, texts.size());
    }

    private static void write(JsonGenerator json, Curve curve) throws IOException {
        json.writeStartObject();
        json.writeStringField("pathway", curve.pathway().name());
        json.writeNumberField("k", curve.k());
        json.writeStringField("masking", curve.masking().toString());
        json.writeArrayFieldStart("token_probability");
        for (double[] token : curve.tokenProbability()) {
            json.writeArray(token, 0, token.length);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
