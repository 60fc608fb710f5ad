package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.answering.AnswerPlan;
import sightline.answering.AnswerReport;
import sightline.answering.AnswerRun;
import sightline.dataset.Dataset;
import sightline.dataset.OfficialDataset;
import sightline.dataset.OfficialQuestion;
import sightline.family.Families;
import sightline.knockout.RowReading;
import sightline.model.Decoding;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;

/** Words of a dataset that cannot be asked: their file and id are named, and the others are worked on. */
class EntryWordsTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "What <|image|> is it? ; question: holds '<|image|>'",
                "<|eot_id|> ; question: holds '<|eot_id|>'",
                "a\\ud83d b ; question: holds half a surrogate pair (\\uD83D)",
                "\\ude00 ; question: holds half a surrogate pair (\\uDE00)",
            })
    void inTracing(String question, String message) throws IOException {
        RunPlan plan = study.plan(Dataset.VQAV2, folder.resolve("run"));
        OfficialQuestion first = TinyStudy.questions(Dataset.VQAV2).samples().get(0);
        replaceOnce(plan.samples(), first.question().text(), question);
        RunReport report;
        try (TraceRun run = TinyStudy.open(plan, TinyStudy.read(plan).questions())) {
            run.trace(List.of(model), Progress.NONE, () -> false);
            report = run.finish();
        }
        assertThat(report.failed()).hasSize(1);
        long id = report.failed().keySet().iterator().next();
        assertThat(report.failed().get(id)).startsWith(plan.samples() + ", id " + id + ", " + message);
        assertThat(report.traced()).isEqualTo(TinyStudy.read(plan).questions().size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "VISUAL7W ; dataset_v7w_telling.json ; question ; a <|image|> b ; question: holds '<|image|>'",
                "VISUAL7W ; dataset_v7w_telling.json ; question ; a\\ud83d b ; question: holds half a surrogate pair",
                "VISUAL7W ; dataset_v7w_telling.json ; choice ; <|eot_id|> ; a choice: holds '<|eot_id|>'",
                "VISUAL7W ; dataset_v7w_telling.json ; choice ; \\ude00 ; a choice: holds half a surrogate pair",
                "DOCVQA ; val_v1.0_withQT.json ; question ; <|eot_id|> ; question: holds '<|eot_id|>'",
            })
    void inAnswering(Dataset dataset, String name, String field, String words, String message) throws IOException {
        OfficialQuestion first = TinyStudy.questions(dataset).samples().get(0);
        Path file = folder.resolve(name);
        Path official = Path.of("src/test/resources/scoring/datasets")
                .resolve(dataset.toString())
                .resolve(name);
        Files.write(file, Files.readAllBytes(official));
        replaceOnce(
                file,
                field.equals("question")
                        ? first.question().text()
                        : first.question().choices().get(1),
                words);
        List<OfficialQuestion> samples =
                OfficialDataset.read(dataset, file, Optional.empty()).samples();
        AnswerReport report = answer(dataset, samples);
        assertThat(report.failed()).hasSize(1);
        long id = report.failed().keySet().iterator().next();
        assertThat(report.failed().get(id)).startsWith(file + ", id " + id + ", " + message);
        assertThat(report.answered()).isEqualTo(samples.size() - 1);
    }

    /** VQAv2's questions lie in another file than its annotations: that one is named. */
    @Test
    void inAnsweringVqa() throws IOException {
        Path official = Path.of("src/test/resources/scoring/datasets/vqa");
        Path questions = folder.resolve("questions.json");
        Files.write(questions, Files.readAllBytes(official.resolve("v2_OpenEnded_mscoco_val2014_questions.json")));
        OfficialQuestion first = TinyStudy.questions(Dataset.VQAV2).samples().get(0);
        replaceOnce(questions, first.question().text(), "Is <|image|> it?");
        List<OfficialQuestion> samples = OfficialDataset.read(
                        Dataset.VQAV2, official.resolve("v2_mscoco_val2014_annotations.json"), Optional.of(questions))
                .samples();
        AnswerReport report = answer(Dataset.VQAV2, samples);
        assertThat(report.failed().values())
                .singleElement()
                .asString()
                .startsWith(questions + ", id ")
                .contains(", question: holds '<|image|>'");
    }

    private AnswerReport answer(Dataset dataset, List<OfficialQuestion> samples) {
        AnswerPlan plan = new AnswerPlan(
                dataset,
                folder.resolve("answers.json"),
                study.images(dataset),
                TinyStudy.checkpoint(),
                TinyStudy.loading(),
                RowReading.TRANSFORMERS,
                Decoding.greedy(2),
                AnswerPlan.PUBLISHED_SEED);
        try (AnswerRun run = TinyStudy.open(plan, samples)) {
            run.answer(List.of(model), Progress.NONE, () -> false);
            return run.finish();
        }
    }

    private static void replaceOnce(Path file, String old, String words) throws IOException {
        String text = Files.readString(file);
        int at = text.indexOf('"' + old + '"');
        assertThat(at).as("'%s' in %s", old, file).isNotNegative();
        Files.writeString(file, text.substring(0, at + 1) + words + text.substring(at + 1 + old.length()));
    }
}
