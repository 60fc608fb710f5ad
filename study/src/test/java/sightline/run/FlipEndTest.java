package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.CurveKey;
import sightline.analysis.CurveView;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.Measure;
import sightline.analysis.RunResults;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.answering.PictureHashes;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.family.Families;
import sightline.image.PictureReader;
import sightline.knockout.Masking;
import sightline.knockout.Reading;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;
import sightline.text.EncodedPrompt;
import sightline.text.WordPlaces;

/**
 * Runs whose flips count the answer's end: in the journal, in its table and its summary, and against the naive sweep. The
 * answers are greedy ones of two tokens, and what the model would say behind some of them is made an end token.
 */
class FlipEndTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PATHWAYS = List.of("image_to_last", "begin_to_last");
    private static final int K = 3;
    private static final String TOLD = "ends";

    @TempDir
    Path folder;

    private TinyStudy study;
    private Path checkpoint;
    private Path answered;
    private VisionLanguageModel model;
    private final Set<Integer> stops = new TreeSet<>();

    @BeforeEach
    void make() throws IOException {
        study = TinyStudy.in(folder);
        checkpoint = study.copyOfCheckpoint();
        answered = study.filtered(Dataset.VQAV2);
        try (VisionLanguageModel any = Families.load(TinyStudy.checkpoint(), TinyStudy.loading())) {
            model = any;
            answerGreedily();
        }
        Path generation = checkpoint.resolve("generation_config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(generation.toFile());
        json.withArray("eos_token_id").forEach(id -> stops.add(id.intValue()));
        stops.forEach(json.putArray("eos_token_id")::add);
        Files.write(generation, JSON.writeValueAsBytes(json));
        model = Families.load(checkpoint, TinyStudy.loading());
    }

    @AfterEach
    void free() {
        model.close();
    }

    private void answerGreedily() throws IOException {
        ArrayNode entries = (ArrayNode) JSON.readTree(answered.toFile());
        List<AnsweredQuestion> samples =
                TinyStudy.read(plan("unused", false, TraceAdditions.NONE)).questions();
        Set<Integer> said = new TreeSet<>();
        for (int at = 0; at < entries.size(); at++) {
            int[] answer = new int[0];
            for (int token = 0; token < 2; token++) {
                answer = followedBy(answer, likeliest(samples.get(at), answer));
            }
            stops.add(likeliest(samples.get(at), answer));
            ArrayNode ids = ((ObjectNode) entries.get(at)).putArray("answer_tokens");
            Arrays.stream(answer).forEach(ids::add);
            Arrays.stream(answer).forEach(said::add);
        }
        stops.removeAll(said);
        Files.write(answered, JSON.writeValueAsBytes(entries));
    }

    private static int[] followedBy(int[] answer, int token) {
        int[] longer = Arrays.copyOf(answer, answer.length + 1);
        longer[answer.length] = token;
        return longer;
    }

    private int likeliest(AnsweredQuestion sample, int... answer) {
        Trace uncut = naive(sample, followedBy(answer, 0), List.of());
        return uncut.uncut().get(answer.length).top(0);
    }

    private Trace naive(AnsweredQuestion sample, int[] answer, List<String> pathways) {
        try (VisionMemory seen = model.see(model.processor()
                .picture(PictureReader.read(study.images(Dataset.VQAV2).resolve(sample.image()))))) {
            EncodedPrompt prompt = model.processor()
                    .prompt(
                            Dataset.VQAV2
                                    .prompt()
                                    .fill(
                                            sample.question().text(),
                                            sample.question().choices()),
                            WordPlaces.OPTIONS,
                            seen.tokens());
            SweepRequest request = new SweepRequest(
                            prompt,
                            answer,
                            model.rules().interventions().named(pathways),
                            List.of(K),
                            List.of(Masking.ZERO),
                            RowReading.PAPER,
                            0.6)
                    .alsoReading(List.of(new Reading.Alternatives(1)));
            return new NaiveSweep(model).run(request, seen, Progress.NONE);
        }
    }

    private RunPlan plan(String run, boolean flipEnd, TraceAdditions additions) {
        RunSettings settings = new RunSettings(
                        PATHWAYS, List.of(K), List.of(Masking.ZERO), RowReading.PAPER, 0.6, Strategy.SHARED)
                .with(additions)
                .withFlipEnd(flipEnd);
        return new RunPlan(
                folder.resolve(run),
                Dataset.VQAV2,
                answered,
                study.images(Dataset.VQAV2),
                checkpoint,
                TinyStudy.loading(),
                settings,
                Portion.ALL,
                1,
                false);
    }

    private RunReport run(RunPlan plan) {
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            return run.finish();
        }
    }

    @Test
    void linesTableAndSummaryHoldWhatTheNaiveSweepFinds() throws SQLException {
        RunPlan plan = plan("run", true, TraceAdditions.NONE);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        RunReport report = run(plan);
        assertThat(report.traced()).isEqualTo(samples.size());
        assertThat(report.verified()).isPositive();
        assertThat(run(plan("usual", false, TraceAdditions.NONE)).traced()).isEqualTo(samples.size());
        List<JsonNode> usual = TinyStudy.lines(folder.resolve("usual"));
        List<JsonNode> lines = TinyStudy.lines(plan.folder());
        int lost = 0;
        int ended = 0;
        double[] flips = new double[10];
        for (int at = 0; at < lines.size(); at++) {
            JsonNode line = lines.get(at);
            AnsweredQuestion sample = samples.get(line.get("index").intValue());
            int[] answer = sample.answerTokens();
            Trace longer = naive(sample, followedBy(answer, 0), PATHWAYS);
            boolean ends = stops.contains(longer.uncut().get(answer.length).top(0));
            assertThat(line.at("/uncut/ends").booleanValue()).isEqualTo(ends);
            ended += ends ? 1 : 0;
            for (int curve = 0; curve < PATHWAYS.size(); curve++) {
                JsonNode measures = line.at("/curves/" + curve + "/measures");
                JsonNode before = usual.get(at).at("/curves/" + curve + "/measures");
                assertThat(before.has(TOLD)).isFalse();
                assertThat(measures.get("top")).isEqualTo(before.get("top"));
                for (int layer = 0; layer < 10; layer++) {
                    boolean stays = stops.contains(token(longer, curve, answer.length, layer));
                    assertThat(measures.get(TOLD).get(layer).booleanValue()).isEqualTo(stays);
                    boolean says = says(longer, curve, layer, answer);
                    lost += ends && says && !stays ? 1 : 0;
                    if (ends && curve == 0) {
                        flips[layer] += says && stays ? 0 : 1;
                    }
                }
            }
            assertThat(usual.get(at).get("uncut").has(TOLD)).isFalse();
        }
        assertThat(lost).as("windows that lose the end alone").isPositive();
        assertThat(ended).isBetween(1, samples.size() - 1);
        assertSummary(plan, samples.size(), ended, flips);
        assertTable(plan, lines, lost);
    }

    private static int token(Trace trace, int curve, int token, int layer) {
        return trace.curves()
                .get(curve)
                .alternatives()
                .get(token)
                .get(layer)
                .get(0)
                .token();
    }

    private static boolean says(Trace trace, int curve, int layer, int... answer) {
        return IntStream.range(0, answer.length).allMatch(at -> token(trace, curve, at, layer) == answer[at]);
    }

    private static void assertSummary(RunPlan plan, int samples, int ended, double... flips) {
        TracedDataset data = RunResults.read(List.of(plan.folder())).get(0);
        assertThat(data.flipEnd()).isTrue();
        assertThat(data.notGreedy()).isEqualTo(samples - ended);
        DatasetSummary summary = DatasetSummary.of(data, SummarySettings.usual());
        CurveView view = new CurveView(Group.all(), new CurveKey(PATHWAYS.get(0), K, "zero"), false, Measure.FLIP);
        assertThat(summary.find(view).orElseThrow().n()).isEqualTo(ended);
        for (int layer = 0; layer < flips.length; layer++) {
            assertThat(summary.find(view).orElseThrow().mean()[layer]).isEqualTo(flips[layer] / ended);
        }
    }

    private void assertTable(RunPlan plan, List<JsonNode> lines, int lost) throws SQLException {
        try (ResultTable table = ResultTable.read(List.of(plan.folder(), folder.resolve("usual")));
                Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(DISTINCT sample_id) FILTER (uncut_ends),"
                        + " count(*) FILTER (ends IS NULL), count(*) FILTER (ends IS NOT NULL),"
                        + " typeof(any_value(ends)), typeof(any_value(uncut_ends)) FROM results")) {
            rows.next();
            assertThat(rows.getLong(1))
                    .isEqualTo(lines.stream()
                            .filter(line -> line.at("/uncut/ends").booleanValue())
                            .count());
            assertThat(rows.getLong(2)).isEqualTo(rows.getLong(3)).isPositive();
            assertThat(rows.getString(4)).isEqualTo("BOOLEAN");
            assertThat(rows.getString(5)).isEqualTo("BOOLEAN");
        }
        try (ResultTable table = ResultTable.read(List.of(plan.folder()));
                Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM (SELECT bool_and(top = b.token) AS says,"
                        + " bool_and(r.uncut_ends) AS greedy, bool_and(r.ends) AS ends FROM results r JOIN (SELECT"
                        + " sample_id, answer_token, token FROM baselines) b USING (sample_id, answer_token) GROUP BY"
                        + " sample_id, pathway, layer) WHERE says AND greedy AND NOT ends")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(lost);
        }
    }

    /** All that has measures but other pictures, of which no flip is told. */
    @Test
    void whatIsTracedBesideCurvesTellsItToo() {
        TraceAdditions all = new TraceAdditions(
                List.of("image_to_last"),
                List.of(KeepIn.DEPTH, KeepIn.WINDOWS),
                List.of("image_to_last", "question_to_last"),
                List.of("image_to_last"),
                List.of(Control.BLANK, Control.RANDOM_SOURCES),
                List.of(),
                HeadFill.NONE,
                JointHeads.NONE,
                false);
        for (TraceAdditions additions : List.of(all, all.reading(List.of(InsideKind.LENS)))) {
            RunPlan plan = plan("run" + additions.inside().size(), true, additions);
            assertThat(run(plan).failed()).isEmpty();
            for (JsonNode line : TinyStudy.lines(plan.folder())) {
                Map.of("whole_depth", 1, "kept", 10, "triangle", 55, "random_sources", 10)
                        .forEach((field, windows) -> {
                            assertThat(line.get(field)).isNotEmpty();
                            line.get(field).forEach(curve -> assertThat(
                                            curve.get("measures").get(TOLD))
                                    .hasSize(windows)
                                    .allMatch(JsonNode::isBoolean));
                        });
                assertThat(line.at("/pictures/blank/uncut/top").isMissingNode()).isFalse();
                assertThat(line.at("/pictures/blank/uncut").has(TOLD)).isFalse();
                assertThat(line.has("inside")).isEqualTo(!additions.inside().isEmpty());
            }
            assertThat(RunResults.read(List.of(plan.folder())).get(0).samples()).isNotEmpty();
        }
        List<JsonNode> once = TinyStudy.lines(folder.resolve("run0"));
        List<JsonNode> twice = TinyStudy.lines(folder.resolve("run1"));
        for (int at = 0; at < once.size(); at++) {
            assertThat(twice.get(at).at("/curves/0/measures/ends"))
                    .isEqualTo(once.get(at).at("/curves/0/measures/ends"));
        }
    }

    @Test
    void aRunGoesOnWithItsOwnRuleAlone() throws IOException {
        RunPlan plan = plan("run", true, TraceAdditions.NONE);
        run(plan);
        assertThat(Manifest.read(new RunFolder(plan.folder())).settings().flipEnd())
                .isTrue();
        List<JsonNode> lines = TinyStudy.lines(plan.folder());
        Path journal = plan.folder().resolve("samples.jsonl");
        List<String> written = Files.readAllLines(journal);
        Files.write(journal, written.subList(0, written.size() - 1));
        assertThat(run(plan).traced()).isEqualTo(1);
        assertThat(TinyStudy.lines(plan.folder())).isEqualTo(lines);

        assertThat(TinyStudy.difference(plan)).isEmpty();
        assertThat(TinyStudy.difference(plan("run", false, TraceAdditions.NONE)))
                .hasValue("flip_end was true, not none");
        RunPlan usual = plan("usual", false, TraceAdditions.NONE);
        run(usual);
        assertThat(Manifest.json(new RunFolder(usual.folder())).get("settings").has("flip_end"))
                .isFalse();
        assertThat(TinyStudy.difference(plan("usual", true, TraceAdditions.NONE)))
                .hasValue("flip_end was none, not true");
    }

    /** What goes to a cluster and comes back is text. */
    @Test
    void anotherProcessFindsTheSame() {
        RunPlan plan = plan("run", true, TraceAdditions.NONE);
        run(plan);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        Map<String, String> contents = PictureHashes.of(
                plan.images(), samples.stream().map(AnsweredQuestion::image).toList());
        String sent = TraceJob.sample(samples.get(0), contents, null, false, null);
        try (StudyCheckpoint opened = StudyCheckpoint.open(plan.model(), plan.loading());
                TraceJob job = new TraceJob(TraceJob.job(plan, opened).task(), model)) {
            JsonNode outcome = TraceJob.result(job.work(List.of(sent)).get(0)).outcome();
            JsonNode line = TinyStudy.lines(plan.folder()).stream()
                    .filter(one -> one.get("id").longValue() == samples.get(0).id())
                    .findFirst()
                    .orElseThrow();
            assertThat(outcome.at("/uncut/ends").isBoolean()).isTrue();
            assertThat(outcome.get("uncut")).isEqualTo(line.get("uncut"));
            assertThat(outcome.get("curves")).isEqualTo(line.get("curves"));
        }
    }
}
