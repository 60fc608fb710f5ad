package sightline.run;

import sightline.family.Families;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sightline.answering.ProcessorFiles;
import sightline.answering.WeightsSeal;
import sightline.checkpoint.Checkpoint;
import sightline.mllama.TextConfig;
import sightline.files.FileHash;
import sightline.files.SettingsFile;
import sightline.model.LoadOptions;
import sightline.tensor.DType;

/**
 * What a run is: all that its numbers depend on. Written when the run begins, and again where its dataset's file has changed;
 * docs/formats.md explains the fields.
 *
 * @param format of the folder; {@value #FORMAT}
 * @param sightline the version that began the run
 * @param created when, in UTC
 * @param dataset its name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Manifest(
        int format,
        String sightline,
        String created,
        String dataset,
        DatasetFile datasetFile,
        Model model,
        Settings settings) {
    /** The folder's format that this version writes: every line tells its settings and its picture's content. */
    public static final int FORMAT = 2;

    /** The formats of which this version reads results. */
    static final Set<Integer> READABLE = Set.of(1, FORMAT);

    private static final String DATASET_FILE = "dataset_file";

    /** What may differ between the calls of one run. Of another dataset's file its samples decide: {@link CurrentSamples}. */
    static final Set<String> FREE = Set.of("/sightline", "/created", "/" + DATASET_FILE, "/model/path");

    /** What is not compared here: also the weights, see {@link WeightsSeal}. */
    private static final Set<String> BY_OTHERS =
            Stream.concat(FREE.stream(), Stream.of(WeightsSeal.WEIGHTS)).collect(Collectors.toUnmodifiableSet());

    /**
     * The filtered dataset.
     *
     * @param path as given when it was first read
     * @param entries samples in it
     * @param samplesSha256 of {@code dataset.jsonl}, which tells them and their pictures
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record DatasetFile(
            String path,
            String sha256,
            int entries,
            @JsonProperty("samples_sha256") String samplesSha256) {
        /** @param entries samples in it */
        static DatasetFile of(Path file, int entries, CurrentSamples samples) {
            return new DatasetFile(file.toString(), FileHash.of(file), entries, samples.sha256());
        }
    }

    /**
     * The checkpoint.
     *
     * @param path as given when the run began
     * @param fingerprint {@link Checkpoint#fingerprint()}, which tells most others at once
     * @param weights {@link sightline.checkpoint.WeightsHash}, over every byte; null until the first line is written
     * @param processor one SHA-256 over tokeniser, chat template and picture settings
     * @param layers of the decoder
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Model(
            String path,
            String fingerprint,
            String weights,
            String processor,
            int layers,
            Collection<Integer> crossAttentionLayers) {
        public Model {
            crossAttentionLayers = List.copyOf(crossAttentionLayers);
        }
    }

    /** How it is traced; names as on the command line, {@code prompt} is the wording around the question. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Settings(
            List<String> pathways,
            List<Integer> k,
            List<String> masking,
            String rows,
            double temperature,
            String dtype,
            String device,
            String strategy,
            String prompt) {
        public Settings {
            pathways = List.copyOf(pathways);
            k = List.copyOf(k);
            masking = List.copyOf(masking);
        }
    }

    /**
     * The manifest of a run that begins now.
     *
     * @param file the dataset's
     * @throws sightline.error.InputException if the checkpoint cannot be used
     */
    static Manifest of(RunPlan plan, DatasetFile file, Checkpoint checkpoint) {
        RunSettings settings = plan.settings();
        LoadOptions loading = plan.loading();
        TextConfig text = checkpoint.config().text();
        DType dtype = loading.decide(checkpoint.config().parameters());
        return new Manifest(
                FORMAT,
                version(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                plan.dataset().toString(),
                file,
                new Model(
                        plan.model().toString(),
                        checkpoint.fingerprint(),
                        null, // until its hash is there
                        ProcessorFiles.hash(plan.model(), loading),
                        text.layers(),
                        text.crossAttentionLayers()),
                new Settings(
                        names(settings.pathways()),
                        settings.sizes(),
                        names(settings.maskings()),
                        settings.rows().toString(),
                        settings.temperature(),
                        dtype.toString(),
                        loading.device().toString(),
                        settings.strategy().toString(),
                        ProcessorFiles.wording(plan.dataset())));
    }

    private static List<String> names(List<?> constants) {
        return constants.stream().map(Object::toString).toList();
    }

    private static String version() {
        String version = Manifest.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /**
     * Begins a run with this manifest, or sees to it that it goes on as it began.
     *
     * @throws sightline.error.InputException naming the first setting that differs
     */
    void beginOrCompare(Path file) {
        SettingsFile.beginOrCompare(file, json(), BY_OTHERS, Manifest::wording);
    }

    /**
     * The first setting that differs from those under which a run began, with both values; empty if it can go on. The dataset's
     * file is not looked at.
     */
    static Optional<String> difference(RunPlan plan, Path file) {
        try (Checkpoint checkpoint = Families.open(plan.model())) {
            Manifest now = of(plan, new DatasetFile("", "", 0, ""), checkpoint);
            return SettingsFile.difference(file, now.json(), BY_OTHERS, Manifest::wording);
        }
    }

    /** Whether a manifest names another dataset's file, or other samples in it, than this. */
    boolean changesDataset(Path file) {
        JsonNode began = SettingsFile.read(file, FORMAT).path(DATASET_FILE);
        return !began.path("sha256").asText("").equals(datasetFile.sha256())
                || !began.path("samples_sha256").asText("").equals(datasetFile.samplesSha256());
    }

    /** Puts this dataset's file into a manifest; the rest stays as it began. */
    void changeDataset(Path file) {
        ObjectNode began = (ObjectNode) SettingsFile.read(file, FORMAT);
        began.set(DATASET_FILE, json().get(DATASET_FILE));
        SettingsFile.write(file, began);
    }

    private ObjectNode json() {
        return new ObjectMapper().valueToTree(this);
    }

    private static String wording(String field) {
        return switch (field) {
            case "/model/fingerprint" -> "the checkpoint's weights (fingerprint)";
            case "/model/processor" -> "the checkpoint's tokeniser, template or picture settings (sha256)";
            default -> field.substring(field.lastIndexOf('/') + 1);
        };
    }
}
