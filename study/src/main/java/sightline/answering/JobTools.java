package sightline.answering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import sightline.files.Journal;
import sightline.model.VisionLanguageModel;

/** What a process has for a job with one loaded model. Several threads may use it at once. */
public interface JobTools extends AutoCloseable {
    /**
     * Works on the samples of one picture or several, those of one picture in a row.
     *
     * @param samples as the step writes them
     * @return their results, as the step writes them, in the same order
     */
    List<String> work(List<String> samples);

    @Override
    void close();

    /** How many threads may use such a model at once. If it is more than one, each keeps to one core. */
    static int atOnce(VisionLanguageModel model) {
        return Workers.of(model);
    }

    /** A record as JSON text. */
    static String text(Object value) {
        try {
            return Mapper.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The record that {@link #text} wrote. */
    static <T> T read(String text, Class<T> type) {
        try {
            return Mapper.JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not what was written: " + e.getOriginalMessage(), e);
        }
    }

    /** The fields of a journal's entry as an object. */
    static ObjectNode object(Journal.Entry fields) {
        try (TokenBuffer json = new TokenBuffer(Mapper.JSON, false)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
            return Mapper.JSON.readTree(json.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the one mapper. */
    final class Mapper {
        private static final ObjectMapper JSON = new ObjectMapper();

        private Mapper() {}
    }
}
