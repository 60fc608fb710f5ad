package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.model.LoadOptions;
import sightline.sweep.Strategy;
import sightline.tensor.DType;

/** A run goes on only as it began. No model is loaded here: what differs is found before. */
class ResumeTest {
    private static final RunSettings SETTINGS = TinyStudy.settings();

    @TempDir
    private Path folder;

    private TinyStudy study;
    private RunPlan begun;

    @BeforeEach
    void begin() {
        study = TinyStudy.in(folder);
        begun = study.plan(Dataset.VQAV2, folder.resolve("run"));
        open(begun);
    }

    private static void open(RunPlan plan) {
        TinyStudy.open(plan, TinyStudy.read(plan).questions()).close();
    }

    private RunPlan with(RunSettings settings) {
        return study.plan(Dataset.VQAV2, begun.folder(), settings, Portion.ALL);
    }

    private RunPlan with(Path model, LoadOptions loading) {
        return new RunPlan(
                begun.folder(),
                begun.dataset(),
                begun.samples(),
                begun.images(),
                model,
                loading,
                SETTINGS,
                Portion.ALL,
                0,
                false);
    }

    private void assertRefused(RunPlan plan, String message) {
        assertThatThrownBy(() -> open(plan))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("manifest.json: this was begun under other settings: " + message);
    }

    @Test
    void theSameSettingsGoOn() throws IOException {
        byte[] manifest = Files.readAllBytes(begun.folder().resolve("manifest.json"));
        open(begun);
        assertThat(begun.folder().resolve("manifest.json")).hasBinaryContent(manifest);
    }

    @Test
    void anotherSettingIsRefusedWithBothValues() {
        List<String> pathways = SETTINGS.pathways();
        List<Integer> sizes = SETTINGS.sizes();
        List<Masking> maskings = SETTINGS.maskings();
        RowReading rows = SETTINGS.rows();
        assertRefused(
                with(new RunSettings(Interventions.PUBLISHED, sizes, maskings, rows, 0.6, Strategy.SHARED)),
                "pathways was [\"image_to_last\",\"question_to_last\"], not [\"last_to_last\"");
        assertRefused(
                with(new RunSettings(pathways, List.of(1), maskings, rows, 0.6, Strategy.SHARED)),
                "k was [1,3], not [1]");
        assertRefused(
                with(new RunSettings(pathways, sizes, List.of(Masking.ZERO), rows, 0.6, Strategy.SHARED)),
                "masking was [\"paper\",\"zero\"], not [\"zero\"]");
        assertRefused(
                with(new RunSettings(pathways, sizes, maskings, RowReading.META, 0.6, Strategy.SHARED)),
                "rows was \"paper\", not \"meta\"");
        assertRefused(
                with(new RunSettings(pathways, sizes, maskings, rows, 1, Strategy.SHARED)),
                "temperature was 0.6, not 1.0");
        assertRefused(
                with(new RunSettings(pathways, sizes, maskings, rows, 0.6, Strategy.NAIVE)),
                "strategy was \"shared\", not \"naive\"");
        assertRefused(
                with(begun.model(), TinyStudy.loading().withDType(DType.BFLOAT16)),
                "dtype was \"float32\", not \"bfloat16\"");
    }

    @Test
    void anotherDatasetIsRefused() {
        RunPlan other = study.plan(Dataset.DOCVQA, begun.folder());
        assertRefused(other, "dataset was \"vqav2\", not \"docvqa\"");
    }

    @Test
    void whatDiffersIsToldBeforeThereAreSamples() throws IOException {
        RunSettings other = new RunSettings(
                SETTINGS.pathways(), List.of(1), SETTINGS.maskings(), SETTINGS.rows(), 0.6, Strategy.SHARED);
        RunPlan differs = with(other);
        Files.delete(begun.samples());
        assertThat(TinyStudy.difference(differs)).contains("k was [1,3], not [1]");
        assertThat(TinyStudy.difference(begun)).isEmpty();
        assertThat(TinyStudy.difference(study.plan(Dataset.VQAV2, folder.resolve("none"), other, Portion.ALL)))
                .isEmpty();
    }

    @Test
    void anotherCheckpointIsRefusedAndAMovedOneIsNot() throws IOException {
        Path copy = study.copyOfCheckpoint();
        open(with(copy, TinyStudy.loading()));

        Path tokenizer = copy.resolve("tokenizer.json");
        byte[] original = Files.readAllBytes(tokenizer);
        Files.writeString(tokenizer, " ", java.nio.file.StandardOpenOption.APPEND);
        assertRefused(
                with(copy, TinyStudy.loading()),
                "the checkpoint's tokeniser, template or picture settings (sha256) was \"");
        Files.write(tokenizer, original);

        Path weights = copy.resolve("model-00004-of-00004.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertRefused(with(copy, TinyStudy.loading()), "the checkpoint's weights (fingerprint) was \"");
    }

    @Test
    void aManifestThatCannotBeReadIsTold() throws IOException {
        Path manifest = begun.folder().resolve("manifest.json");
        Files.writeString(manifest, "{\"format\": 4}");
        assertThatThrownBy(() -> open(begun)).isInstanceOf(InputException.class).hasMessageContaining("has format 4");
        for (String[] broken : new String[][] {
            {"{\"format\"", "is not valid JSON"},
            {"", "is empty"},
            {"{}", "does not tell its format. Expected format 3"},
            {"[]", "does not tell its format"},
            {"{\"format\": \"2\"}", "has format \"2\""},
            {"{\"format\": 1}", "has format 1, of an earlier version"}
        }) {
            Files.writeString(manifest, broken[0]);
            assertThatThrownBy(() -> open(begun))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("manifest.json: " + broken[1]);
        }
    }

    @Test
    void moreShardsThanPicturesAreRefusedAtOnce() {
        for (String shard : List.of("1/5", "1/1000000000", "2147483647/2147483647")) {
            Portion part = new Portion(0, OptionalInt.empty(), Shard.parse(shard));
            RunPlan plan = study.plan(Dataset.VQAV2, begun.folder(), SETTINGS, part);
            assertThatThrownBy(() -> open(plan))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--shard: is " + shard + ", but")
                    .hasMessageContaining("is about 4 pictures")
                    .hasMessageContaining("Expected at most 4 shards");
        }
        open(study.plan(Dataset.VQAV2, begun.folder(), SETTINGS, TinyStudy.shard(4, 4)));
    }

    @Test
    void aMissingFolderOfPicturesIsToldAtOnce() {
        RunPlan plan = new RunPlan(
                begun.folder(),
                begun.dataset(),
                begun.samples(),
                folder.resolve("nowhere"),
                begun.model(),
                begun.loading(),
                SETTINGS,
                Portion.ALL,
                0,
                false);
        assertThatThrownBy(() -> open(plan)).isInstanceOf(InputException.class).hasMessageContaining("--images");
    }
}
