package sightline.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.dataset.AnsweredQuestion;
import sightline.dataset.AnsweredQuestions;
import sightline.dataset.Dataset;
import sightline.dataset.FilteredDataset;
import sightline.dataset.Golden;
import sightline.dataset.OfficialQuestions;
import sightline.error.InputException;
import sightline.files.OwnFiles;
import sightline.scoring.CategoryScore;
import sightline.scoring.ScoreReport;
import sightline.scoring.Scoring;
import sightline.scoring.ScoringRules;

/** Answers to filtered dataset, step by step, against what the published scripts wrote. */
class ExpectedFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern PRINTED =
            Pattern.compile("(?<category>\\S+?)( (?<what>correct|total|percentage))?: (?<value>[0-9.]+)");

    @TempDir
    private Path folder;

    private static Stream<Arguments> runs() {
        return Stream.of("all", "mixed")
                .flatMap(run -> Arrays.stream(Dataset.values()).map(dataset -> Arguments.of(run, dataset)));
    }

    private static Path expected(String run, Dataset dataset, String file) {
        return Golden.file("datasets/expected/" + run + "/" + Golden.folder(dataset) + "/" + file);
    }

    private ScoreReport score(String run, Dataset dataset, ScoringRules metric) {
        return Scoring.score(
                dataset,
                expected(run, dataset, "results.json"),
                metric,
                Map.of(),
                folder.resolve("correct.json"),
                Optional.of(folder.resolve("scores.json")),
                false);
    }

    private SelectionReport select(String run, Dataset dataset) {
        score(run, dataset, ScoringRules.BOTH);
        return Selection.select(
                dataset,
                folder.resolve("correct.json"),
                Golden.samples(dataset),
                1,
                42,
                folder.resolve("selection"),
                false);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void correctAnswersAreThePublishedOnes(String run, Dataset dataset) throws IOException {
        ScoreReport report = score(run, dataset, ScoringRules.BOTH);
        assertSame(folder.resolve("correct.json"), expected(run, dataset, "correct_answers.json"));
        assertThat(report.skipped()).isEmpty();
        assertThat(report.unscored()).isEmpty();
        JsonNode summary =
                Golden.json("datasets/expected/" + run + "/summary.json").path(Golden.folder(dataset));
        CategoryScore all = report.all();
        int answers =
                summary.path(dataset == Dataset.VQAV2 ? "evaluated" : "total").asInt();
        assertThat(all.answers()).isEqualTo(answers).isEqualTo(6);
        if (dataset != Dataset.VQAV2) {
            assertThat(all.kept()).isEqualTo(summary.path("correct").asInt());
        }
        double paper = all.paper().orElseThrow();
        if (dataset == Dataset.DOCVQA) {
            assertThat(paper).isEqualTo(summary.path("printed_anls").asDouble(), within(0.5e-4));
        } else {
            assertThat(100 * paper)
                    .isEqualTo(summary.path("printed_accuracy_percent").asDouble(), within(0.5e-2));
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyAnswerHasItsScores(String run, Dataset dataset) {
        ScoreReport report = score(run, dataset, ScoringRules.BOTH);
        JsonNode scores = Golden.json(folder.resolve("scores.json"));
        JsonNode answers = Golden.json(expected(run, dataset, "results.json"));
        assertThat(scores).hasSameSizeAs(answers);
        int kept = 0;
        for (int i = 0; i < answers.size(); i++) {
            JsonNode score = scores.get(i);
            assertThat(score.fieldNames())
                    .toIterable()
                    .containsExactly("id", "paper", "kept", "official", "official-2016");
            assertThat(score.path("id")).isEqualTo(answers.get(i).path(dataset.idField()));
            assertThat(score.path("paper").isDouble()).isTrue();
            assertThat(score.path("official").isDouble()).isTrue();
            assertThat(score.path("official-2016").isDouble()).isEqualTo(dataset == Dataset.VQAV2);
            assertThat(score.path("official-2016").isNull()).isEqualTo(dataset != Dataset.VQAV2);
            kept += score.path("kept").booleanValue() ? 1 : 0;
        }
        assertThat(report.all().kept()).isEqualTo(kept).isPositive();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theSelectionIsThePublishedOne(String run, Dataset dataset) throws IOException {
        SelectionReport report = select(run, dataset);
        String tag = Golden.folder(dataset);
        Path out = folder.resolve("selection");
        assertSame(
                out.resolve(tag + "_dataset_correct_answers.json"),
                expected(run, dataset, "dataset_correct_answers.json"));
        assertSame(out.resolve("ids_" + tag + ".json"), expected(run, dataset, "ids.json"));
        List<Path> files;
        try (Stream<Path> listed = Files.list(out)) {
            files = listed.filter(file -> !file.endsWith(OwnFiles.LIST)).toList();
        }
        assertThat(files).containsExactlyInAnyOrderElementsOf(report.files()).contains(report.filtered());
        if (dataset == Dataset.DOCVQA) {
            assertThat(files).hasSize(2);
            return;
        }
        assertSame(out.resolve("ids_" + tag + "_filtered.json"), expected(run, dataset, "ids_filtered.json"));
        assertSame(out.resolve("filtered_dataset_" + tag + ".json"), expected(run, dataset, "filtered_dataset.json"));
    }

    /** Values, their order in objects, and on one line each also the bytes. */
    private static void assertSame(Path ours, Path expected) throws IOException {
        JsonNode tree = Golden.json(expected);
        assertThat(JSON.writeValueAsString(Golden.json(ours))).isEqualTo(JSON.writeValueAsString(tree));
        String text = Files.readString(expected);
        if (text.strip().lines().count() == 1) {
            assertThat(Files.readString(ours)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theCountsAreThoseThatThePublishedScriptPrints(String run, Dataset dataset) {
        SelectionReport report = select(run, dataset);
        JsonNode printed = Golden.json("datasets/expected/" + run + "/summary.json")
                .path(Golden.folder(dataset))
                .path("statistics_printed");
        assertThat(printed).isNotEmpty();
        for (JsonNode line : printed) {
            Matcher parts = PRINTED.matcher(line.asText());
            assertThat(parts.matches()).as(line.asText()).isTrue();
            CategoryCount row = report.categories().stream()
                    .filter(count -> count.category().equals(parts.group("category")))
                    .findFirst()
                    .orElseThrow();
            double value = Double.parseDouble(parts.group("value"));
            double ours =
                    switch (String.valueOf(parts.group("what"))) {
                        case "correct" -> row.correct();
                        case "total" -> row.total();
                        case "percentage" -> (double) row.correct() / row.total();
                        default -> row.meanTokens().orElseThrow();
                    };
            assertThat(ours).as(line.asText()).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void whatIsSelectedCanBeTraced(String run, Dataset dataset) {
        SelectionReport report = select(run, dataset);
        AnsweredQuestions read = FilteredDataset.read(dataset, report.filtered(), FilteredDataset.PUBLISHED_ENDS);
        assertThat(read.skipped()).isEmpty();
        int all = report.categories().get(report.categories().size() - 1).selected();
        assertThat(read.questions()).hasSize(all).isNotEmpty();
        List<String> images = Golden.texts(Golden.json("datasets/images.json").path(Golden.folder(dataset)));
        for (AnsweredQuestion question : read.questions()) {
            assertThat(images).contains(question.image());
            assertThat(question.answerTokens()).isNotEmpty().doesNotContain(128009, 128004);
            assertThat(question.question().choices()).hasSize(dataset == Dataset.VISUAL7W ? 4 : 0);
            assertThat(question.question().categories()).isNotEmpty();
        }
        assertThat(read.remarks()).hasSize(dataset == Dataset.VISUAL7W ? 1 : 0);
    }

    @Test
    void aCategoryThatHasTooFewIsTakenWholeAndSaid() {
        score("mixed", Dataset.VISUAL7W, ScoringRules.BOTH);
        SelectionReport report = Selection.select(
                Dataset.VISUAL7W,
                folder.resolve("correct.json"),
                Golden.samples(Dataset.VISUAL7W),
                1000,
                42,
                folder.resolve("selection"),
                false);
        assertThat(report.categories()).extracting(CategoryCount::selected).containsExactly(1, 0, 1, 1, 0, 1, 4);
        assertThat(report.remarks())
                .hasSize(6)
                .contains("where has 0 correct answers, fewer than the 1000 asked for: all are taken");
    }

    @Test
    void choicesAsShownGoAllTheWay() throws IOException {
        Path answers = folder.resolve("answers.json");
        String text = Files.readString(expected("all", Dataset.VISUAL7W, "results.json"))
                .replace(
                        "\"q_type\": \"what\"",
                        "\"q_type\": \"what\", \"choices\": [\"Steel.\", \"Rubber.\", \"Wood.\", \"Glass.\"], \"mine\": 1");
        Files.writeString(answers, text);
        Path correct = folder.resolve("correct.json");
        Scoring.score(Dataset.VISUAL7W, answers, ScoringRules.PAPER, Map.of(), correct, Optional.empty(), false);
        SelectionReport report = Selection.select(
                Dataset.VISUAL7W,
                correct,
                Golden.samples(Dataset.VISUAL7W),
                1000,
                42,
                folder.resolve("selection"),
                false);
        AnsweredQuestions read =
                FilteredDataset.read(Dataset.VISUAL7W, report.filtered(), FilteredDataset.PUBLISHED_ENDS);
        assertThat(read.questions().get(0).question().choices())
                .containsExactly("Steel.", "Rubber.", "Wood.", "Glass.");
        assertThat(read.remarks()).singleElement().asString().contains("5 entries lack the field \"choices\"");
        assertThat(Golden.json(report.filtered()).get(0).path("mine").asInt()).isEqualTo(1);
    }

    @Test
    void theInputIsNeverOverwritten() throws IOException {
        Path answers = folder.resolve("answers.json");
        Files.copy(expected("all", Dataset.VQAV2, "results.json"), answers);
        assertThatThrownBy(() -> Scoring.score(
                        Dataset.VQAV2, answers, ScoringRules.BOTH, Map.of(), answers, Optional.empty(), false))
                .isInstanceOf(InputException.class);
        Path correct = folder.resolve("vqa_dataset_correct_answers.json");
        Files.copy(answers, correct);
        OfficialQuestions official = Golden.samples(Dataset.VQAV2);
        assertThatThrownBy(() -> Selection.select(Dataset.VQAV2, correct, official, 1, 42, folder, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("overwritten");
        assertThat(correct).hasSameBinaryContentAs(answers);
    }
}
