package sightline.run;

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
import sightline.answering.ProcessorFiles;
import sightline.checkpoint.Checkpoint;
import sightline.checkpoint.TextConfig;
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
    /** The folder's format that this version reads and writes. */
    public static final int FORMAT = 1;

    private static final String DATASET_FILE = "dataset_file";

    /** What may differ between the calls of one run. Of another dataset's file its samples decide: {@link CurrentSamples}. */
    private static final Set<String> FREE = Set.of("/sightline", "/created", "/" + DATASET_FILE, "/model/path");

    /**
     * The filtered dataset.
     *
     * @param path as given when it was first read
     * @param entries samples in it
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record DatasetFile(String path, String sha256, int entries) {
        /** @param entries samples in it */
        static DatasetFile of(Path file, int entries) {
            return new DatasetFile(file.toString(), FileHash.of(file), entries);
        }
    }

    /**
     * The checkpoint.
     *
     * @param path as given when the run began
     * @param fingerprint {@link Checkpoint#fingerprint()}
     * @param processor one SHA-256 over tokeniser, chat template and picture settings
     * @param layers of the decoder
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Model(
            String path, String fingerprint, String processor, int layers, Collection<Integer> crossAttentionLayers) {
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
    static Manifest of(RunPlan plan, DatasetFile file) {
        RunSettings settings = plan.settings();
        LoadOptions loading = plan.loading();
        try (Checkpoint checkpoint = Checkpoint.open(plan.model())) {
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
        SettingsFile.beginOrCompare(file, json(), FREE, Manifest::wording);
    }

    /**
     * The first setting that differs from those under which a run began, with both values; empty if it can go on. The dataset's
     * file is not looked at.
     */
    static Optional<String> difference(RunPlan plan, Path file) {
        Manifest now = of(plan, new DatasetFile("", "", 0));
        return SettingsFile.difference(file, now.json(), FREE, Manifest::wording);
    }

    /** Whether a manifest names another dataset's file than this. */
    boolean changesDataset(Path file) {
        return !SettingsFile.read(file, FORMAT)
                .at("/" + DATASET_FILE + "/sha256")
                .asText("")
                .equals(datasetFile.sha256());
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
