package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.Curve;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.sweep.Strategy;
import sightline.sweep.Sweep;

/** Nothing is taken for a result of this run that is not: files that were changed, swapped or lost are seen and named. */
class HostileRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RunSettings SETTINGS = new RunSettings(
            List.of("last_to_last", "choices_to_last"),
            List.of(1, 3),
            List.of(Masking.PAPER),
            RowReading.PAPER,
            0.6,
            Strategy.SHARED);

    private static VisionLanguageModel model;

    @TempDir
    private Path folder;

    private TinyStudy study;
    private RunPlan plan;

    @BeforeAll
    static void load() {
        model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @BeforeEach
    void make() {
        study = TinyStudy.in(folder);
        plan = study.plan(Dataset.VQAV2, folder.resolve("run"), SETTINGS, Portion.ALL);
    }

    private static RunReport run(RunPlan plan) {
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            return run.finish();
        }
    }

    private static TraceRun open(RunPlan plan) {
        return TinyStudy.open(plan, TinyStudy.read(plan).questions());
    }

    private RunPlan with(Path checkpoint, int verify) {
        return new RunPlan(
                plan.folder(),
                plan.dataset(),
                plan.samples(),
                plan.images(),
                checkpoint,
                plan.loading(),
                plan.settings(),
                plan.portion(),
                verify,
                false);
    }

    private Path journal() {
        return plan.folder().resolve("samples.jsonl");
    }

    private Path manifest() {
        return plan.folder().resolve("manifest.json");
    }

    /** Report, export and going on refuse the folder, with one and the same words. */
    private void assertNobodyReads(String... message) {
        List<Runnable> readers = List.of(
                () -> ResultTable.read(List.of(plan.folder())).close(),
                () -> PublishedExport.write(new RunFolder(plan.folder())),
                () -> open(plan).close());
        for (Runnable reader : readers) {
            assertThatThrownBy(reader::run).isInstanceOf(InputException.class).hasMessageContainingAll(message);
        }
    }

    @Test
    void weightsEditedBetweenTwoCallsAreRefused() throws IOException {
        Path copy = study.copyOfCheckpoint();
        RunPlan own = with(copy, 0);
        try (VisionLanguageModel loaded = Families.load(copy, TinyStudy.loading());
                TraceRun run = open(own)) {
            int[] asked = {0};
            run.trace(List.of(loaded), Progress.NONE, () -> asked[0]++ >= 2);
        }
        byte[] lines = Files.readAllBytes(journal());
        assertThat(JSON.readTree(manifest().toFile()).at("/model/weights").textValue())
                .hasSize(64);

        TinyStudy.changeUnseen(copy);
        assertThatThrownBy(() -> open(own))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("manifest.json: this was begun with other weights");
        assertThat(journal()).hasBinaryContent(lines);
        TinyStudy.changeUnseen(copy); // back again
        try (TraceRun run = open(own)) {
            assertThat(run.remaining()).isEqualTo(6 - lines(lines));
        }
    }

    private static int lines(byte[] bytes) {
        return (int) new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .count();
    }

    @Test
    void weightsEditedWhileTheRunGoesOnEndIt() throws IOException {
        Path copy = study.copyOfCheckpoint();
        RunPlan own = with(copy, 0);
        try (VisionLanguageModel loaded = Families.load(copy, TinyStudy.loading());
                TraceRun run = open(own)) {
            Path[] file = {null};
            Progress edit = (done, all) -> file[0] = file[0] == null ? TinyStudy.changeUnseen(copy) : file[0];
            assertThatThrownBy(() -> run.trace(List.of(loaded), edit, () -> false))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(file[0] + ": was changed while the model was in use");
            assertThat(TinyStudy.lines(plan.folder()))
                    .as("those before the edit")
                    .hasSize(1);
            assertThatThrownBy(run::finish).hasMessageContaining("was changed while the model was in use");
        }
        assertThat(plan.folder().resolve("results.parquet")).doesNotExist();
    }

    @Test
    void aModelLoadedBeforeAnEditIsNotOfTheseFiles() throws IOException {
        Path copy = study.copyOfCheckpoint();
        try (VisionLanguageModel loaded = Families.load(copy, TinyStudy.loading())) {
            Path weights = TinyStudy.changeUnseen(copy);
            try (TraceRun run = open(with(copy, 0))) {
                assertThatThrownBy(() -> run.trace(List.of(loaded), Progress.NONE, () -> false))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining(weights + ": was changed");
            }
            assertThat(TinyStudy.lines(plan.folder())).isEmpty();
        }
    }

    @Test
    void resultsWithoutTheirManifestAreNotGoneOnWith() throws IOException {
        run(plan);
        byte[] lines = Files.readAllBytes(journal());
        Path kept = Files.move(manifest(), folder.resolve("kept"));
        assertThatThrownBy(() -> open(plan))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("samples.jsonl: is there, but manifest.json is not")
                .hasMessageContaining("Put manifest.json back, or give another --out");
        assertThat(manifest()).doesNotExist();
        assertThat(journal()).hasBinaryContent(lines);

        Files.delete(journal());
        assertThatThrownBy(() -> open(plan))
                .hasMessageContaining("results.parquet: is there, but manifest.json is not");
        Files.write(journal(), lines);
        Files.move(kept, manifest());
        try (TraceRun run = open(plan)) {
            assertThat(run.remaining()).isZero();
        }
    }

    private void editManifest(Consumer<ObjectNode> edit) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(manifest().toFile());
        edit.accept(json);
        Files.write(manifest(), JSON.writeValueAsBytes(json));
    }

    @Test
    void anEditedManifestFitsNoLine() throws IOException {
        run(plan);
        byte[] whole = Files.readAllBytes(manifest());
        List<Consumer<ObjectNode>> edits = List.of(
                json -> json.withObject("/settings").put("temperature", 1.0),
                json -> json.withObject("/settings").put("rows", "meta"),
                json -> json.withObject("/settings").withArray("k").remove(1),
                json -> json.withObject("/model").put("weights", "00"),
                json -> json.withObject("/model").put("processor", "00"),
                json -> json.put("dataset", "docvqa"));
        for (Consumer<ObjectNode> edit : edits) {
            editManifest(edit);
            assertThatThrownBy(() -> ResultTable.read(List.of(plan.folder())))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("samples.jsonl, line 1: was made under settings");
            assertThatThrownBy(() -> open(plan)).isInstanceOf(InputException.class);
            Files.write(manifest(), whole);
        }
        editManifest(json -> json.put("sightline", "9").put("created", "2001-01-01T00:00:00Z"));
        editManifest(json -> json.withObject("/model").put("path", "/elsewhere"));
        ResultTable.read(List.of(plan.folder())).close();
        open(plan).close();

        editManifest(json -> json.put("format", 1));
        assertThatThrownBy(() -> ResultTable.read(List.of(plan.folder())))
                .hasMessageContaining("line 1: was made under settings")
                .hasMessageContaining("manifest.json is of format 1");
    }

    @Test
    void aJournalOfAnotherRunIsNamed() throws IOException {
        run(plan);
        RunSettings other = new RunSettings(
                SETTINGS.pathways(), SETTINGS.sizes(), SETTINGS.maskings(), SETTINGS.rows(), 0.7, Strategy.SHARED);
        RunPlan second = study.plan(Dataset.VQAV2, folder.resolve("second"), other, Portion.ALL);
        run(second);
        Files.copy(second.folder().resolve("samples.jsonl"), plan.folder().resolve("samples-1-of-2.jsonl"));
        assertNobodyReads("samples-1-of-2.jsonl, line 1: was made under settings");
    }

    private record Contradiction(String message, Consumer<ObjectNode> edit) {}

    private static ObjectNode curve(ObjectNode line, int i) {
        return (ObjectNode) line.get("curves").get(i);
    }

    @Test
    void linesThatContradictAreRefusedByAllReaders() throws IOException {
        run(plan);
        List<String> whole = Files.readAllLines(journal());
        List<Contradiction> table = List.of(
                new Contradiction("has no curve of last_to_last, k 3, masking paper", line -> line.withArray("curves")
                        .remove(1)),
                new Contradiction("has no curve of last_to_last, k 1", line -> line.putArray("curves")),
                new Contradiction(
                        "has a curve of last_to_last, k 9, masking paper, which the run does not trace",
                        line -> curve(line, 1).put("k", 9)),
                new Contradiction("has a curve of image_to_last, k 1", line -> curve(line, 0)
                        .put("pathway", "image_to_last")),
                new Contradiction("has a curve of last_to_last, k 1, masking zero", line -> curve(line, 0)
                        .put("masking", "zero")),
                new Contradiction("has a curve without pathway, k or masking", line -> curve(line, 0)
                        .put("k", 1.5)),
                new Contradiction("has a second curve of last_to_last, k 3", line -> curve(line, 0)
                        .put("k", 3)),
                new Contradiction("last_to_last has 9 values, but the model has 10 layers", line -> ((ArrayNode)
                                curve(line, 0).get("token_probability").get(0))
                        .remove(0)),
                new Contradiction("last_to_last holds 1.5", line -> ((ArrayNode)
                                curve(line, 0).get("token_probability").get(0))
                        .set(4, 1.5)),
                new Contradiction("last_to_last holds -0.1", line -> ((ArrayNode)
                                curve(line, 0).get("token_probability").get(0))
                        .set(4, -0.1)),
                new Contradiction("last_to_last holds null", line -> ((ArrayNode)
                                curve(line, 0).get("token_probability").get(0))
                        .set(4, (Double) null)),
                new Contradiction(
                        "baseline holds 2", line -> line.withArray("baseline").set(0, 2)),
                new Contradiction("answer tokens, the baseline", line -> {
                    line.withArray("baseline").add(0.5);
                    line.withArray("answer_tokens").add(3);
                }),
                new Contradiction(
                        "answer_tokens", line -> line.withArray("answer_tokens").add(3)),
                new Contradiction(
                        "says that image_to_last has nothing to cut, but the run does not cut it",
                        line -> line.withArray("nothing_to_cut").add("image_to_last")),
                new Contradiction("has no curve of choices_to_last", line -> line.putArray("nothing_to_cut")),
                new Contradiction(
                        "says that last_to_last has nothing to cut, but has a curve of it",
                        line -> line.putArray("nothing_to_cut").add("last_to_last")),
                new Contradiction("has no nothing_to_cut", line -> line.remove("nothing_to_cut")),
                new Contradiction("has no id", line -> line.remove("id")),
                new Contradiction("has no picture_sha256", line -> line.remove("picture_sha256")),
                new Contradiction("categories is", line -> line.put("categories", "number")),
                new Contradiction("was made under settings that it does not tell", line -> line.remove("settings")),
                new Contradiction("was made under settings \"x\"", line -> line.put("settings", "x")));
        for (Contradiction contradiction : table) {
            List<String> lines = new ArrayList<>(whole);
            ObjectNode third = (ObjectNode) JSON.readTree(whole.get(2));
            contradiction.edit().accept(third);
            Files.write(journal(), replaced(lines, third));
            assertNobodyReads("samples.jsonl, line 3", contradiction.message());
        }
        Files.write(journal(), whole);
        ResultTable.read(List.of(plan.folder())).close();
    }

    private static List<String> replaced(List<String> lines, JsonNode third) {
        lines.set(2, TinyStudy.checked(third));
        return lines;
    }

    @Test
    void anEditedNumberIsSeen() throws IOException {
        run(plan);
        String whole = Files.readString(journal());
        String first =
                JSON.readTree(whole.lines().toList().get(1)).at("/baseline/0").asText();
        Files.writeString(journal(), whole.replaceFirst(first.replace(".", "\\."), "0.25"));
        assertNobodyReads("samples.jsonl, line 2: was changed after it was written");

        ObjectNode unchecked = (ObjectNode) JSON.readTree(whole.lines().toList().get(2));
        unchecked.remove("check");
        List<String> lines = new ArrayList<>(whole.lines().toList());
        lines.set(2, JSON.writeValueAsString(unchecked));
        Files.write(journal(), lines);
        assertNobodyReads("samples.jsonl, line 3: has no check");
    }

    @Test
    void aSecondFinishedLineIsRefusedAndAFailedOneIsNot() throws IOException {
        run(plan);
        List<String> whole = Files.readAllLines(journal());
        List<String> twice = new ArrayList<>(whole);
        twice.add(whole.get(1));
        Files.write(journal(), twice);
        String id = JSON.readTree(whole.get(1)).get("id").asText();
        assertNobodyReads("samples.jsonl, line 7: holds numbers of sample " + id + " a second time", "line 2");

        Files.write(journal(), whole);
        Path shard = Files.writeString(plan.folder().resolve("samples-1-of-2.jsonl"), whole.get(4) + "\n");
        assertNobodyReads("samples.jsonl, line 5: holds numbers of sample", shard + ", line 1");

        ObjectNode failed = (ObjectNode) JSON.readTree(whole.get(4));
        failed.put("failed", "no picture yet");
        failed.remove(List.of("baseline", "curves", "nothing_to_cut", "seconds", "answer"));
        Files.writeString(shard, TinyStudy.checked(failed) + "\n");
        try (ResultTable table = ResultTable.read(List.of(plan.folder()))) {
            assertThat(table.traced(0)).isEqualTo(6);
        }
    }

    @Test
    void aChangedListOfSamplesIsSeen() throws IOException {
        run(plan);
        Path dataset = plan.folder().resolve("dataset.jsonl");
        byte[] whole = Files.readAllBytes(dataset);
        List<String> lines = Files.readAllLines(dataset);
        Files.write(dataset, lines.subList(0, 4));
        assertThatThrownBy(() -> ResultTable.read(List.of(plan.folder())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("dataset.jsonl: is not the one that manifest.json names");
        Files.delete(dataset);
        assertThatThrownBy(() -> ResultTable.read(List.of(plan.folder())))
                .hasMessageContaining("dataset.jsonl: does not exist");
        try (TraceRun run = open(plan)) {
            assertThat(run.remaining()).as("going on writes it anew").isZero();
        }
        assertThat(dataset).hasBinaryContent(whole);
    }

    @Test
    void aChangedPictureIsTracedAgain() throws IOException {
        run(plan);
        Path picture = plan.images().resolve("COCO_val2014_000000000042.jpg");
        Path other = plan.images().resolve("COCO_val2014_000000000136.jpg");
        byte[] old = Files.readAllBytes(picture);
        long traced = TinyStudy.lines(plan.folder()).stream()
                .filter(line -> line.get("image").asText().contains("42"))
                .count();
        assertThat(traced).isEqualTo(2);
        List<String> before = baselines();

        Files.copy(other, picture, StandardCopyOption.REPLACE_EXISTING);
        try (TraceRun run = open(plan)) {
            assertThat(run.remaining()).isEqualTo(2);
        }
        assertThat(plan.folder().resolve("results.parquet"))
                .as("of a picture that is no longer there")
                .doesNotExist();
        RunReport again = run(plan);
        assertThat(again.before()).isEqualTo(4);
        assertThat(again.traced()).isEqualTo(2);
        assertThat(baselines())
                .as("the other picture gives other numbers")
                .hasSize(6)
                .isNotEqualTo(before);

        Files.write(picture, old);
        assertThat(run(plan).traced()).as("the old numbers count again").isZero();
        assertThat(baselines()).isEqualTo(before);
    }

    private List<String> baselines() {
        List<String> numbers = new ArrayList<>();
        try (ResultTable table = ResultTable.read(List.of(plan.folder()));
                var rows = table.connection()
                        .createStatement()
                        .executeQuery("SELECT sample_id, list(baseline ORDER BY answer_token) FROM baselines"
                                + " GROUP BY sample_id ORDER BY sample_id")) {
            while (rows.next()) {
                numbers.add(rows.getString(1) + " " + rows.getString(2));
            }
            return numbers;
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPictureThatChangesMeanwhileFailsItsSamples() throws IOException {
        Path picture = plan.images().resolve("COCO_val2014_000000000042.jpg");
        try (TraceRun run = open(plan)) {
            Files.copy(
                    plan.images().resolve("COCO_val2014_000000000136.jpg"),
                    picture,
                    StandardCopyOption.REPLACE_EXISTING);
            run.trace(List.of(model), Progress.NONE, () -> false);
            RunReport report = run.finish();
            assertThat(report.failed()).containsOnlyKeys(42000L, 42001L);
            assertThat(report.failed().get(42000L)).contains("42.jpg: was changed since this began");
        }
        RunReport again = run(plan);
        assertThat(again.traced()).isEqualTo(2);
        assertThat(again.failed()).isEmpty();
    }

    @Test
    void resultsOfFewerSamplesDoNotStayBesideNewLines() throws IOException {
        Portion some = new Portion(0, java.util.OptionalInt.of(2), Shard.WHOLE);
        run(study.plan(Dataset.VQAV2, plan.folder(), SETTINGS, some));
        Path results = plan.folder().resolve("results.parquet");
        assertThat(results).exists();
        try (TraceRun run = open(plan)) {
            int[] asked = {0};
            run.trace(List.of(model), Progress.NONE, () -> asked[0]++ >= 1);
        }
        assertThat(results).doesNotExist();
        run(plan);
        assertThat(results).exists();
    }

    private static Sweep halving() {
        Sweep right = Strategy.SHARED.sweep(model);
        return (request, seen, progress) -> {
            Trace trace = right.run(request, seen, progress);
            List<Curve> curves = trace.curves().stream()
                    .map(curve -> new Curve(
                            curve.intervention(),
                            curve.windows(),
                            curve.masking(),
                            halved(curve.tokenProbability()),
                            curve.measures()))
                    .toList();
            return new Trace(
                    trace.request(),
                    trace.baseline(),
                    trace.uncut(),
                    trace.candidates(),
                    curves,
                    trace.tracked(),
                    trace.plan());
        };
    }

    private static double[][] halved(double[][] numbers) {
        double[][] halves = new double[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            halves[i] = Arrays.stream(numbers[i]).map(p -> p / 2).toArray();
        }
        return halves;
    }

    @Test
    void halvedProbabilitiesEndTheRunAndAreNotKept() throws IOException {
        RunPlan verified = with(plan.model(), 1);
        try (TraceRun run = open(verified)) {
            assertThatThrownBy(() -> run.trace(List.of(model), any -> halving(), Progress.NONE, () -> false))
                    .isInstanceOf(InputException.class)
                    .hasMessageMatching(
                            "sample \\d+: is noted as failed: the sweep and the naive one, which checks it,"
                                    + " differ by 1\\.0e\\+00 of a token's probability, and rounding explains at most 3\\.3e-03\\..*");
        }
        JsonNode line = TinyStudy.lines(plan.folder()).stream()
                .filter(json -> json.has("failed"))
                .findFirst()
                .orElseThrow();
        assertThat(line.get("refuted").booleanValue()).isTrue();
        assertThat(line.has("curves")).isFalse();
        long id = line.get("id").longValue();

        try (TraceRun run = open(with(plan.model(), 0))) {
            assertThatThrownBy(() -> run.trace(List.of(model), any -> halving(), Progress.NONE, () -> false))
                    .as("without --verify it is checked all the same")
                    .hasMessageContaining("sample " + id + ": is noted as failed");
        }
        RunReport right = run(plan);
        assertThat(right.failed()).isEmpty();
        assertThat(right.verified()).isEqualTo(1);
    }

    @Test
    void aRunOfAnEarlierVersionIsReadButNotGoneOnWith() throws IOException {
        Path old = RunFolders.write(folder.resolve("old"), Dataset.VQAV2, 10, List.of(3), 4, 4);
        try (ResultTable table = ResultTable.read(List.of(old))) {
            assertThat(table.traced(0)).isEqualTo(4);
        }
        assertThatThrownBy(() -> open(study.plan(Dataset.VQAV2, old, SETTINGS, Portion.ALL)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has format 1, of an earlier version")
                .hasMessageContaining("Give another --out");
        Path journal = old.resolve("samples.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        ObjectNode first = (ObjectNode) JSON.readTree(lines.get(0));
        first.withArray("curves").remove(0);
        lines.set(0, JSON.writeValueAsString(first));
        Files.write(journal, lines);
        assertThatThrownBy(() -> ResultTable.read(List.of(old)))
                .hasMessageContaining("samples.jsonl, line 1: has no curve of last_to_last, k 3");
    }
}
