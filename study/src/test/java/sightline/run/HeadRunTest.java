package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.RunResults;
import sightline.analysis.TracedSample;
import sightline.answering.PictureHashes;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.PictureReader;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;
import sightline.text.WordPlaces;

/** Heads silenced in a run: in the journal, in the table, in reports, and against the naive sweep. */
class HeadRunTest {
    private static final int LAYERS = 10;
    private static final int HEADS = 4;
    private static final TraceAdditions ZERO =
            new TraceAdditions(List.of(), List.of(), List.of(Control.RANDOM_SOURCES)).silencing(HeadFill.ZERO);

    private static VisionLanguageModel model;

    @TempDir
    Path folder;

    private TinyStudy study;

    @BeforeAll
    static void load() {
        model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading());
    }

    @AfterAll
    static void free() {
        model.close();
    }

    @BeforeEach
    void make() {
        study = TinyStudy.in(folder);
    }

    private RunPlan traced(TraceAdditions additions) {
        RunSettings settings = new RunSettings(
                        List.of("image_to_last", "question_text_to_last"),
                        List.of(3),
                        List.of(Masking.PAPER),
                        RowReading.PAPER,
                        0.6,
                        Strategy.SHARED)
                .with(additions);
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"), settings, Portion.ALL);
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            run.finish();
        }
        return plan;
    }

    @Test
    void linesHoldWhatTheNaiveSweepFinds() {
        RunPlan plan = traced(ZERO);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        JsonNode line = TinyStudy.lines(plan.folder()).get(0);
        AnsweredQuestion sample = samples.get(line.get("index").intValue());
        try (VisionMemory seen = model.see(
                model.processor().picture(PictureReader.read(plan.images().resolve(sample.image()))))) {
            Question question = sample.question();
            SweepRequest request = new SweepRequest(
                            model.processor()
                                    .prompt(
                                            question.dataset().prompt().fill(question.text(), question.choices()),
                                            WordPlaces.OPTIONS,
                                            seen.tokens()),
                            sample.answerTokens(),
                            List.of(),
                            List.of(),
                            List.of(),
                            RowReading.PAPER,
                            0.6)
                    .withTracks(HeadSilencing.atReadOut(Optional.empty()).each(model.shape()));
            Trace trace = new NaiveSweep(model).run(request, seen, Progress.NONE);
            double[][] losses = HeadSilencing.losses(trace);
            JsonNode told = line.at("/heads/log_odds_loss");
            assertThat(told).hasSize(LAYERS);
            for (int layer = 0; layer < LAYERS; layer++) {
                assertThat(told.get(layer)).hasSize(HEADS);
                for (int head = 0; head < HEADS; head++) {
                    assertThat(told.get(layer).get(head).doubleValue()).isCloseTo(losses[layer][head], within(1e-4));
                }
            }
        }
    }

    /** Random sources, which are tracks too, stay apart. */
    @Test
    void randomSourcesAreNoHeads() {
        for (JsonNode line : TinyStudy.lines(traced(ZERO).folder())) {
            assertThat(line.get("random_sources").size()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void tableAndReportsHoldThem() throws Exception {
        RunPlan plan = traced(ZERO);
        List<ObjectNode> lines = TinyStudy.lines(plan.folder()).stream()
                .map(ObjectNode.class::cast)
                .toList();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT count(*), max(layer), max(head) FROM '"
                                + plan.folder().resolve("heads.parquet") + "' WHERE isfinite(log_odds_loss)")) {
            rows.next();
            assertThat(rows.getLong(1)).isEqualTo((long) lines.size() * LAYERS * HEADS);
            assertThat(rows.getInt(2)).isEqualTo(LAYERS - 1);
            assertThat(rows.getInt(3)).isEqualTo(HEADS - 1);
        }
        for (TracedSample sample :
                RunResults.read(List.of(plan.folder())).get(0).samples()) {
            JsonNode line = lines.stream()
                    .filter(one -> one.get("id").longValue() == sample.id())
                    .findFirst()
                    .orElseThrow();
            assertThat(sample.additions().heads()[8][2])
                    .isEqualTo(line.at("/heads/log_odds_loss/8/2").floatValue());
        }
        assertThat(Manifest.read(new RunFolder(plan.folder())).settings().additions())
                .isEqualTo(ZERO);
    }

    @Test
    void otherLinesThanAskedForAreRefused() {
        RunPlan plan = traced(ZERO);
        LineRules rules = LineRules.read(new RunFolder(plan.folder()));
        ObjectNode line =
                ((ObjectNode) TinyStudy.lines(plan.folder()).get(0)).put("check", "seen where lines are read");
        refused(line, rules, "heads has log_odds_loss of 0 layers", json -> json.remove("heads"));
        refused(line, rules, "of 9 layers, but the model has 10", json -> ((ArrayNode) json.at("/heads/log_odds_loss"))
                .remove(0));
        refused(line, rules, "heads has 3 numbers in layer 4", json -> ((ArrayNode) json.at("/heads/log_odds_loss/4"))
                .remove(0));
        refused(line, rules, "heads holds \"much\"", json -> ((ArrayNode) json.at("/heads/log_odds_loss/4"))
                .set(1, "much"));
    }

    private static void refused(ObjectNode line, LineRules rules, String problem, Consumer<ObjectNode> damage) {
        ObjectNode copy = line.deepCopy();
        damage.accept(copy);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TracedLine.of(copy, Path.of("samples.jsonl"), 1, rules))
                .withMessageContaining(problem);
    }

    /** What goes to a cluster and comes back is text. */
    @Test
    void anotherProcessFindsTheSame() {
        RunPlan plan = traced(ZERO);
        JsonNode line = TinyStudy.lines(plan.folder()).get(0);
        AnsweredQuestion sample =
                TinyStudy.read(plan).questions().get(line.get("index").intValue());
        String sent =
                TraceJob.sample(sample, PictureHashes.of(plan.images(), List.of(sample.image())), null, false, null);
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading());
                TraceJob job = new TraceJob(TraceJob.job(plan, checkpoint).task(), model)) {
            TraceJob.Result result = TraceJob.result(job.work(List.of(sent)).get(0));
            assertThat(result.outcome().get("heads")).isEqualTo(line.get("heads"));
        }
    }

    @Test
    void aRunWithoutThemTellsNone() {
        RunPlan plan = traced(TraceAdditions.NONE);
        assertThat(TinyStudy.lines(plan.folder()).get(0).has("heads")).isFalse();
        assertThat(plan.folder().resolve("heads.parquet")).doesNotExist();
    }
}
