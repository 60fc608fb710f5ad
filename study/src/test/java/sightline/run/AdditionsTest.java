package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.AnswerNumbers;
import sightline.analysis.RunResults;
import sightline.analysis.SampleAdditions;
import sightline.analysis.WholeDepth;
import sightline.answering.PictureHashes;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.dataset.Question;
import sightline.draw.HashCircle;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.MeanColour;
import sightline.image.PictureReader;
import sightline.image.RgbImage;
import sightline.knockout.Intervention;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.RandomSources;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;
import sightline.text.EncodedPrompt;
import sightline.text.WordPlaces;

/** What a run traces beside its curves: in the journal, in tables, and against the naive sweep. */
class AdditionsTest {
    private static final List<String> PATHWAYS = List.of("image_to_last", "question_text_to_last");
    private static final TraceAdditions ALL = new TraceAdditions(
            List.of("image_to_last", "question_text_to_last"), JointCut.PATHWAYS, List.of(Control.values()));

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

    private static RunSettings settings(TraceAdditions additions) {
        return new RunSettings(PATHWAYS, List.of(3), List.of(Masking.ZERO), RowReading.PAPER, 0.6, Strategy.SHARED)
                .with(additions);
    }

    private RunPlan plan(Dataset dataset, String run, TraceAdditions additions) {
        return study.plan(dataset, folder.resolve(run), settings(additions), Portion.ALL);
    }

