package sightline.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.dataset.AnswerEntry;
import sightline.dataset.Dataset;
import sightline.dataset.Golden;
import sightline.dataset.GroundTruth;
import sightline.dataset.Question;
import sightline.error.InputException;

/** Every case of the reference data, through the scorer that the command uses. */
class GoldenScoresTest {
    private static final double CLOSE = 1e-12;

    private static Stream<JsonNode> normalisations() {
        return Golden.cases("paper_normalise.json");
    }

    @ParameterizedTest
    @MethodSource("normalisations")
    void thePublishedNormalisation(JsonNode golden) {
        PaperNormaliser normaliser = new PaperNormaliser();
        String in = golden.path("in").textValue();
        if (golden.has("raises")) {
            assertThatThrownBy(() -> normaliser.normalise(in))
                    .isInstanceOf(UnscorableException.class)
                    .hasMessageContaining(golden.path("raises").textValue());
        } else {
            assertThat(normaliser.normalise(in)).isEqualTo(golden.path("out").textValue());
            assertThat(normaliser.normalise(in))
                    .as("from the cache")
                    .isEqualTo(golden.path("out").textValue());
        }
    }

    @Test
    void theContractionTableIsThePublishedOne() {
        Map<String, String> table = ContractionTable.of("paper_contractions.json");
        JsonNode golden = Golden.json("contractions_table.json").path("table");
        assertThat(table).hasSize(golden.size()).hasSizeGreaterThan(600);
        golden.properties().forEach(entry -> assertThat(table)
                .containsEntry(entry.getKey(), entry.getValue().textValue()));
    }

    private static Stream<JsonNode> paperVqa() {
        return Golden.cases("paper_vqa_score.json");
    }

    @ParameterizedTest
    @MethodSource("paperVqa")
    void thePublishedVqaScore(JsonNode golden) {
        AnswerScore score = new Scorer(ScoringRules.BOTH).score(entry(Dataset.VQAV2, golden));
        if (golden.has("raises")) {
            assertThat(score.paper()).isEmpty();
            assertThat(score.kept()).isEmpty();
            assertThat(score.problem()).contains(golden.path("raises").textValue());
        } else {
            assertThat(score.paper()).hasValueCloseTo(golden.path("score").doubleValue(), within(CLOSE));
            assertThat(score.kept()).contains(golden.path("kept").booleanValue());
            assertThat(score.problem()).isEmpty();
        }
    }

    private static Stream<JsonNode> officialVqa() {
        return Golden.cases("official_vqa.json");
    }

    @ParameterizedTest
    @MethodSource("officialVqa")
    void theOfficialVqaAccuracyOf2016(JsonNode golden) {
        AnswerEntry entry = entry(Dataset.VQAV2, golden);
        assertThat(OfficialVqa.prediction(entry.answer()))
                .isEqualTo(golden.path("normalised").textValue());
        if (golden.has("gt_compared")) {
            assertThat(new OfficialVqa(OfficialVqa.Rules.OF_2016).compared(entry.groundTruths()))
                    .extracting(GroundTruth::text)
                    .isEqualTo(Golden.texts(golden.path("gt_compared")));
        }
        assertThat(new Scorer(ScoringRules.OFFICIAL_2016).score(entry).official2016())
                .hasValue(golden.path("score").doubleValue());
    }

    private static Stream<JsonNode> versions() {
        return StreamSupport.stream(Golden.json("vqa_official_versions.json").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void bothVersionsOfTheOfficialVqaAccuracy(JsonNode golden) {
        AnswerScore score = new Scorer(ScoringRules.BOTH).score(entry(Dataset.VQAV2, golden));
        assertThat(score.official())
                .hasValueCloseTo(golden.path("official_2021").doubleValue(), within(CLOSE));
        assertThat(score.official2016())
                .hasValueCloseTo(golden.path("official_2016").doubleValue(), within(CLOSE));
    }

    @Test
    void theVersionsDifferWhereTheyShould() {
        assertThat(versions()).hasSize(100);
        assertThat(versions().filter(golden -> !golden.path("official_2021").equals(golden.path("official_2016"))))
                .hasSize(60);
    }

    @Test
    void eachVersionAloneKeepsByItsOwnScore() {
        List<GroundTruth> truths = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            truths.add(new GroundTruth("Two", "", i));
        }
        AnswerEntry entry = entry(Dataset.VQAV2, "Two", truths);
        AnswerScore now = new Scorer(ScoringRules.OFFICIAL).score(entry); // all agree: nothing is normalised
        assertThat(now.official()).hasValue(1);
        assertThat(now.kept()).contains(true);
        assertThat(now.official2016()).isEmpty();
        AnswerScore then = new Scorer(ScoringRules.OFFICIAL_2016).score(entry); // 2 is not Two
        assertThat(then.official2016()).hasValue(0);
        assertThat(then.kept()).contains(false);
        assertThat(then.official()).isEmpty();
        assertThat(new Scorer(ScoringRules.BOTH).score(entry).kept())
                .as("the published study's word")
                .contains(true);
    }

    @Test
    void otherDatasetsHaveNoRulesOf2016() {
        AnswerEntry entry = entry(Dataset.VISUAL7W, "A dog.", List.of(GroundTruth.of("A dog.")));
        assertThat(new Scorer(ScoringRules.BOTH).score(entry).official2016()).isEmpty();
        assertThatThrownBy(() -> ScoringRules.OFFICIAL_2016.requireFor(Dataset.VISUAL7W))
                .isInstanceOf(InputException.class)
                .hasMessage("--metric: only VQAv2's official rules have changed since 2016, not those of visual7w."
                        + " Expected paper, official or both. Take official.");
        ScoringRules.OFFICIAL_2016.requireFor(Dataset.VQAV2);
        ScoringRules.OFFICIAL.requireFor(Dataset.DOCVQA);
    }

    @Test
    void withoutDistinctIdsEqualEntriesLeaveTogether() {
        List<GroundTruth> truths = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            truths.add(GroundTruth.of(i < 4 ? "yes" : "no"));
        }
        assertThat(new OfficialVqa(OfficialVqa.Rules.OF_2016).score("yes", truths))
                .isEqualTo(0.6, within(CLOSE));
    }

