package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

/** The two commands from answers to the questions that are traced; what they compute is tested in the study. */
class ScoreAndSelectTest {
    private static final Path STUDY = Path.of(System.getProperty("sightline.golden"))
            .resolve("../../../../../study/src/test/resources/scoring/datasets")
            .normalize();
    private static final String ANNOTATIONS =
            STUDY.resolve("vqa/v2_mscoco_val2014_annotations.json").toString();
    private static final String QUESTIONS =
            STUDY.resolve("vqa/v2_OpenEnded_mscoco_val2014_questions.json").toString();
    private static final String ANSWERS =
            STUDY.resolve("expected/mixed/vqa/results.json").toString();

    @TempDir
    private Path folder;

    private String correct() {
        return folder.resolve("correct.json").toString();
    }

    @Test
    void scoreThenSelect() {
        CommandRun score = CommandRun.of(
                "score", "vqav2", ANSWERS, "--out", correct(), "--annotations", ANNOTATIONS, "--questions", QUESTIONS);
        assertThat(score.status()).as(score.err()).isZero();
        assertThat(score.out().lines())
                .containsExactly(
                        "vqav2: 6 answers, 3 correct",
                        "",
                        "category  answers  correct  paper %  official %  official-2016 %",
                        "other           2        1    50.00       50.00            50.00",
                        "yes_no          2        1    50.00        0.00            50.00",
                        "number          2        1   100.00      100.00           100.00",
                        "all             6        3    66.67       50.00            66.67");
        assertThat(score.err()).contains("wrote " + correct());

        CommandRun select = CommandRun.of(
                "select",
                "vqa",
                "--answer_path",
                correct(),
                "--annotation_path",
                ANNOTATIONS,
                "--question_path",
                QUESTIONS,
                "--out",
                folder.resolve("new/selection").toString());
        assertThat(select.status()).as(select.err()).isZero();
        assertThat(select.out())
                .contains("vqav2: 3 questions selected", "filtered_dataset_vqa.json  (to trace)")
                .containsPattern("yes_no +2 +1 +50.00 +1 +5.00");
        assertThat(select.err()).contains("other has 1 correct answers, fewer than the 1000 asked for: all are taken");
        assertThat(folder.resolve("new/selection/ids_vqa_filtered.json"))
                .hasContent("{\"other\": [42001], \"yes_no\": [73002], \"number\": [136001]}");
    }

    @Test
    void skippedEntriesAreCountedAndShownOrRefused() {
        String bad = STUDY.resolve("bad/vqa_annotations.answer_null.json").toString();
        String[] line = {
            "score", "vqav2", ANSWERS, "--out", correct(), "--annotations", bad, "--questions", QUESTIONS, "--strict"
        };
        CommandRun strict = CommandRun.of(line);
        assertThat(strict.status()).isEqualTo(1);
        assertThat(strict.err()).contains(bad, "entry 2, answers[3].answer: answer 3 is null", "--strict");
        assertThat(folder.resolve("correct.json")).doesNotExist();

        line[line.length - 1] = "--debug";
        CommandRun lenient = CommandRun.of(line);
        assertThat(lenient.status()).isZero();
        assertThat(lenient.err())
                .contains("skipped 1 faulty entry: 1 for answers.answer", bad + ": entry 2, answers[3].answer");
    }

    @Test
    void answersThatThePublishedRulesCannotScoreAreToldAndNull() throws IOException {
        Path answers = folder.resolve("answers.json");
        Files.writeString(
                answers,
                Files.readString(Path.of(ANSWERS))
                        .replace("\"answer\": \"Yes.\"", "\"answer\": \"two thousand five\""));
        Path scores = folder.resolve("scores.json");
        CommandRun run =
                CommandRun.of("score", "vqav2", answers.toString(), "--out", correct(), "--scores", scores.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("no score for 1 answer", "\"thousand\" before a smaller number word", "ids 73002");
        assertThat(Files.readString(scores))
                .contains(
                        "{\"id\": 73002, \"paper\": null, \"kept\": null, \"official\": 0.0, \"official-2016\": 0.0}");
    }

    @Test
    void scoresAndCorrectAnswersNeedTwoFiles() throws IOException {
        String sameElsewhere = folder.resolve("new/../correct.json").toString();
        CommandRun run = CommandRun.of("score", "vqav2", ANSWERS, "--out", correct(), "--scores", sameElsewhere);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains(sameElsewhere + ": is the file of the correct answers too")
                .hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ifNothingIsRightSelectSaysSo() throws IOException {
        Files.writeString(folder.resolve("correct.json"), "[]\n"); // as score writes it
        CommandRun run = CommandRun.of(
                "select",
                "vqav2",
                correct(),
                "--annotations",
                ANNOTATIONS,
                "--questions",
                QUESTIONS,
                "--out",
                folder.resolve("selection").toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains(correct() + ": holds no right answer, so there is nothing to trace.")
                .hasLineCount(1);
    }

    @Test
    void answersToNoQuestionOfTheAnnotationsAreCounted() throws IOException {
        Path answers = folder.resolve("answers.json");
        Files.writeString(answers, Files.readString(Path.of(ANSWERS)).replace("73002", "99002"));
        CommandRun run = CommandRun.of(
                "score",
                "vqav2",
                answers.toString(),
                "--out",
                correct(),
                "--annotations",
                ANNOTATIONS,
                "--questions",
                QUESTIONS);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("1 answer is to no usable question of the annotations", "ids 99002");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
                    score vqa3 a.json --out b ~ DATASET: does not know 'vqa3'
                    score vqav2 --out b ~ ANSWERS
                    score vqav2 a.json ~ missing: --out FILE
                    score vqav2 a.json --out b --metric x ~ --metric: does not know 'x'. Expected one of paper, official, official-2016, both
                    score docvqa a.json --out b --metric official-2016 ~ --metric: only VQAv2's official rules have changed
                    score vqav2 a.json --out b --annotations c ~ --questions is missing
                    score vqav2 a.json --out b --questions c ~ --questions needs --annotations
                    select docvqa a.json --annotations c --questions d --out b ~ leave it out
                    select docvqa a.json --annotations c --seed 1 --out b ~ docvqa is not sampled
                    select vqav2 a.json --out b ~ --annotations is missing
                    select vqav2 a.json --annotations c --questions d --out b --per-category 0 ~ --per-category: is '0'
                    select visual7w a.json --annotations c --out b --seed x ~ --seed: is 'x'. Expected a whole number
                    """)
    void wrongUsage(String line, String message) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertThat(run.err()).startsWith("sightline: ").contains(message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aWrongFileIsAFailureThatNamesIt() {
        CommandRun run = CommandRun.of("score", "docvqa", ANSWERS, "--out", correct());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(ANSWERS, "no usable entry", "questionId missing");
        assertThat(folder).isEmptyDirectory();
    }
}