    private static RunReport run(RunPlan plan) {
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            return run.finish();
        }
    }

    @Test
    void linesHoldWhatTheNaiveSweepFinds() {
        RunPlan plan = plan(Dataset.VQAV2, "run", ALL);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        HashCircle circle = HashCircle.of(
                "swap", samples.stream().map(AnsweredQuestion::image).toList());
        assertThat(run(plan).traced()).isEqualTo(samples.size());
        int controlled = 0;
        for (JsonNode line : TinyStudy.lines(plan.folder())) {
            AnsweredQuestion sample = samples.get(line.get("index").intValue());
            Path picture = plan.images().resolve(sample.image());
            Map<String, JsonNode> whole = new HashMap<>();
            line.get("whole_depth")
                    .forEach(one -> whole.put(one.get("intervention").asText(), one));
            assertThat(whole).hasSize(3 + 7);
            JsonNode other = line.get("pictures");
            String partner = circle.partner(sample.image(), name -> name).orElseThrow();
            assertThat(other.get("swap").get("image").asText())
                    .isEqualTo(partner)
                    .isNotEqualTo(sample.image());
            equal(
                    other.get("swap").get("baseline"),
                    naive(sample, PictureReader.read(plan.images().resolve(partner)), List.of())
                            .baseline());
            equal(
                    other.get("blank").get("baseline"),
                    naive(sample, MeanColour.blank(PictureReader.read(picture)), List.of())
                            .baseline());
            if (line.get("index").intValue() % 3 == 0) {
                Trace trace = naive(sample, PictureReader.read(picture), wholeDepth());
                trace.tracked().forEach(curve -> {
                    JsonNode one = whole.get(curve.intervention().name());
                    for (int token = 0; token < trace.baseline().length; token++) {
                        equal(one.get("token_probability").get(token), curve.tokenProbability()[token]);
                    }
                });
            }
            controlled += controlled(sample, line, PictureReader.read(picture));
        }
        assertThat(controlled).as("samples with random sources").isPositive();
    }

    /** Whether a sample's question has random sources; if so they are the ones that its id gives. */
    private static int controlled(AnsweredQuestion sample, JsonNode line, RgbImage picture) {
        List<String> without = new ArrayList<>();
        line.get("no_random_sources").forEach(name -> without.add(name.asText()));
        assertThat(without).contains("image_to_last");
        if (without.contains("question_text_to_last")) {
            assertThat(line.get("random_sources")).isEmpty();
            return 0;
        }
        assertThat(line.get("random_sources")).hasSize(1);
        JsonNode curve = line.get("random_sources").get(0);
        assertThat(curve.get("pathway").asText()).isEqualTo("question_text_to_last");
        SweepRequest request = request(sample, picture);
        Layout layout = request.outline(
                        model.processor().tokens(model.processor().picture(picture)))
                .layout(sample.answerTokens().length - 1);
        Intervention random = new RandomSources(sample.id(), 0)
                .of(named("question_text_to_last"), layout, model.shape())
                .orElseThrow();
        Trace trace = naive(sample, picture, List.of(new Track(random, new Windows.Around(3), Masking.ZERO)));
        for (int token = 0; token < trace.baseline().length; token++) {
            equal(
                    curve.get("token_probability").get(token),
                    trace.tracked().get(0).tokenProbability()[token]);
        }
        return 1;
    }

    private static Intervention named(String name) {
        return model.rules().interventions().named(name).orElseThrow();
    }

    private static List<Track> wholeDepth() {
        List<Track> tracks = new ArrayList<>();
        tracks.add(Track.wholeDepth(KeepOnly.nothing(), Masking.ZERO));
        PATHWAYS.forEach(name -> tracks.add(Track.wholeDepth(KeepOnly.of(named(name)), Masking.ZERO)));
        JointCut.subsets(JointCut.PATHWAYS)
                .forEach(names -> tracks.add(Track.wholeDepth(
                        JointCut.of(model.rules().interventions().named(names)), Masking.ZERO)));
        return tracks;
    }

    private static SweepRequest request(AnsweredQuestion sample, RgbImage picture) {
        Question question = sample.question();
        EncodedPrompt prompt = model.processor()
                .prompt(
                        question.dataset().prompt().fill(question.text(), question.choices()),
                        WordPlaces.OPTIONS,
                        model.processor().tokens(model.processor().picture(picture)));
        return new SweepRequest(prompt, sample.answerTokens(), List.of(), List.of(), List.of(), RowReading.PAPER, 0.6);
    }

    private static Trace naive(AnsweredQuestion sample, RgbImage picture, List<Track> tracks) {
        try (VisionMemory seen = model.see(model.processor().picture(picture))) {
            return new NaiveSweep(model).run(request(sample, picture).withTracks(tracks), seen, Progress.NONE);
        }
    }

    private static void equal(JsonNode list, double[] wanted) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).doubleValue();
        }
        assertThat(numbers).containsExactly(wanted, within(1e-5));
    }

    /** Curves and baselines are what they are without additions, which are told in the manifest and go on. */
    @Test
    void theRestStaysAsItIs() {
        run(plan(Dataset.VQAV2, "with", ALL));
        run(plan(Dataset.VQAV2, "without", TraceAdditions.NONE));
        List<JsonNode> with = TinyStudy.lines(folder.resolve("with"));
        List<JsonNode> without = TinyStudy.lines(folder.resolve("without"));
        for (int i = 0; i < with.size(); i++) {
            assertThat(with.get(i).get("id")).isEqualTo(without.get(i).get("id"));
            for (int token = 0; token < with.get(i).get("baseline").size(); token++) {
                assertThat(with.get(i).get("baseline").get(token).doubleValue())
                        .isCloseTo(without.get(i).get("baseline").get(token).doubleValue(), within(1e-6));
            }
            assertThat(without.get(i).has("whole_depth")).isFalse();
            assertThat(without.get(i).has("pictures")).isFalse();
        }
        Manifest manifest = Manifest.read(new RunFolder(folder.resolve("with")));
        assertThat(manifest.settings().additions()).isEqualTo(ALL);
        assertThat(Manifest.read(new RunFolder(folder.resolve("without")))
                        .settings()
                        .additions())
                .isEqualTo(TraceAdditions.NONE);
        assertThat(TinyStudy.difference(plan(Dataset.VQAV2, "with", ALL))).isEmpty();
        assertThat(TinyStudy.difference(plan(Dataset.VQAV2, "with", TraceAdditions.NONE)))
                .hasValue("keep was [\"image_to_last\",\"question_text_to_last\"], not none");
        assertThat(TinyStudy.difference(plan(Dataset.VQAV2, "without", ALL)))
                .hasValue("keep was none, not [\"image_to_last\",\"question_text_to_last\"]");
        assertThat(run(plan(Dataset.VQAV2, "with", ALL)).traced()).isZero();
    }

    @Test
    void tablesHoldOneRowForEachNumber() throws Exception {
        RunPlan plan = plan(Dataset.DOCVQA, "run", ALL);
        run(plan);
        long tokens = 0;
        long random = 0;
        for (JsonNode line : TinyStudy.lines(plan.folder())) {
            tokens += line.get("baseline").size();
            random += (long) line.get("random_sources").size()
                    * line.get("baseline").size();
        }
        assertThat(count(plan, "whole_depth", "probability BETWEEN 0 AND 1 AND baseline > 0"))
                .isEqualTo(10 * tokens);
        assertThat(count(plan, "controls", "control = 'swap' AND image IS NOT NULL AND layer IS NULL"))
                .isEqualTo(tokens);
        assertThat(count(plan, "controls", "control = 'blank' AND image IS NULL AND layer IS NULL"))
                .isEqualTo(tokens);
        assertThat(count(plan, "controls", "control = 'random_sources' AND k = 3 AND layer BETWEEN 0 AND 9"))
                .isEqualTo(10 * random);
    }

    private static long count(RunPlan plan, String table, String where) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet result = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM '" + plan.folder().resolve(table + ".parquet") + "' WHERE "
                                + where)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Reports have of a sample what its line says: products of tokens' probabilities, sums of their log-probabilities. */
    @Test
    void reportsReadThem() {
        RunPlan plan = plan(Dataset.VQAV2, "run", ALL);
        run(plan);
        Map<Long, SampleAdditions> read = new HashMap<>();
        RunResults.read(List.of(plan.folder()))
                .get(0)
                .samples()
                .forEach(sample -> read.put(sample.id(), sample.additions()));
        for (JsonNode line : TinyStudy.lines(plan.folder())) {
            SampleAdditions its = read.get(line.get("id").asLong());
            assertThat(its.wholeDepth()).hasSize(3 + 7);
            for (JsonNode one : line.get("whole_depth")) {
                AnswerNumbers answer = its.wholeDepth()
                        .get(new WholeDepth(one.get("intervention").asText(), "zero"));
                double logP = 0;
                for (JsonNode token : one.get("measures").get("log_p")) {
                    logP += token.get(0).asDouble();
                }
                assertThat(answer.logP()).isCloseTo(logP, within(1e-4)); // float32
            }
            assertThat(its.pictures()).containsOnlyKeys(Control.SWAP, Control.BLANK);
            double swapped = 1;
            for (JsonNode token : line.get("pictures").get("swap").get("baseline")) {
                swapped *= token.asDouble();
            }
            assertThat(its.pictures().get(Control.SWAP).probability()).isCloseTo(swapped, within(1e-12));
            assertThat(its.random()).hasSize(line.get("random_sources").size());
        }
    }

    @Test
    void otherLinesThanAskedForAreRefused() {
        RunPlan plan = plan(Dataset.VQAV2, "run", ALL);
        run(plan);
        LineRules rules = LineRules.read(new RunFolder(plan.folder()));
        ObjectNode line =
                ((ObjectNode) TinyStudy.lines(plan.folder()).get(0)).put("check", "seen where lines are read");
        assertThat(TracedLine.of(line, plan.folder(), 1, rules).added().wholeDepth())
                .hasSize(10);
        refused(line, rules, "has no whole_depth", json -> json.remove("whole_depth"));
        refused(line, rules, "whole_depth has no keep(nothing), masking zero", json -> array(json, "whole_depth", 0));
        refused(line, rules, "or twice", json -> ((ArrayNode) json.get("whole_depth"))
                .add(json.get("whole_depth").get(0)));
        refused(line, rules, "has 2 values", json -> ((ArrayNode) json.at("/whole_depth/0/token_probability/0"))
                .add(0.5));
        refused(line, rules, "has no no_random_sources", json -> json.remove("no_random_sources"));
        refused(line, rules, "has no curve of image_to_last", json -> json.putArray("no_random_sources"));
        refused(line, rules, "pictures.swap has 0 values", json -> json.remove("pictures"));
        refused(line, rules, "does not name a picture", json -> ((ObjectNode) json.at("/pictures/swap"))
                .remove("image"));
        refused(line, rules, "pictures.blank holds 2", json -> ((ArrayNode) json.at("/pictures/blank/baseline"))
                .set(0, 2));
    }

    private static void array(ObjectNode json, String field, int drop) {
        ((ArrayNode) json.get(field)).remove(drop);
    }

    private static void refused(ObjectNode line, LineRules rules, String problem, Consumer<ObjectNode> damage) {
        ObjectNode copy =
                new ObjectMapper().convertValue(line, ObjectNode.class).deepCopy();
        damage.accept(copy);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TracedLine.of(copy, Path.of("samples.jsonl"), 1, rules))
                .withMessageContaining(problem);
    }

    /** What goes to a cluster and comes back is text. */
    @Test
    void anotherProcessFindsTheSame() {
        RunPlan plan = plan(Dataset.VQAV2, "run", ALL);
        run(plan);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        Map<String, String> contents = PictureHashes.of(
                plan.images(), samples.stream().map(AnsweredQuestion::image).toList());
        Map<String, String> partners = SwapPartners.of(plan, samples);
        List<String> sent = samples.stream()
                .map(sample -> TraceJob.sample(sample, contents, partners.get(sample.image()), false, null))
                .toList();
        Map<Long, JsonNode> lines = new HashMap<>();
        TinyStudy.lines(plan.folder()).forEach(line -> lines.put(line.get("id").longValue(), line));
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading());
                TraceJob job = new TraceJob(TraceJob.job(plan, checkpoint).task(), model)) {
            for (String text : job.work(sent)) {
                TraceJob.Result result = TraceJob.result(text);
                for (String field :
                        List.of("baseline", "whole_depth", "random_sources", "no_random_sources", "pictures")) {
                    assertThat(result.outcome().get(field))
                            .isEqualTo(lines.get(result.id()).get(field));
                }
                lines.remove(result.id());
            }
        }
        assertThat(lines).isEmpty();
    }

    /** In DocVQA the pages of one document are one cluster. */
    @Test
    void swapNeedsAnotherCluster() {
        RunPlan plan = plan(Dataset.DOCVQA, "run", ALL);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        Map<String, String> partners = SwapPartners.of(plan, samples);
        partners.forEach(
                (own, other) -> assertThat(Dataset.DOCVQA.cluster(other)).isNotEqualTo(Dataset.DOCVQA.cluster(own)));
        List<AnsweredQuestion> one = samples.stream()
                .filter(sample -> sample.image().equals(samples.get(0).image()))
                .toList();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> SwapPartners.of(plan, one))
                .withMessageContaining("about one picture or document");
        assertThat(Dataset.DOCVQA.cluster("ffbf0023_4.png")).isEqualTo("ffbf0023");
        assertThat(Dataset.VQAV2.cluster("a_4.png")).isEqualTo("a_4.png");
    }
}