    private static Stream<JsonNode> visual7w() {
        return Golden.cases("paper_visual7w.json");
    }

    @ParameterizedTest
    @MethodSource("visual7w")
    void thePublishedVisual7wComparison(JsonNode golden) {
        String answer = golden.path("answer").textValue();
        String truth = golden.path("gt_answer").textValue();
        assertThat(ChoiceJudge.letters(answer))
                .isEqualTo(golden.path("answer_normalised").textValue());
        assertThat(ChoiceJudge.letters(truth))
                .isEqualTo(golden.path("gt_normalised").textValue());
        AnswerEntry entry = entry(Dataset.VISUAL7W, answer, List.of(GroundTruth.of(truth)));
        AnswerScore score = new Scorer(ScoringRules.BOTH).score(entry);
        assertThat(score.kept()).contains(golden.path("correct").booleanValue());
        assertThat(score.official()).hasValue(answer.equals(truth) ? 1 : 0);
    }

    private static Stream<JsonNode> anls() {
        return Golden.cases("paper_docvqa_anls.json");
    }

    @ParameterizedTest
    @MethodSource("anls")
    void thePublishedAnls(JsonNode golden) {
        AnswerEntry entry = entry(Dataset.DOCVQA, golden);
        Scorer scorer = new Scorer(ScoringRules.BOTH);
        AnswerScore score = scorer.score(entry);
        if (golden.has("raises")) {
            assertThat(score.kept()).isEmpty();
            assertThat(score.problem()).contains(golden.path("raises").textValue());
            return;
        }
        assertThat(score.paper()).hasValueCloseTo(golden.path("anls").doubleValue(), within(CLOSE));
        assertThat(score.kept()).contains(golden.path("correct").booleanValue());
        if (golden.has("anls_score_written")) {
            assertThat(scorer.kept(entry, score).anlsScore())
                    .hasValue(golden.path("anls_score_written").doubleValue());
        }
    }

    @Test
    void theOfficialAnlsTrimsAndKeepsTheHalf() {
        assertThat(Anls.official(" A  b ", List.of("a b"))).isEqualTo(1);
        assertThat(Anls.official("ab", List.of("ac"))).isEqualTo(0.5);
        assertThat(Anls.paper("ab", List.of("ac"))).isZero();
        assertThat(Anls.official("ab", List.of("cd", "abc"))).isEqualTo(1 - 1.0 / 3);
        assertThat(Anls.official("", List.of(""))).isEqualTo(1);
    }

    @Test
    void whatTheMetricLeavesOutIsMissing() {
        AnswerEntry entry = entry(Dataset.VISUAL7W, "A DOG", List.of(GroundTruth.of("A dog.")));
        AnswerScore paper = new Scorer(ScoringRules.PAPER).score(entry);
        assertThat(paper.official()).isEmpty();
        assertThat(paper.kept()).isEqualTo(Optional.of(true));
        AnswerScore official = new Scorer(ScoringRules.OFFICIAL).score(entry);
        assertThat(official.paper()).isEmpty();
        assertThat(official.kept()).isEqualTo(Optional.of(false));
    }

    private static AnswerEntry entry(Dataset dataset, JsonNode golden) {
        List<GroundTruth> truths = new ArrayList<>();
        for (JsonNode truth : golden.path("gt_answers")) {
            truths.add(new GroundTruth(written(truth.textValue()), "", truths.size() + 1));
        }
        return entry(dataset, written(golden.path("answer").textValue()), truths);
    }

    private static AnswerEntry entry(Dataset dataset, String answer, List<GroundTruth> truths) {
        Question question = new Question(dataset, 1, "", "Q?", List.of(), List.of("what"));
        return new AnswerEntry(question, answer, new int[0], truths, OptionalDouble.empty(), Map.of(), -1);
    }

    /** {@code @rep:c:n:t} stands for c n times, then t. */
    private static String written(String text) {
        String[] parts = text.split(":", -1);
        return text.startsWith("@rep:") ? parts[1].repeat(Integer.parseInt(parts[2])) + parts[3] : text;
    }
}
