package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.analysis.CurveKey;
import sightline.analysis.MeasureRows;
import sightline.analysis.RunResults;
import sightline.analysis.SampleMeasures;
import sightline.analysis.TracedDataset;
import sightline.analysis.TracedSample;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.dataset.Question;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.files.Journal;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.Curve;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;

class TraceRunTest {
    private static final int TRACED_CUTS = 25;

    private static VisionLanguageModel model;

    @TempDir
    private Path folder;

    private TinyStudy study;

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
    }

    private static RunReport run(RunPlan plan) {
        return run(plan, () -> false);
    }

    private static RunReport run(RunPlan plan, BooleanSupplier stop) {
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, stop);
            return run.finish();
        }
    }

    @ParameterizedTest
    @EnumSource(Dataset.class)
    void writesWhatTheNaiveSweepFinds(Dataset dataset) {
        RunPlan plan = study.plan(dataset, folder.resolve("run"));
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();

        RunReport report = run(plan);

        assertThat(report.traced()).isEqualTo(samples.size()).isEqualTo(6);
        List<JsonNode> lines = TinyStudy.lines(plan.folder());
        assertThat(lines).hasSize(6);
        for (JsonNode line : lines) {
            AnsweredQuestion sample = samples.get(line.get("index").intValue());
            assertThat(line.get("id").longValue()).isEqualTo(sample.id());
            if (line.get("index").intValue() % 3 != 0) {
                continue; // one pass for each variant takes long
            }
            Trace trace = naive(plan, sample);
            assertThat(doubles(line.get("baseline"))).containsExactly(trace.baseline(), within(1e-5));
            assertThat(line.get("uncut").get("foil_id")).hasSize(trace.baseline().length);
            for (int token = 0; token < trace.baseline().length; token++) {
                assertThat(line.get("uncut").get("foil_id").get(token).intValue())
                        .isEqualTo(trace.uncut().get(token).rival());
                assertThat(line.get("uncut").get("log_odds").get(token).doubleValue())
                        .isCloseTo(trace.uncut().get(token).logOdds(), within(1e-4));
            }
            assertThat(line.get("curves")).hasSize(8); // 2 pathways, 2 sizes, 2 maskings
            for (int i = 0; i < 8; i++) {
                JsonNode curve = line.get("curves").get(i);
                assertThat(curve.get("pathway").asText())
                        .isEqualTo(trace.curves().get(i).intervention().name());
                assertThat(curve.get("k").asInt())
                        .isEqualTo(trace.curves().get(i).k());
                for (int token = 0; token < trace.baseline().length; token++) {
                    assertThat(doubles(curve.get("token_probability").get(token)))
                            .containsExactly(trace.curves().get(i).tokenProbability()[token], within(1e-5));
                    for (JournalMeasure measure : JournalMeasure.values()) {
                        int answer = sample.answerTokens()[token];
                        double[] wanted = Arrays.stream(trace.curves().get(i).measures()[token])
                                .mapToDouble(layer -> measure.of(layer, answer))
                                .toArray();
                        assertThat(doubles(curve.get("measures")
                                        .get(measure.field())
                                        .get(token)))
                                .as(measure.field())
                                .containsExactly(wanted, within(measure.whole() ? 0 : 1e-4));
                    }
                }
            }
        }
    }

    /** The whole answers' measures as the report reads them are those of the sweep's own traces. */
    @Test
    void theResultsTellTheMeasuresOfWholeAnswers() {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        run(plan);
        TracedDataset data = RunResults.read(List.of(plan.folder())).get(0);
        assertThat(data.unmeasured()).isZero();
        assertThat(data.samples()).hasSize(samples.size());
        long notGreedy = 0;
        for (TracedSample read : data.samples()) {
            AnsweredQuestion sample = samples.stream()
                    .filter(one -> one.id() == read.id())
                    .findFirst()
                    .orElseThrow();
            SampleMeasures measures = read.measures().orElseThrow();
            notGreedy += measures.greedy() ? 0 : 1;
            if (samples.indexOf(sample) > 1) {
                continue; // one pass for each variant takes long
            }
            Trace trace = naive(plan, sample);
            AnswerMeasures uncut =
                    AnswerMeasures.of(trace.uncut().toArray(TokenMeasures[]::new), sample.answerTokens());
            assertThat(measures.uncut().logOdds()).isCloseTo(uncut.logOdds(), within(1e-4));
            assertThat(measures.uncut().flip()).isEqualTo(uncut.flip());
            for (Curve curve : trace.curves()) {
                MeasureRows rows = measures.rows()
                        .get(new CurveKey(
                                curve.intervention().name(),
                                curve.k(),
                                curve.masking().toString()));
                for (int layer = 0; layer < model.shape().layers(); layer++) {
                    AnswerMeasures wanted = curve.answer(layer, sample.answerTokens());
                    assertThat(rows.logP()[layer]).isCloseTo(wanted.logP(), within(1e-4));
                    assertThat(rows.logOdds()[layer]).isCloseTo(wanted.logOdds(), within(1e-4));
                    assertThat(rows.flip()[layer]).isEqualTo(wanted.flip() ? 1 : 0);
                }
            }
        }
        assertThat(data.notGreedy()).isEqualTo(notGreedy);
    }

    /** A run that an earlier version began goes on; what it traced stays without measures, and is told. */
    @Test
    void aRunOfBeforeTheMeasuresGoesOn() throws IOException {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        run(plan);
        RunFolder run = new RunFolder(plan.folder());
        List<String> lines = Files.readAllLines(run.journals().get(0));
        ObjectNode first = (ObjectNode) new ObjectMapper().readTree(lines.get(0));
        first.remove("uncut");
        first.path("curves").forEach(curve -> ((ObjectNode) curve).remove("measures"));
        first.remove("check");
        Files.delete(run.journals().get(0));
        Path journal = run.path().resolve("samples.jsonl");
        try (Journal old = Journal.open(journal, (entry, line) -> {})) {
            old.appendChecked(json -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonNode> field : first.properties()) {
                    json.writeFieldName(field.getKey());
                    json.writeTree(field.getValue());
                }
                json.writeEndObject();
            });
        }

        RunReport report = run(plan);

        assertThat(report.before()).isEqualTo(1);
        assertThat(report.traced()).isEqualTo(5);
        assertThat(report.unmeasured()).isEqualTo(1);
        TracedDataset data = RunResults.read(List.of(plan.folder())).get(0);
        assertThat(data.samples()).hasSize(6);
        assertThat(data.unmeasured()).isEqualTo(1);
    }

    private Trace naive(RunPlan plan, AnsweredQuestion sample) {
        Question question = sample.question();
        ModelInputs inputs = model.processor()
                .encode(
                        plan.images().resolve(sample.image()),
                        question.dataset().prompt().fill(question.text(), question.choices()));
        RunSettings settings = plan.settings();
        SweepRequest request = new SweepRequest(
                inputs.prompt(),
                sample.answerTokens(),
                model.rules().interventions().named(settings.pathways()),
                settings.sizes(),
                settings.maskings(),
                settings.rows(),
                settings.temperature());
        try (VisionMemory seen = model.see(inputs.picture())) {
            return new NaiveSweep(model).run(request, seen, Progress.NONE);
        }
    }

    private static double[] doubles(JsonNode list) {
        double[] numbers = new double[list.size()];
        Arrays.setAll(numbers, i -> list.get(i).doubleValue());
        return numbers;
    }

    @Test
    void shardsTogetherAreTheWholeRun() {
        Path whole = folder.resolve("whole");
        Path shards = folder.resolve("shards");
        run(study.plan(Dataset.VQAV2, whole));

        RunReport first = run(study.plan(Dataset.VQAV2, shards, TinyStudy.settings(), TinyStudy.shard(1, 3)));
        RunReport third = run(study.plan(Dataset.VQAV2, shards, TinyStudy.settings(), TinyStudy.shard(3, 3)));
        assertThat(third.results()).as("while a shard is missing").isEmpty();
        assertThat(third.missing()).isPositive();
        RunReport second = run(study.plan(Dataset.VQAV2, shards, TinyStudy.settings(), TinyStudy.shard(2, 3)));

        assertThat(second.results()).contains(shards.resolve("results.parquet"));
        assertThat(first.traced() + second.traced() + third.traced()).isEqualTo(6);
        assertThat(TinyStudy.lines(shards)).isEqualTo(TinyStudy.lines(whole));
    }

    @Test
    void aShardHoldsAllQuestionsOfAPicture() {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        Set<String> seen = new HashSet<>();
        for (int number = 1; number <= 3; number++) {
            Set<String> pictures = new HashSet<>();
            TinyStudy.shard(number, 3).mine(samples).stream()
                    .flatMap(List::stream)
                    .forEach(one -> pictures.add(one.sample().image()));
            assertThat(pictures).isNotEmpty();
            assertThat(java.util.Collections.disjoint(pictures, seen)).isTrue();
            seen.addAll(pictures);
        }
        assertThat(seen).hasSize(4);
    }

    @Test
    void shardsUnderDifferentLimitsShareNoSample() {
        List<AnsweredQuestion> samples =
                TinyStudy.read(study.plan(Dataset.VQAV2, folder.resolve("run"))).questions();
        Set<Long> first = new HashSet<>();
        TinyStudy.shard(1, 2).mine(samples).stream()
                .flatMap(List::stream)
                .forEach(one -> first.add(one.sample().id()));
        Set<Long> second = new HashSet<>();
        for (int start = 0; start < samples.size(); start++) {
            for (int limit = 1; limit <= samples.size(); limit++) {
                new Portion(start, OptionalInt.of(limit), new Shard(2, 2))
                        .mine(samples).stream()
                                .flatMap(List::stream)
                                .forEach(one -> second.add(one.sample().id()));
            }
        }
        assertThat(second).doesNotContainAnyElementsOf(first);
        assertThat(first.size() + second.size()).as("and none is left out").isEqualTo(samples.size());
    }

    @Test
    void limitAndStartChooseSamplesAndChangeNone() {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        run(study.plan(Dataset.VISUAL7W, whole));

        Portion middle = new Portion(2, OptionalInt.of(3), Shard.WHOLE);
        RunReport report = run(study.plan(Dataset.VISUAL7W, parts, TinyStudy.settings(), middle));

        assertThat(report.traced()).isEqualTo(3);
        assertThat(report.results()).as("all that was asked for is there").isPresent();
        List<JsonNode> all = TinyStudy.lines(whole);
        assertThat(TinyStudy.lines(parts))
                .isEqualTo(all.stream()
                        .filter(line -> line.get("index").intValue() >= 2
                                && line.get("index").intValue() < 5)
                        .toList());
        assertThat(run(study.plan(Dataset.VISUAL7W, parts)).traced()).isEqualTo(3);
        assertThat(TinyStudy.lines(parts)).isEqualTo(all);
    }

    @Test
    void stoppedItGoesOnWhereItWas() {
        Path whole = folder.resolve("whole");
        Path stopped = folder.resolve("stopped");
        run(study.plan(Dataset.DOCVQA, whole));
        AtomicInteger asked = new AtomicInteger();

        RunReport first = run(study.plan(Dataset.DOCVQA, stopped), () -> asked.getAndIncrement() >= 2);
        assertThat(first.stopped()).isTrue();
        assertThat(first.traced()).isEqualTo(2);
        assertThat(first.results()).isEmpty();

        RunReport second = run(study.plan(Dataset.DOCVQA, stopped));
        assertThat(second.before()).isEqualTo(2);
        assertThat(second.traced()).isEqualTo(4);
        assertThat(TinyStudy.lines(stopped)).isEqualTo(TinyStudy.lines(whole));
    }

    @Test
    void aTornLastLineIsTracedAgainWhereverItWasCut() throws IOException {
        Path whole = folder.resolve("whole");
        RunSettings baseline = new RunSettings(
                List.of(), List.of(1), List.of(Masking.PAPER), RowReading.PAPER, 0.6, Strategy.SHARED); // short lines
        RunPlan plan = study.plan(Dataset.VQAV2, whole, baseline, Portion.ALL);
        run(plan);
        byte[] bytes = Files.readAllBytes(whole.resolve("samples.jsonl"));
        int last = bytes.length - 1;
        while (bytes[last - 1] != '\n') {
            last--;
        }
        List<JsonNode> expected = TinyStudy.lines(whole);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        for (int cut = last; cut < bytes.length; cut++) {
            Files.write(whole.resolve("samples.jsonl"), Arrays.copyOf(bytes, cut));
            try (TraceRun run = TinyStudy.open(plan, samples)) {
                assertThat(run.remaining()).as("cut at byte %d", cut).isEqualTo(1);
                if ((cut - last) % TRACED_CUTS == 0) { // tracing takes longer than opening
                    run.trace(List.of(model), Progress.NONE, () -> false);
                    assertThat(TinyStudy.lines(whole)).as("cut at byte %d", cut).isEqualTo(expected);
                }
            }
        }
        assertThat(bytes.length - last).isGreaterThan(100);
    }

    @Test
    void anotherProcessOrThreadIsKeptOut() {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        RunPlan half = study.plan(Dataset.VQAV2, plan.folder(), TinyStudy.settings(), TinyStudy.shard(1, 2));
        RunPlan otherHalf = study.plan(Dataset.VQAV2, plan.folder(), TinyStudy.settings(), TinyStudy.shard(2, 2));
        RunPlan quarter = study.plan(Dataset.VQAV2, plan.folder(), TinyStudy.settings(), TinyStudy.shard(2, 4));

        try (TraceRun first = TinyStudy.open(half, samples);
                TraceRun second = TinyStudy.open(otherHalf, samples)) {
            for (RunPlan refused : List.of(plan, half, quarter)) {
                assertThatThrownBy(() -> TinyStudy.open(refused, samples))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("another process is tracing into this run")
                        .hasMessageContaining("--shard");
            }
        }
        try (TraceRun free = TinyStudy.open(plan, samples)) {
            assertThat(free.remaining()).isEqualTo(6);
        }
    }

    @Test
    void brokenAndMissingPicturesAreFailuresOfTheirSamples() throws IOException {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        Path broken = study.images(Dataset.VQAV2).resolve("COCO_val2014_000000000042.jpg");
        Path missing = study.images(Dataset.VQAV2).resolve("COCO_val2014_000000000164.jpg");
        byte[] whole = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
        Path kept = Files.move(missing, folder.resolve("kept"));

        RunReport report = run(plan);

        assertThat(report.failed()).containsOnlyKeys(42000L, 42001L, 164002L);
        assertThat(report.failed().get(164002L)).contains("164.jpg", "does not exist");
        assertThat(report.traced()).isEqualTo(3);
        assertThat(report.missing()).isZero();
        assertThat(report.results()).isPresent();
        try (ResultTable table = ResultTable.read(List.of(plan.folder()))) {
            assertThat(table.traced(0)).isEqualTo(3);
            assertThat(table.failed(0)).isEqualTo(3);
        }

        Files.write(broken, whole);
        Files.move(kept, missing);
        RunReport again = run(plan);
        assertThat(again.before()).isEqualTo(3);
        assertThat(again.traced()).isEqualTo(3);
        assertThat(again.failed()).isEmpty();
        try (ResultTable table = ResultTable.read(List.of(plan.folder()))) {
            assertThat(table.traced(0)).isEqualTo(6);
            assertThat(table.failed(0)).isZero();
        }
    }

    @Test
    void anAnswerThatTheModelCannotSayFailsAlone() throws IOException {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        ObjectMapper json = new ObjectMapper();
        JsonNode entries = json.readTree(plan.samples().toFile());
        ((com.fasterxml.jackson.databind.node.ObjectNode) entries.get(1))
                .putArray("answer_tokens")
                .add(600);
        Files.write(plan.samples(), json.writeValueAsBytes(entries));

        RunReport report;
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            report = run.finish();
        }

        assertThat(report.failed()).hasSize(1);
        assertThat(report.failed().values()).first().asString().contains("holds 600", "ids from 0 to 599");
        assertThat(report.traced()).isEqualTo(5);
    }

    @Test
    void verifiesAndExportsAndTellsWhatHadNothingToCut() throws IOException {
        RunSettings settings = new RunSettings(
                List.of("last_to_last", "choices_to_last"),
                List.of(3),
                List.of(Masking.PAPER, Masking.ZERO),
                RowReading.PAPER,
                0.6,
                Strategy.SHARED);
        RunPlan base = study.plan(Dataset.VQAV2, folder.resolve("run"), settings, Portion.ALL);
        RunPlan plan = new RunPlan(
                base.folder(),
                base.dataset(),
                base.samples(),
                base.images(),
                base.model(),
                base.loading(),
                settings,
                base.portion(),
                2,
                true);

        RunReport report = run(plan);

        assertThat(report.verified()).isEqualTo(2);
        assertThat(report.largestDifference()).isBetween(0.0, 1e-4);
        assertThat(report.neverCut()).containsExactly("choices_to_last");
        assertThat(report.published())
                .containsExactly(
                        plan.folder().resolve("published/k3-paper"),
                        plan.folder().resolve("published/k3-zero"));
        JsonNode line = TinyStudy.lines(plan.folder()).get(0);
        JsonNode published = new ObjectMapper()
                .readTree(report.published()
                        .get(0)
                        .resolve(line.get("id").asText() + ".json")
                        .toFile());
        assertThat(published.size()).isEqualTo(2);
        double[] baseline = doubles(line.get("baseline"));
        assertThat(published.get("full_attention").doubleValue())
                .isEqualTo(Arrays.stream(baseline).reduce(1, (a, b) -> a * b));
        JsonNode tokens = line.get("curves").get(0).get("token_probability");
        for (int layer = 0; layer < 10; layer++) {
            double product = 1;
            for (JsonNode token : tokens) {
                product *= token.get(layer).doubleValue();
            }
            assertThat(published.get("last_to_last").get(layer).doubleValue()).isEqualTo(product);
        }
    }

    @Test
    void aFinishedRunNeedsNoModel() {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        run(plan);
        try (TraceRun again = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            assertThat(again.remaining()).isZero();
            assertThat(again.finish().results()).isPresent();
        }
        assertThat(TinyStudy.lines(plan.folder())).hasSize(6);
    }
}
