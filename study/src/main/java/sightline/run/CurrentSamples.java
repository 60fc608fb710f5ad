package sightline.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.dataset.AnsweredQuestion;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.files.Journal;
import sightline.files.Json;
import sightline.files.WholeFile;

/**
 * The samples of a run's dataset as it was last read. A dataset may change between the calls of a run, by another
 * selection say; the journals then hold lines of samples that are no longer in it, and this tells them apart.
 */
final class CurrentSamples {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<Long, SampleIdentity> samples;

    private CurrentSamples(Map<Long, SampleIdentity> samples) {
        this.samples = samples;
    }

    static CurrentSamples of(List<AnsweredQuestion> dataset) {
        Map<Long, SampleIdentity> samples = new HashMap<>();
        dataset.forEach(sample -> samples.put(sample.id(), SampleIdentity.of(sample)));
        return new CurrentSamples(samples);
    }

    /** Those of a run; empty if its folder does not tell, and every line counts. */
    static Optional<CurrentSamples> read(RunFolder folder) {
        if (!Files.exists(folder.dataset())) {
            return Optional.empty();
        }
        Map<Long, SampleIdentity> samples = new HashMap<>();
        Journal.read(
                folder.dataset(),
                (sample, line) -> samples.put(sample.path("id").asLong(), SampleIdentity.of(sample)));
        return Optional.of(new CurrentSamples(samples));
    }

    /** Whether this very sample is in the dataset. */
    boolean has(long id, SampleIdentity identity) {
        return identity.equals(samples.get(id));
    }

    /** Whether a run's folder holds exactly these. */
    static boolean areIn(RunFolder folder, List<AnsweredQuestion> dataset) {
        Path file = folder.dataset();
        try {
            return Files.exists(file) && Arrays.equals(Files.readAllBytes(InputFile.regular(file)), bytes(dataset));
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + Json.reason(e), "a readable file", "Check the disk", e);
        }
    }

    /** Writes them into a run's folder. */
    static void write(RunFolder folder, List<AnsweredQuestion> dataset) {
        WholeFile.write(folder.dataset(), out -> out.write(bytes(dataset)));
    }

    private static byte[] bytes(List<AnsweredQuestion> dataset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (AnsweredQuestion sample : dataset) {
                try (JsonGenerator json = JSON.createGenerator(bytes)) {
                    json.writeStartObject();
                    SampleEntry.sample(json, sample);
                    json.writeEndObject();
                }
                bytes.write('\n');
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
