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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.RunResults;
import sightline.analysis.TracedSample;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.image.PictureReader;
import sightline.knockout.Curve;
import sightline.knockout.KeepOnly;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.NaiveSweep;
import sightline.sweep.Strategy;
import sightline.text.EncodedPrompt;
import sightline.text.WordPlaces;

/** What is kept alone around each layer, and what is cut in every range of layers: journal, tables, and the naive sweep. */
class WindowTracksTest {
    private static final String PATHWAY = "image_to_last";
    private static final int LAYERS = 10;
    private static final int RANGES = LAYERS * (LAYERS + 1) / 2;
    private static final TraceAdditions ASKED = new TraceAdditions(
            List.of(PATHWAY),
            List.of(KeepIn.WINDOWS, KeepIn.DEPTH),
            List.of(),
            List.of(PATHWAY),
            List.of(),
            List.of(),
            HeadFill.NONE,
            JointHeads.NONE,
            false);

    @TempDir
    Path folder;

    private RunPlan plan(TinyStudy study, TraceAdditions additions) {
        RunSettings settings = new RunSettings(
                        List.of(PATHWAY), List.of(1), List.of(Masking.ZERO), RowReading.PAPER, 0.6, Strategy.SHARED)
                .with(additions);
        return study.plan(Dataset.VQAV2, folder.resolve("run"), settings, Portion.ALL);
    }

    @Test
    void linesHoldWhatTheNaiveSweepFinds() throws Exception {
        TinyStudy study = TinyStudy.in(folder);
        RunPlan plan = plan(study, ASKED);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        try (VisionLanguageModel model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading())) {
            try (TraceRun run = TinyStudy.open(plan, samples)) {
                run.trace(List.of(model), Progress.NONE, () -> false);
                assertThat(run.finish().traced()).isEqualTo(samples.size());
            }
            List<JsonNode> lines = TinyStudy.lines(plan.folder());
            lines.forEach(WindowTracksTest::holdsAll);
            JsonNode line = lines.get(0);
            List<Curve> naive = naive(model, samples.get(line.get("index").intValue()), plan.images());
            for (int track = 0; track < naive.size(); track++) {
                JsonNode its = track < 2 ? line.at("/kept/" + track) : line.at("/triangle/0");
                assertThat(its.get("intervention").asText())
                        .isEqualTo(naive.get(track).intervention().name());
                double[][] wanted = naive.get(track).tokenProbability();
                for (int token = 0; token < wanted.length; token++) {
                    assertThat(numbers(its.at("/token_probability/" + token)))
                            .containsExactly(wanted[token], within(1e-5));
                }
            }
            refusesOthers(plan, line);
        }
        tables(plan, TinyStudy.lines(plan.folder()));
        assertThat(Manifest.read(new RunFolder(plan.folder())).settings().additions())
                .isEqualTo(ASKED);
        TraceAdditions depth = new TraceAdditions(List.of(PATHWAY), List.of(), List.of());
        assertThat(TinyStudy.difference(plan(study, depth))).hasValue("keep_in was [\"depth\",\"windows\"], not none");
    }

    private static List<Curve> naive(VisionLanguageModel model, AnsweredQuestion sample, Path images) {
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
            List<Track> tracks = new ArrayList<>();
            model.rules().interventions().named(PATHWAY).ifPresent(pathway -> {
                tracks.add(new Track(KeepOnly.nothing(), new Windows.Around(1), Masking.ZERO));
                tracks.add(new Track(KeepOnly.of(pathway), new Windows.Around(1), Masking.ZERO));
                tracks.add(new Track(pathway, new Windows.StartByEnd(), Masking.ZERO));
            });
            SweepRequest request = new SweepRequest(
                            prompt, sample.answerTokens(), List.of(), List.of(), List.of(), RowReading.PAPER, 0.6)
                    .withTracks(tracks);
            return new NaiveSweep(model).run(request, seen, Progress.NONE).tracked();
        }
    }

    /** A range of one layer is a window of size 1. */
    private static void holdsAll(JsonNode line) {
        assertThat(line.get("whole_depth")).hasSize(2);
        assertThat(line.get("kept")).hasSize(2);
        assertThat(line.get("triangle")).hasSize(1);
        double[] ranges = numbers(line.at("/triangle/0/token_probability/0"));
        assertThat(ranges).hasSize(RANGES);
        double[] curve = numbers(line.at("/curves/0/token_probability/0"));
        int place = 0;
        for (int layer = 0; layer < LAYERS; layer++) {
            assertThat(ranges[place]).isEqualTo(curve[layer]);
            place += LAYERS - layer;
        }
    }

    private static void refusesOthers(RunPlan plan, JsonNode line) {
        ObjectNode good = ((ObjectNode) line.deepCopy()).put("check", "");
        ObjectNode without = good.deepCopy();
        without.remove("triangle");
        ObjectNode twice = good.deepCopy();
        twice.withArray("kept").add(line.at("/kept/0"));
        ObjectNode fewer = good.deepCopy();
        ((ArrayNode) fewer.at("/triangle/0/token_probability/0")).remove(0);
        LineRules rules = LineRules.read(new RunFolder(plan.folder()));
        assertThat(TracedLine.of(good, Path.of("samples.jsonl"), 1, rules)
                        .added()
                        .triangles())
                .hasSize(1);
        Map.of(without, "has no triangle", twice, "kept holds keep(nothing), k 1", fewer, "has 54 values, expected 55")
                .forEach((wrong, told) -> assertThatExceptionOfType(InputException.class)
                        .isThrownBy(() -> TracedLine.of(wrong, Path.of("samples.jsonl"), 1, rules))
                        .withMessageContaining(told));
    }

    private static void tables(RunPlan plan, List<JsonNode> lines) throws Exception {
        long tokens =
                lines.stream().mapToLong(line -> line.get("baseline").size()).sum();
        String ranges = "'" + new RunFolder(plan.folder()).triangle() + "'";
        String kept = "'" + new RunFolder(plan.folder()).kept() + "'";
        String results = "'" + new RunFolder(plan.folder()).results() + "'";
        assertThat(count("FROM " + kept + " WHERE k = 1 AND layer BETWEEN 0 AND 9 AND log_odds IS NOT NULL"))
                .isEqualTo(2 * LAYERS * tokens);
        assertThat(count("FROM " + ranges + " WHERE window_first BETWEEN 0 AND window_last AND window_last < 10"))
                .isEqualTo(RANGES * tokens);
        assertThat(count("FROM " + ranges + " t JOIN " + results
                        + " r USING (sample_id, pathway, masking, answer_token)"
                        + " WHERE window_first = layer AND window_last = layer AND t.probability = r.probability"))
                .isEqualTo(LAYERS * tokens);
        for (TracedSample sample :
                RunResults.read(List.of(plan.folder())).get(0).samples()) {
            assertThat(sample.additions().wholeDepth()).hasSize(2);
            assertThat(sample.additions().random()).isEmpty();
        }
    }

    private static long count(String from) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).doubleValue();
        }
        return numbers;
    }
}
