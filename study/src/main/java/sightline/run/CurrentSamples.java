package sightline.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
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
import sightline.files.FileHash;
import sightline.files.Journal;
import sightline.files.StrictJson;
import sightline.files.WholeFile;

/**
 * The samples of a run's dataset as it was last read. A dataset may change between the calls of a run, by another
 * selection or another picture say; the journals then hold lines of samples that are no longer in it, and this tells them apart.
 */
final class CurrentSamples {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<Long, SampleIdentity> samples;
    private final byte[] bytes;

    private CurrentSamples(Map<Long, SampleIdentity> samples, byte[] bytes) {
        this.samples = samples;
        this.bytes = bytes;
    }

    /**
     * Those of a dataset.
     *
     * @param pictures the content of each by name, as {@link sightline.answering.PictureHashes} gives it
     */
    static CurrentSamples of(List<AnsweredQuestion> dataset, Map<String, String> pictures) {
        Map<Long, SampleIdentity> samples = new HashMap<>();
        dataset.forEach(sample -> samples.put(sample.id(), SampleIdentity.of(sample, pictures.get(sample.image()))));
        return new CurrentSamples(samples, bytes(dataset, pictures));
    }

    /**
     * Those of a run; empty if it is one of format 1 whose folder does not tell, and every line counts.
     *
     * @throws InputException if they are not those that the manifest names
     */
    static Optional<CurrentSamples> read(RunFolder folder, LineRules rules) {
        Path file = folder.dataset();
        if (!Files.exists(file)) {
            if (!rules.strict()) {
                return Optional.empty();
            }
            throw changed(file, "does not exist");
        }
        byte[] bytes = bytes(file);
        String named = rules.manifest().datasetFile().samplesSha256();
        if (rules.strict() && !named.equals(FileHash.of(bytes))) {
            throw changed(file, "is not the one that manifest.json names");
        }
        Map<Long, SampleIdentity> samples = new HashMap<>();
        Journal.read(file, (sample, line) -> {
            JsonNode id = sample.path("id");
            if (!id.isIntegralNumber()
                    || samples.put(id.longValue(), SampleIdentity.of(rules.dataset(), sample)) != null) {
                throw changed(file, "line " + line + (id.isIntegralNumber() ? " repeats id " + id : " has no id"));
            }
        });
        return Optional.of(new CurrentSamples(samples, bytes));
    }

    private static InputException changed(Path file, String problem) {
        return new InputException(
                file.toString(),
                problem,
                "the samples of the dataset's file, as `sightline trace` writes them",
                "Give the same `trace` command again: it writes them anew");
    }

    /** Whether this very sample is in the dataset. */
    boolean has(SampleIdentity identity) {
        return identity.equals(samples.get(identity.id()));
    }

    /** The SHA-256 of the file that holds these, in lower-case hex. */
    String sha256() {
        return FileHash.of(bytes);
    }

    /** Whether a run's folder holds exactly these. */
    boolean areIn(RunFolder folder) {
        return Files.exists(folder.dataset()) && Arrays.equals(bytes(folder.dataset()), bytes);
    }

    /** Writes them into a run's folder. */
    void write(RunFolder folder) {
        WholeFile.write(folder.dataset(), out -> out.write(bytes));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(InputFile.regular(file));
        } catch (IOException e) {
            throw new InputException(
                    file.toString(), "cannot be read: " + StrictJson.reason(e), "a readable file", "Check the disk", e);
        }
    }

    private static byte[] bytes(List<AnsweredQuestion> dataset, Map<String, String> pictures) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (AnsweredQuestion sample : dataset) {
                try (JsonGenerator json = JSON.createGenerator(bytes)) {
                    json.writeStartObject();
                    SampleEntry.sample(json, sample, pictures.get(sample.image()));
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
