package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.files.WorkLock;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.sweep.Strategy;

/** A run goes on with another selection: what it has of samples still in it counts, and nothing else is told. */
class ChangedDatasetTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static VisionLanguageModel model;

    @TempDir
    private Path folder;

    private RunPlan plan;
    private ArrayNode entries;

    @BeforeAll
    static void load() {
        model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @BeforeEach
    void make() throws IOException {
        RunSettings settings = new RunSettings(
                List.of("last_to_last"), List.of(1), List.of(Masking.PAPER), RowReading.PAPER, 0.6, Strategy.SHARED);
        TinyStudy study = TinyStudy.in(folder);
        RunPlan base = study.plan(Dataset.VQAV2, folder.resolve("run"), settings, Portion.ALL);
        plan = new RunPlan(
                base.folder(),
                base.dataset(),
                base.samples(),
                base.images(),
                base.model(),
                base.loading(),
                settings,
                Portion.ALL,
                0,
                true);
        entries = (ArrayNode) JSON.readTree(plan.samples().toFile());
    }

    private List<AnsweredQuestion> dataset(JsonNode... chosen) throws IOException {
        Files.write(plan.samples(), JSON.writeValueAsBytes(chosen));
        return TinyStudy.read(plan).questions();
    }

    private RunReport run(List<AnsweredQuestion> dataset) {
        try (TraceRun run = TinyStudy.open(plan, dataset)) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            return run.finish();
        }
    }

    @Test
    void onlyWhatIsNewIsTraced() throws IOException {
        run(dataset(entries.get(0), entries.get(1), entries.get(2)));

        ObjectNode reworded = entries.get(1).deepCopy();
        reworded.put("question", "Is it something else?");
        ObjectNode otherwiseAnswered = entries.get(2).deepCopy();
        otherwiseAnswered.putArray("answer_tokens").add(7);
        RunReport second = run(dataset(entries.get(3), reworded, otherwiseAnswered, entries.get(0)));

        assertThat(second.before()).as("the one that is still the same").isEqualTo(1);
        assertThat(second.traced()).isEqualTo(3);
        try (ResultTable table = ResultTable.read(List.of(plan.folder()))) {
            assertThat(table.traced(0)).isEqualTo(4);
            assertThat(table.runs().get(0).manifest().datasetFile().entries()).isEqualTo(4);
            assertThat(question(table, reworded)).isEqualTo("Is it something else?");
        }

        RunReport back = run(dataset(entries.get(0), entries.get(1)));
        assertThat(back.traced()).as("its numbers are still there").isZero();
        try (ResultTable table = ResultTable.read(List.of(plan.folder()))) {
            assertThat(table.traced(0))
                    .as("samples of the present dataset alone")
                    .isEqualTo(2);
            assertThat(question(table, entries.get(1)))
                    .isEqualTo(entries.get(1).get("question").textValue());
        }
    }

    @Test
    void aFailureIsOfItsVerySample() throws IOException {
        ObjectNode unsayable = entries.get(0).deepCopy();
        unsayable.putArray("answer_tokens").add(600);
        RunReport first = run(dataset(unsayable, entries.get(1)));
        assertThat(first.failed()).hasSize(1);
        assertThat(first.missing()).as("it was tried").isZero();
        try (ResultTable table = ResultTable.read(List.of(plan.folder()))) {
            assertThat(table.failed(0)).isEqualTo(1);
        }

        try (TraceRun mended = TinyStudy.open(plan, dataset(entries.get(0), entries.get(1)))) {
            RunReport report = mended.finish();
            assertThat(report.missing()).as("answered otherwise, it was not").isEqualTo(1);
            assertThat(report.results()).isEmpty();
        }
        try (ResultTable table = ResultTable.read(List.of(plan.folder()))) {
            assertThat(table.failed(0)).isZero();
        }
    }

    private static String question(ResultTable table, JsonNode entry) {
        try (var statement = table.connection().createStatement();
                var rows = statement.executeQuery("SELECT question FROM samples WHERE sample_id = "
                        + entry.get("question_id").longValue())) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void resultsOfAnotherDatasetDoNotStay() throws IOException {
        List<AnsweredQuestion> first = dataset(entries.get(0));
        RunReport report = run(first);
        assertThat(report.results()).isPresent();
        Path published = report.published().get(0).resolve(first.get(0).id() + ".json");
        assertThat(published).exists();
        Path own = Files.writeString(published.resolveSibling("notes.txt"), "mine");
        JsonNode manifest = JSON.readTree(plan.folder().resolve("manifest.json").toFile());

        TinyStudy.open(plan, dataset(entries.get(0), entries.get(1))).close();

        assertThat(plan.folder().resolve("results.parquet")).doesNotExist();
        assertThat(published).doesNotExist();
        assertThat(own).exists();
        JsonNode now = JSON.readTree(plan.folder().resolve("manifest.json").toFile());
        assertThat(now.at("/dataset_file/entries").intValue()).isEqualTo(2);
        assertThat(now.get("created")).isEqualTo(manifest.get("created"));
    }

    @Test
    void notWhileAShardTracesTheOther() throws IOException {
        List<AnsweredQuestion> first = dataset(entries.get(0), entries.get(1));
        RunPlan half = part(TinyStudy.shard(1, 2));
        RunPlan otherHalf = part(TinyStudy.shard(2, 2));
        try (TraceRun one = TinyStudy.open(half, first);
                TraceRun same = TinyStudy.open(otherHalf, first)) {
            assertThat(one.remaining() + same.remaining()).isEqualTo(2);
        }
        try (TraceRun one = TinyStudy.open(half, first)) {
            List<AnsweredQuestion> second = dataset(entries.get(2), entries.get(3));
            assertThatThrownBy(() -> TinyStudy.open(otherHalf, second))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another process is tracing another dataset's file into this run");
        }
    }

    /** Another shard, just changing the dataset: until it is told a line, and then for all stretches. */
    public static final class Changing {
        private Changing() {}

        public static void main(String[] arguments) {
            Path lock = Path.of(arguments[0]);
            WorkLock.alone(lock, () -> {
                System.out.println("begun");
                try {
                    System.in.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                Optional<WorkLock> all = WorkLock.tryTake(lock, 0, WorkLock.WHOLE);
                System.out.println(all.isPresent());
                all.ifPresent(WorkLock::close);
                return null;
            });
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard: the two could wait for each other
    void shardsThatBeginTogetherWithAnotherAreNotInEachOthersWay() throws Exception {
        TinyStudy.open(plan, dataset(entries.get(0), entries.get(1))).close();
        List<AnsweredQuestion> second = dataset(entries.get(2), entries.get(3));
        RunPlan half = part(TinyStudy.shard(2, 2));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Changing.class.getName(),
                        plan.folder().resolve("run.lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("begun");
            FutureTask<TraceRun> opening = new FutureTask<>(() -> TinyStudy.open(half, second));
            Thread thread = new Thread(opening, "half");
            thread.start();
            while (thread.isAlive()
                    && Arrays.stream(thread.getStackTrace())
                            .noneMatch(frame -> frame.getMethodName().equals("alone"))) {
                Thread.sleep(5);
            }

            other.getOutputStream().write('\n');
            other.getOutputStream().flush();
            assertThat(said.readLine())
                    .as("the one that waits holds nothing yet")
                    .isEqualTo("true");
            try (TraceRun run = opening.get()) {
                assertThat(run.remaining()).isPositive();
            }
        } finally {
            other.destroy();
        }
    }

    private RunPlan part(Portion portion) {
        return new RunPlan(
                plan.folder(),
                plan.dataset(),
                plan.samples(),
                plan.images(),
                plan.model(),
                plan.loading(),
                plan.settings(),
                portion,
                0,
                false);
    }
}
