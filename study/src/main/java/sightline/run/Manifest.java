package sightline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sightline.answering.ManifestParts;
import sightline.answering.StudyCheckpoint;
import sightline.answering.WeightsSeal;
import sightline.dataset.Dataset;
import sightline.files.FileHash;
import sightline.files.SettingsFile;

/**
 * What a run is: all that its numbers depend on. Written when the run begins, and again where its dataset's file has changed;
 * docs/formats.md explains the fields. Those that earlier formats lack are empty where such a run is read.
 *
 * @param format of the folder; {@value #FORMAT} of those that this version writes
 * @param sightline the version that began the run
 * @param created when, in UTC
 * @param dataset whose questions are traced
 * @param interventions in the order of the settings' pathways; of earlier formats, told by their names
 */
public record Manifest(
        int format,
        String sightline,
        String created,
        Dataset dataset,
        DatasetFile datasetFile,
        ModelFacts model,
        SettingsFacts settings,
        List<InterventionFacts> interventions) {
    /** The folder's format that this version writes: it records interventions, and every line tells its own hash. */
    public static final int FORMAT = 3;

    /** The first format whose lines tell their settings and their picture's content. */
    static final int MARKED_FORMAT = 2;

    /** The formats of which this version reads results. */
    private static final Set<Integer> READABLE = Set.of(1, MARKED_FORMAT, FORMAT);

    /** The field that is written again. */
    static final String DATASET_FILE = "dataset_file";

    /** What may differ between the calls of one run. Of another dataset's file its samples decide: {@link CurrentSamples}. */
    static final Set<String> FREE = Set.of("/sightline", "/created", "/" + DATASET_FILE, "/model/path");

    /** What is not compared here: also the weights, see {@link WeightsSeal}. */
    private static final Set<String> BY_OTHERS =
            Stream.concat(FREE.stream(), Stream.of(WeightsSeal.WEIGHTS)).collect(Collectors.toUnmodifiableSet());

    public Manifest {
        Objects.requireNonNull(dataset);
        interventions = List.copyOf(interventions);
    }

    /**
     * The filtered dataset.
     *
     * @param path as given when it was first read
     * @param entries samples in it
     * @param samplesSha256 of {@code dataset.jsonl}, which tells them and their pictures
     */
    public record DatasetFile(String path, String sha256, int entries, String samplesSha256) {
        /** @param entries samples in it */
        static DatasetFile of(Path file, int entries, CurrentSamples samples) {
            return new DatasetFile(file.toString(), FileHash.of(file), entries, samples.sha256());
        }
    }

    /**
     * The checkpoint.
     *
     * @param path as given when the run began
     * @param fingerprint {@link sightline.checkpoint.Checkpoint#fingerprint()}, which tells most others at once
     * @param weights {@link sightline.checkpoint.WeightsHash}, over every byte; empty until the first line is written
     * @param processor one SHA-256 over tokeniser, chat template and picture settings
     * @param imageMode what becomes of a picture that is no square; empty in families without a choice
     * @param layers of the decoder
     * @param crossAttentionLayers those that read the image, in order
     */
    public record ModelFacts(
            String path,
            String fingerprint,
            String weights,
            String processor,
            String imageMode,
            int layers,
            List<Integer> crossAttentionLayers) {
        public ModelFacts {
            crossAttentionLayers = List.copyOf(crossAttentionLayers);
        }
    }

    /**
     * How it is traced; names as on the command line, {@code prompt} is the wording around the question. Earlier versions had
     * no additions, no foils but the likeliest other tokens, and flips of the answer's tokens alone.
     */
    public record SettingsFacts(
            List<String> pathways,
            List<Integer> k,
            List<String> masking,
            String rows,
            String temperature,
            String strategy,
            String dtype,
            String device,
            String prompt,
            TraceAdditions additions,
            Foils foils,
            boolean flipEnd) {
        public SettingsFacts {
            pathways = List.copyOf(pathways);
            k = List.copyOf(k);
            masking = List.copyOf(masking);
        }
    }

    /**
     * Reads the manifest of a run.
     *
     * @throws sightline.error.InputException if it cannot be used
     */
    static Manifest read(RunFolder folder) {
        return of(folder.manifest(), json(folder));
    }

    /** The manifest as it stands in the file. */
    static JsonNode json(RunFolder folder) {
        return SettingsFile.read(folder.manifest(), READABLE);
    }

    /** What a manifest's text says. */
    static Manifest of(Path file, JsonNode json) {
        return new ManifestReader(new ManifestFields(file, "", json)).manifest();
    }

    /**
     * Refuses a run of an earlier format, which is not gone on with; none has begun in a folder without a manifest.
     *
     * @throws sightline.error.InputException that names the format
     */
    static void requireCurrent(RunFolder folder) {
        if (Files.exists(folder.manifest())) {
            SettingsFile.read(folder.manifest(), FORMAT);
        }
    }

    /**
     * Begins a run under a plan, or sees to it that it goes on as it began.
     *
     * @throws sightline.error.InputException naming the first setting that differs
     */
    static void beginOrCompare(RunFolder folder, RunPlan plan, DatasetFile file, StudyCheckpoint checkpoint) {
        SettingsFile.beginOrCompare(
                folder.manifest(), ManifestWriter.json(plan, file, checkpoint), BY_OTHERS, ManifestParts::fieldName);
    }

    /**
     * The first setting that differs from those under which a run began, with both values; empty if it can go on. The dataset's
     * file is not looked at.
     */
    static Optional<String> difference(RunFolder folder, RunPlan plan, StudyCheckpoint checkpoint) {
        ObjectNode now = ManifestWriter.json(plan, new DatasetFile("", "", 0, ""), checkpoint);
        return SettingsFile.difference(folder.manifest(), now, BY_OTHERS, ManifestParts::fieldName);
    }

    /** Whether a run's manifest names another dataset's file, or other samples in it. */
    static boolean changesDataset(RunFolder folder, DatasetFile file) {
        DatasetFile began = read(folder).datasetFile();
        return !began.sha256().equals(file.sha256()) || !began.samplesSha256().equals(file.samplesSha256());
    }

    /** Puts a dataset's file into a run's manifest; the rest stays as it began. */
    static void changeDataset(RunFolder folder, DatasetFile file) {
        ObjectNode began = (ObjectNode) SettingsFile.read(folder.manifest(), FORMAT);
        began.set(DATASET_FILE, ManifestWriter.json(file));
        SettingsFile.write(folder.manifest(), began);
    }
}
