package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.CurveKey;
import sightline.analysis.CurveView;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.MeanCurve;
import sightline.analysis.Measure;
import sightline.analysis.RunResults;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.answering.PictureHashes;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.PictureReader;
import sightline.knockout.Curve;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;
import sightline.text.EncodedPrompt;
import sightline.text.WordPlaces;

/** Named foils in a run: in the journal, in its table and its summary, and against the naive sweep. */
class FoilsTest {
    private static final String PATHWAY = "image_to_last";
    private static final int K = 3;

    private static VisionLanguageModel model;

    @TempDir
    Path folder;

    private TinyStudy study;
    private RunPlan usual;
    private List<AnsweredQuestion> samples;

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
        usual = plan("usual", Foils.LIKELIEST);
        samples = TinyStudy.read(usual).questions();
    }

    private RunPlan plan(String run, Foils foils) {
        RunSettings settings = new RunSettings(
                        List.of(PATHWAY), List.of(K), List.of(Masking.PAPER), RowReading.PAPER, 0.6, Strategy.SHARED)
                .with(foils);
        return study.plan(Dataset.VQAV2, folder.resolve(run), settings, Portion.ALL);
    }

    private static RunReport run(RunPlan plan) {
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            return run.finish();
        }
    }

    /** Some sample's answer, which has no foil in itself. */
    private String said() {
        return samples.stream()
                .map(sample -> model.processor().decode(sample.answerTokens()))
                .filter(text -> samples.stream().anyMatch(sample -> Arrays.equals(sample.answerTokens(), tokens(text))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void linesTableAndSummaryHoldWhatTheNaiveSweepFinds() throws SQLException {
        Foils foils = new Foils(List.of(said()), false);
        int id = model.processor().answerTokens(foils.texts().get(0))[0];
        long own = samples.stream()
                .filter(sample -> Arrays.equals(
                        sample.answerTokens(), tokens(foils.texts().get(0))))
                .count();
        RunPlan plan = plan("run", foils);
        assertThat(run(plan).withoutFoil()).isEqualTo((int) own).isPositive();
        assertThat(own).isLessThan(samples.size());
        assertThat(run(usual).withoutFoil()).isZero();
        List<JsonNode> likeliest = TinyStudy.lines(usual.folder());
        List<JsonNode> lines = TinyStudy.lines(plan.folder());
        for (int i = 0; i < lines.size(); i++) {
            AnsweredQuestion sample = samples.get(lines.get(i).get("index").intValue());
            JsonNode uncut = lines.get(i).get("uncut");
            if (sample.answerTokens()[0] == id) {
                assertThat(Arrays.equals(
                                sample.answerTokens(), tokens(foils.texts().get(0))))
                        .isTrue();
                assertThat(uncut).isEqualTo(likeliest.get(i).get("uncut"));
                continue;
            }
            assertThat(uncut.get("foils")).hasSize(1);
            assertThat(uncut.at("/foils/0").intValue()).isEqualTo(id);
            Trace naive = naive(sample, plan.images(), id);
            assertThat(uncut.at("/foil/0").doubleValue())
                    .isEqualTo(naive.uncut().get(0).foil(), within(1e-4));
            JsonNode row = lines.get(i).at("/curves/0/measures/foil/0");
            for (int layer = 0; layer < row.size(); layer++) {
                assertThat(row.get(layer).doubleValue())
                        .isEqualTo(naive.curves().get(0).measures()[0][layer].foil(), within(1e-4));
            }
            assertThat(lines.get(i).get("baseline")).isEqualTo(likeliest.get(i).get("baseline"));
        }
        table(plan, id, samples.size() - (int) own);
        assertThat(summary(usual).find(view())).isEmpty();
    }

    /** A text that begins as an answer does, and goes on otherwise, tells from it as a whole. */
    @Test
    void whatBeginsAlikeIsHeldAgainstTheWholeAnswer() throws SQLException {
        AnsweredQuestion begun = samples.stream()
                .filter(sample -> sample.answerTokens().length > 1)
                .findFirst()
                .orElseThrow();
        String text = model.processor().decode(Arrays.copyOf(begun.answerTokens(), 1)) + " or";
        int[] foil = model.processor().answerTokens(text);
        assertThat(foil[0]).isEqualTo(begun.answerTokens()[0]);
        assertThat(foil).hasSizeGreaterThan(1);
        RunPlan plan = plan("run", new Foils(List.of(text), false));
        assertThat(run(plan).withoutFoil()).isZero();
        int whole = 0;
        for (JsonNode line : TinyStudy.lines(plan.folder())) {
            JsonNode uncut = line.get("uncut");
            AnsweredQuestion sample = samples.get(line.get("index").intValue());
            if (sample.answerTokens()[0] != foil[0]) {
                assertThat(uncut.has("whole_foils")).isFalse();
                continue;
            }
            whole++;
            assertThat(uncut.at("/whole_foils/0")).hasSize(foil.length);
            assertThat(uncut.has("foils")).isFalse();
            Trace said = naive(sample, sample.answerTokens(), plan.images());
            Trace other = naive(sample, foil, plan.images());
            assertThat(uncut.at("/foil/0").doubleValue())
                    .isEqualTo(
                            logP(said.uncut().toArray(TokenMeasures[]::new))
                                    - logP(other.uncut().toArray(TokenMeasures[]::new)),
                            within(1e-4));
            JsonNode row = line.at("/curves/0/measures/foil/0");
            for (int layer = 0; layer < row.size(); layer++) {
                assertThat(row.get(layer).doubleValue())
                        .isEqualTo(
                                logP(said.curves().get(0), layer)
                                        - logP(other.curves().get(0), layer),
                                within(1e-4));
            }
        }
        assertThat(whole).isPositive();
        assertThat(summary(plan).find(view()).orElseThrow().n()).isEqualTo(samples.size());
        try (ResultTable table = ResultTable.read(List.of(plan.folder()));
                Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(DISTINCT sample_id), min(len(whole_foils[1])),"
                        + " count(foils) FROM results WHERE whole_foils IS NOT NULL")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(whole);
            assertThat(rows.getInt(2)).isEqualTo(foil.length);
            assertThat(rows.getInt(3)).isZero();
        }
    }

    private static double logP(Curve curve, int layer) {
        return logP(Arrays.stream(curve.measures()).map(token -> token[layer]).toArray(TokenMeasures[]::new));
    }

    private static double logP(TokenMeasures... tokens) {
        return Arrays.stream(tokens).mapToDouble(TokenMeasures::logP).sum();
    }

    private static Trace naive(AnsweredQuestion sample, Path images, int foil) {
        return naive(sample, sample.answerTokens(), images, foil);
    }

    private static Trace naive(AnsweredQuestion sample, int[] answer, Path images, Integer... foils) {
        try (VisionMemory seen =
                model.see(model.processor().picture(PictureReader.read(images.resolve(sample.image()))))) {
            EncodedPrompt prompt = model.processor()
                    .prompt(
                            Dataset.VQAV2
                                    .prompt()
                                    .fill(
                                            sample.question().text(),
                                            sample.question().choices()),
                            WordPlaces.OPTIONS,
                            seen.tokens());
            Interventions family = model.rules().interventions();
            SweepRequest request = new SweepRequest(
                            prompt,
                            answer,
                            family.named(List.of(PATHWAY)),
                            List.of(K),
                            List.of(Masking.PAPER),
                            RowReading.PAPER,
                            0.6)
                    .withFoils(List.of(foils));
            return new NaiveSweep(model).run(request, seen, Progress.NONE);
        }
    }

    private static void table(RunPlan plan, int id, int foiled) throws SQLException {
        try (ResultTable table = ResultTable.read(List.of(plan.folder()));
                Statement statement = table.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(DISTINCT sample_id), min(foils[1]), max(answer_token),"
                                + " count(*) FILTER (uncut_foil IS NULL) FROM results WHERE foils IS NOT NULL")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(foiled);
            assertThat(rows.getInt(2)).isEqualTo(id);
            assertThat(rows.getInt(3)).as("of the first token alone").isZero();
            assertThat(rows.getInt(4)).isZero();
        }
        MeanCurve curve = summary(plan).find(view()).orElseThrow();
        assertThat(curve.n()).isEqualTo(foiled);
        double sum = 0;
        for (JsonNode line : TinyStudy.lines(plan.folder())) {
            if (line.at("/uncut/foils").isArray()) {
                sum += line.at("/curves/0/measures/foil/0/8").doubleValue()
                        - line.at("/uncut/foil/0").doubleValue();
            }
        }
        assertThat(curve.mean()[8]).isEqualTo(sum / foiled, within(1e-5));
    }

    private static CurveView view() {
        return new CurveView(Group.all(), new CurveKey(PATHWAY, K, "paper"), false, Measure.FOIL);
    }

    private static DatasetSummary summary(RunPlan plan) {
        TracedDataset data = RunResults.read(List.of(plan.folder())).get(0);
        return DatasetSummary.of(data, SummarySettings.usual());
    }

    @Test
    void aRunGoesOnWithItsOwnFoilsAlone() {
        Foils foils = new Foils(List.of("red", "blue"), false);
        RunPlan plan = plan("run", foils);
        run(plan);
        assertThat(Manifest.read(new RunFolder(plan.folder())).settings().foils())
                .isEqualTo(foils);
        assertThat(TinyStudy.difference(plan)).isEmpty();
        assertThat(TinyStudy.difference(plan("run", Foils.LIKELIEST)))
                .hasValue("foil was [\"red\",\"blue\"], not none");
        assertThat(TinyStudy.difference(plan("run", new Foils(List.of("red"), false))))
                .hasValue("foil was [\"red\",\"blue\"], not [\"red\"]");
        assertThat(run(plan).traced()).isZero();

        LineRules rules = LineRules.read(new RunFolder(plan.folder()));
        JsonNode line = TinyStudy.lines(plan.folder()).get(0);
        assertThat(line.at("/uncut/foils")).isNotEmpty();
        ObjectNode wrong = ((ObjectNode) line.deepCopy()).put("check", "");
        ((ArrayNode) wrong.at("/uncut/foils")).set(0, "red");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TracedLine.of(wrong, Path.of("samples.jsonl"), 1, rules))
                .withMessageContaining("as foils");
    }

    /** What goes to a cluster and comes back is text. */
    @Test
    void anotherProcessFindsTheSame() {
        RunPlan plan = plan("run", new Foils(List.of("red"), false));
        run(plan);
        Map<String, String> contents = PictureHashes.of(
                plan.images(), samples.stream().map(AnsweredQuestion::image).toList());
        String sent = TraceJob.sample(samples.get(0), contents, null, false, null);
        try (StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading());
                TraceJob job = new TraceJob(TraceJob.job(plan, checkpoint).task(), model)) {
            JsonNode outcome = TraceJob.result(job.work(List.of(sent)).get(0)).outcome();
            JsonNode line = TinyStudy.lines(plan.folder()).stream()
                    .filter(one -> one.get("id").longValue() == samples.get(0).id())
                    .findFirst()
                    .orElseThrow();
            assertThat(outcome.get("uncut")).isEqualTo(line.get("uncut"));
        }
    }

    @Test
    void choicesDecideAtTheirFirstTokensWhereTheseDiffer() {
        Foils choices = new Foils(List.of(), true);
        assertThat(choices.of(model.processor(), List.of("a", "b", "c", "d"), tokens("b")))
                .isEqualTo(new FoilTokens(List.of(first("a"), first("c"), first("d")), List.of()));
        assertThat(choices.of(model.processor(), List.of("a", "b", "a c", "d"), tokens("b")))
                .as("two that begin alike")
                .isEqualTo(new FoilTokens(List.of(), List.of(list("a"), list("a c"), list("d"))));
        assertThat(choices.of(model.processor(), List.of("a", "b d", "a c", "d"), tokens("b")))
                .as("two that begin alike, and none that is the answer to the letter")
                .isEqualTo(FoilTokens.LIKELIEST);
        assertThat(choices.of(model.processor(), List.of("a", "c", "d"), tokens("b")))
                .as("none that begins as the answer")
                .isEqualTo(FoilTokens.LIKELIEST);
        Foils texts = new Foils(List.of("a", "a c", "d"), false);
        assertThat(texts.of(model.processor(), List.of(), tokens("b")))
                .as("each once")
                .isEqualTo(new FoilTokens(List.of(first("a"), first("d")), List.of()));
        assertThat(texts.of(model.processor(), List.of(), tokens("d")))
                .as("the answer itself")
                .isEqualTo(FoilTokens.LIKELIEST);
        assertThat(texts.of(model.processor(), List.of(), tokens("d b")))
                .as("begins as the answer")
                .isEqualTo(new FoilTokens(List.of(), List.of(list("a"), list("a c"), list("d"))));
        assertThat(Foils.LIKELIEST.of(model.processor(), List.of("a", "b"), tokens("b")))
                .isEqualTo(FoilTokens.LIKELIEST);
    }

    private static int[] tokens(String text) {
        return model.processor().answerTokens(text);
    }

    private static List<Integer> list(String text) {
        return Arrays.stream(tokens(text)).boxed().toList();
    }

    private static int first(String text) {
        return tokens(text)[0];
    }
}
