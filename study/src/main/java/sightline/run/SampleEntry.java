package sightline.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Question;
import sightline.files.Journal;
import sightline.knockout.Curve;
import sightline.knockout.Trace;
import sightline.run.Portion.Numbered;

/** A sample's line in the journal. */
final class SampleEntry {
    static final String IDLE = "nothing_to_cut";
    static final String FAILED = "failed";
    static final String REFUTED = "refuted";

    private SampleEntry() {}

    /**
     * The sample that a line is of.
     *
     * @param picture the content of its picture
     * @param mark of the settings under which it is traced
     */
    record Head(Numbered numbered, String picture, String mark) {}

    /** The line: which sample it is, and what came of it. */
    static Journal.Entry line(Head head, Journal.Entry outcome) {
        return json -> {
            begin(json, head);
            outcome.writeTo(json);
            json.writeEndObject();
        };
    }

    /** The fields of a sample that was traced; {@code idle} are the pathways that had nothing to cut. */
    static Journal.Entry finished(
            String answer, SampleTrace sample, List<String> idle, TraceAdditions asked, double seconds) {
        return json -> {
            Trace trace = sample.trace();
            json.writeStringField("answer", answer);
            json.writeFieldName("baseline");
            json.writeArray(trace.baseline(), 0, trace.baseline().length);
            LineMeasures.writeUncut(json, trace, sample.foils());
            json.writeArrayFieldStart("curves");
            for (Curve curve : trace.curves()) {
                write(json, curve.intervention().name(), curve, trace.request().answer());
            }
            json.writeEndArray();
            texts(json, IDLE, idle);
            added(json, sample, asked);
            json.writeNumberField("seconds", seconds);
        };
    }

    /** The fields of a sample that cannot be traced; {@code refuted} if that is since two sweeps did not agree on it. */
    static Journal.Entry failed(String message, boolean refuted) {
        return json -> {
            json.writeStringField(FAILED, message);
            if (refuted) {
                json.writeBooleanField(REFUTED, true);
            }
        };
    }

    private static void begin(JsonGenerator json, Head head) throws IOException {
        json.writeStartObject();
        sample(json, head.numbered().sample(), head.picture());
        json.writeNumberField("index", head.numbered().index());
        json.writeStringField("settings", head.mark());
    }

    /** The fields that tell which sample it is: those of its {@link SampleIdentity}, behind its id. */
    static void sample(JsonGenerator json, AnsweredQuestion sample, String picture) throws IOException {
        json.writeNumberField("id", sample.id());
        Question question = sample.question();
        texts(json, "categories", question.categories());
        json.writeStringField("image", question.image());
        json.writeStringField("picture_sha256", picture);
        json.writeStringField("question", question.text());
        texts(json, "choices", question.choices());
        json.writeFieldName("answer_tokens");
        json.writeArray(sample.answerTokens(), 0, sample.answerTokens().length);
    }

    private static void texts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeFieldName(field);
        json.writeArray(texts.toArray(String[]::new), 0, texts.size());
    }

    /** What was asked for beside the curves around each layer. */
    private static void added(JsonGenerator json, SampleTrace sample, TraceAdditions asked) throws IOException {
        int[] answer = sample.trace().request().answer();
        if (sample.region().isPresent()) {
            sample.region().get().writeTo(json);
        }
        if (asked.actsAtWholeDepth()) {
            interventions(json, AddedNumbers.WHOLE_DEPTH, sample.wholeDepth(), answer);
        }
        if (asked.keeps(KeepIn.WINDOWS)) {
            interventions(json, AddedNumbers.KEPT, sample.kept(), answer);
        }
        if (!asked.triangle().isEmpty()) {
            interventions(json, AddedNumbers.TRIANGLE, sample.triangles(), answer);
        }
        if (asked.has(Control.RANDOM_SOURCES)) {
            json.writeArrayFieldStart(AddedNumbers.RANDOM);
            for (Curve curve : sample.random()) {
                write(json, sample.controlled().get(curve.intervention().name()), curve, answer);
            }
            json.writeEndArray();
            texts(json, AddedNumbers.WITHOUT_RANDOM, sample.withoutRandom());
        }
        if (!asked.inside().isEmpty()) {
            InsideLine.of(sample.trace(), asked.inside()).write(json);
        }
        if (asked.silencesEachHead()) {
            HeadLosses.write(json, sample.trace(), sample.means());
        }
        if (!sample.pictures().isEmpty()) {
            json.writeObjectFieldStart(AddedNumbers.PICTURES);
            for (Map.Entry<Control, SampleTrace.OtherPicture> other :
                    sample.pictures().entrySet()) {
                json.writeObjectFieldStart(other.getKey().toString());
                if (other.getValue().image().isPresent()) {
                    json.writeStringField("image", other.getValue().image().get());
                }
                double[] baseline = other.getValue().trace().baseline();
                json.writeFieldName("baseline");
                json.writeArray(baseline, 0, baseline.length);
                LineMeasures.writeUncut(json, other.getValue().trace(), sample.foils());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    /** What is neither a pathway's curve nor held against one; k where the windows are around each layer. */
    private static void interventions(JsonGenerator json, String field, List<Curve> curves, int... answer)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Curve curve : curves) {
            json.writeStartObject();
            json.writeStringField("intervention", curve.intervention().name());
            if (curve.k() > 0) {
                json.writeNumberField("k", curve.k());
            }
            readings(json, curve, answer);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String pathway, Curve curve, int... answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("pathway", pathway);
        json.writeNumberField("k", curve.k());
        readings(json, curve, answer);
    }

    /** What is read off in each window, and the object's end. */
    private static void readings(JsonGenerator json, Curve curve, int... answer) throws IOException {
        json.writeStringField("masking", curve.masking().toString());
        json.writeArrayFieldStart("token_probability");
        for (double[] token : curve.tokenProbability()) {
            json.writeArray(token, 0, token.length);
        }
        json.writeEndArray();
        LineMeasures.write(json, curve, answer);
        json.writeEndObject();
    }
}
