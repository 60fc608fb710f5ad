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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.answering.PictureHashes;
import sightline.answering.StudyCheckpoint;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.family.Families;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.sweep.Strategy;

/** What a run reads inside the decoder: lines, tables, and that it costs no state. */
class InsideRunTest {
    private static final int LAYERS = 10;
    private static final TraceAdditions ASKED = TraceAdditions.NONE.reading(List.of(InsideKind.values()));

    @TempDir
    Path folder;

    private RunPlan plan(TinyStudy study, String name, TraceAdditions additions) {
        RunSettings settings = new RunSettings(
                        List.of("image_to_last", "question_to_last"),
                        List.of(3, 1),
                        List.of(Masking.PAPER),
                        RowReading.PAPER,
                        0.6,
                        Strategy.SHARED)
                .with(additions);
        return study.plan(Dataset.VQAV2, folder.resolve(name), settings, Portion.ALL);
    }

    @Test
    void linesAndTablesHoldIt() throws Exception {
        TinyStudy study = TinyStudy.in(folder);
        RunPlan plan = plan(study, "run", ASKED);
        RunPlan without = plan(study, "without", TraceAdditions.NONE);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        try (VisionLanguageModel model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading())) {
            for (RunPlan each : List.of(plan, without)) {
                try (TraceRun run = TinyStudy.open(each, samples)) {
                    run.trace(List.of(model), Progress.NONE, () -> false);
                    assertThat(run.finish().traced()).isEqualTo(samples.size());
                }
            }
        }
        List<JsonNode> lines = TinyStudy.lines(plan.folder());
        List<JsonNode> plain = TinyStudy.lines(without.folder());
        int tokens = 0;
        for (int i = 0; i < lines.size(); i++) {
            holds(lines.get(i));
            assertThat(lines.get(i).get("curves"))
                    .as("what else is traced stays as it is")
                    .isEqualTo(plain.get(i).get("curves"));
            tokens += lines.get(i).get("answer_tokens").size();
        }
        tables(plan, tokens, lines.size());
        refused(plan, lines.get(0));
        assertThat(Manifest.read(new RunFolder(plan.folder())).settings().additions())
                .isEqualTo(ASKED);
        assertThat(TinyStudy.difference(plan(study, "run", TraceAdditions.NONE)))
                .hasValue("inside was [\"lens\",\"attention\",\"attention_heads\"], not none");
    }

    /** Nothing of one kind is taken for another's, here or in another process. */
    @Test
    void allAdditionsAtOnceStayApart() {
        TraceAdditions all = new TraceAdditions(
                List.of("image_to_last"),
                List.of(KeepIn.values()),
                List.of("image_to_last", "question_to_last"),
                List.of("question_to_last"),
                List.of(Control.BLANK, Control.RANDOM_SOURCES),
                List.of(InsideKind.values()),
                HeadFill.ZERO,
                JointHeads.NONE,
                false);
        RunSettings settings = new RunSettings(
                        List.of("image_to_last", "question_text_to_last"),
                        List.of(1, 3),
                        List.of(Masking.ZERO),
                        RowReading.PAPER,
                        0.6,
                        Strategy.SHARED)
                .with(all);
        RunPlan plan = TinyStudy.in(folder).plan(Dataset.VQAV2, folder.resolve("all"), settings, Portion.ALL);
        List<AnsweredQuestion> samples = TinyStudy.read(plan).questions();
        try (VisionLanguageModel model = Families.load(TinyStudy.checkpoint(), TinyStudy.loading());
                StudyCheckpoint checkpoint = StudyCheckpoint.open(plan.model(), plan.loading())) {
            try (TraceRun run = TinyStudy.open(plan, samples)) {
                run.trace(List.of(model), Progress.NONE, () -> false);
                assertThat(run.finish().traced()).isEqualTo(samples.size());
            }
            ObjectNode line = (ObjectNode) TinyStudy.lines(plan.folder()).get(0);
            assertThat(line.get("curves")).hasSize(4);
            assertThat(line.get("whole_depth"))
                    .as("nothing and one kept, three subsets")
                    .hasSize(5);
            assertThat(line.get("kept")).hasSize(4);
            assertThat(line.get("triangle")).hasSize(1);
            assertThat(line.get("random_sources").size()
                            + 2 * line.get("no_random_sources").size())
                    .as("each pathway in both windows")
                    .isEqualTo(4);
            assertThat(line.at("/inside/lens"))
                    .as("uncut; two pathways in two windows")
                    .hasSize(5);
            assertThat(line.at("/heads/log_odds_loss")).hasSize(LAYERS);

            AnsweredQuestion sample = samples.get(line.get("index").intValue());
            String sent = TraceJob.sample(
                    sample, PictureHashes.of(plan.images(), List.of(sample.image())), null, false, null);
            try (TraceJob job = new TraceJob(TraceJob.job(plan, checkpoint).task(), model)) {
                ObjectNode found =
                        TraceJob.result(job.work(List.of(sent)).get(0)).outcome();
                found.remove("seconds");
                found.properties()
                        .forEach(field ->
                                assertThat(field.getValue()).as(field.getKey()).isEqualTo(line.get(field.getKey())));
                assertThat(found.has("inside")).isTrue();
            }
        }
    }

    private static void holds(JsonNode line) {
        int m = line.get("answer_tokens").size();
        JsonNode inside = line.get("inside");
        assertThat(inside.get("lens"))
                .as("uncut, and under each pathway in both windows")
                .hasSize(5);
        for (int token = 0; token < m; token++) {
            assertThat(inside.at("/lens/0/log_p/" + token)).hasSize(LAYERS + 1);
            assertThat(inside.at("/lens/0/log_p/" + token + "/" + LAYERS).doubleValue())
                    .isCloseTo(line.at("/uncut/log_p/" + token).doubleValue(), within(1e-5));
            double sum = 0;
            for (JsonNode role : inside.get("attention")) {
                sum += role.at("/" + token + "/0").doubleValue();
                assertThat(role.at("/" + token + "/3").isNull())
                        .as("layer 3 reads the picture")
                        .isTrue();
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
        for (JsonNode role : inside.get("attention")) {
            assertThat(role).hasSize(m);
        }
        heads(inside, m);
        assertThat(inside.at("/lens/2/k").intValue()).isEqualTo(1);
        JsonNode cut = inside.at("/lens/1");
        int layer = cut.get("layer").intValue();
        assertThat(cut.get("pathway").asText()).isEqualTo("image_to_last");
        assertThat(cut.get("k").intValue()).isEqualTo(3);
        assertThat(cut.at("/log_p/0/" + LAYERS).doubleValue())
                .isCloseTo(line.at("/curves/0/measures/log_p/0/" + layer).doubleValue(), within(1e-5));
        assertThat(inside.at("/edges/0/attention/0/3").doubleValue()).isCloseTo(1, within(1e-5));
        assertThat(inside.at("/edges/0/attention/0/0").isNull()).isTrue();
        assertThat(inside.at("/gates/0/layer").intValue()).isEqualTo(3);
        assertThat(inside.at("/gates/0/attention")).hasSize(m);
    }

    /** Their mean is the mean over heads, but for rounding to 5 decimals. */
    private static void heads(JsonNode inside, int m) {
        inside.get("attention_heads").properties().forEach(role -> {
            assertThat(role.getValue()).hasSize(LAYERS);
            assertThat(role.getValue().get(3).isNull()).isTrue();
            for (int layer : new int[] {0, 9}) {
                double heads = 0;
                for (JsonNode head : role.getValue().get(layer)) {
                    heads += head.doubleValue() / role.getValue().get(layer).size();
                }
                double tokens = 0;
                for (JsonNode token : inside.get("attention").get(role.getKey())) {
                    tokens += token.get(layer).isNull() ? 0 : token.get(layer).doubleValue() / m;
                }
                assertThat(heads).isCloseTo(tokens, within(1e-5));
            }
        });
    }

    private static void tables(RunPlan plan, long tokens, int samples) throws SQLException {
        RunFolder run = new RunFolder(plan.folder());
        assertThat(count("'" + run.lens() + "'")).isEqualTo(5 * (LAYERS + 1) * tokens);
        assertThat(count("'" + run.lens() + "' WHERE layer = -1 AND pathway IS NULL"))
                .isEqualTo(tokens);
        assertThat(count("'" + run.gates() + "' WHERE attention > 0")).isEqualTo(2 * tokens);
        assertThat(count("'" + run.edges() + "' WHERE pathway = 'image_to_last' AND left_by_cut = 1"))
                .isEqualTo(2 * tokens);
        assertThat(count("'" + run.edges() + "' WHERE pathway = 'question_to_last' AND left_by_cut = 0"))
                .isEqualTo((LAYERS - 2) * tokens);
        assertThat(count("(SELECT sum(attention) AS all_roles FROM '" + run.attentionHeads()
                        + "' GROUP BY sample_id, layer, head) WHERE abs(all_roles - 1) < 1e-4"))
                .isEqualTo((LAYERS - 2) * 4L * samples);
        assertThat(count("(SELECT sum(attention) AS all_roles FROM '" + run.attention()
                        + "' GROUP BY sample_id, answer_token, layer) WHERE abs(all_roles - 1) < 1e-4"))
                .isEqualTo((LAYERS - 2) * tokens);
    }

    private static long count(String from) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + from)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void refused(RunPlan plan, JsonNode line) {
        ObjectNode good = ((ObjectNode) line.deepCopy()).put("check", "");
        ObjectNode without = good.deepCopy();
        without.remove("inside");
        ObjectNode shorter = good.deepCopy();
        ((ArrayNode) shorter.at("/inside/lens/0/log_p/0")).remove(0);
        ObjectNode text = good.deepCopy();
        ((ObjectNode) text.at("/inside/gates/0")).put("layer", "three");
        ObjectNode noLens = good.deepCopy();
        ((ObjectNode) noLens.get("inside")).remove("lens");
        ObjectNode noEdges = good.deepCopy();
        ((ObjectNode) noEdges.get("inside")).remove("edges");
        LineRules rules = LineRules.read(new RunFolder(plan.folder()));
        for (ObjectNode wrong : List.of(without, shorter, text, noLens, noEdges)) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> TracedLine.of(wrong, plan.folder().resolve("samples.jsonl"), 1, rules))
                    .withMessageContaining("line 1")
                    .withMessageContaining("inside");
        }
    }
}
