package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;
import sightline.app.TraceFiles;

/** {@code answer} and {@code trace} as commands: what they print, and when they fail. */
class StudyCommandsTest {
    private static final Path OFFICIAL = Path.of(System.getProperty("basedir"))
            .getParent()
            .resolve("study/src/test/resources/scoring/datasets/docvqa/val_v1.0_withQT.json");

    @TempDir
    private Path folder;

    private TraceFiles files;

    @BeforeEach
    void make() throws IOException {
        files = TraceFiles.make(folder, 4);
    }

    @Test
    void tracesAndSaysWhereTheResultsAre() {
        Path run = folder.resolve("run");
        CommandRun first = files.trace(run, "--verify", "1", "--export", "published", "--masking", "paper,zero");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out().lines())
                .contains("4 of 4 samples traced: " + run, "all results: " + run.resolve("results.parquet"))
                .contains("published form: " + run.resolve("published/k1-paper"));
        assertThat(first.err()).contains("verified 1 with the naive sweep: the largest difference");
        assertThat(run.resolve("published/k3-zero/1003.json")).isNotEmptyFile();

        CommandRun again = files.trace(run, "--verify", "1", "--masking", "paper,zero");
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.err()).contains("--verify: no sample was traced now, so none was traced again.");

        CommandRun other = files.trace(run);
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err())
                .contains("masking was [\"paper\",\"zero\"], not [\"paper\"]")
                .hasLineCount(1);
    }

    @Test
    void publishedSpellingsWork() {
        CommandRun run = CommandRun.of(
                "trace",
                "vqav2",
                folder.resolve("filtered.json").toString(),
                "--model_path",
                CommandRun.TINY10,
                "--image_dir",
                folder.resolve("images").toString(),
                "--block_types",
                "full_attention,last_to_last",
                "--k",
                "9",
                "--start_idx",
                "1",
                "--limit",
                "2",
                "--results",
                folder.resolve("run").toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 of 2 samples traced");
    }

    @Test
    void aShardSaysThatOthersAreMissing() {
        CommandRun run = files.trace(folder.resolve("run"), "--shard", "1/2");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("samples of other shards are still to be traced");
    }

    @Test
    void aMissingPictureIsToldAndNotTheEnd() throws IOException {
        Files.delete(folder.resolve("images/COCO_val2014_000000000001.jpg"));
        CommandRun run = files.trace(folder.resolve("run"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("3 of 4 samples traced");
        assertThat(run.err())
                .contains("sample 1001 failed:", "000001.jpg", "does not exist")
                .hasLineCount(1);
    }

    @Test
    void ifEverySampleFailsTheCommandFails() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.delete(folder.resolve("images/COCO_val2014_00000000000" + i + ".jpg"));
        }
        CommandRun run = files.trace(folder.resolve("run"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("every sample failed").hasLineCount(5);
    }

    @Test
    void answersInThePublishedForm() throws IOException {
        Path images = Files.createDirectory(folder.resolve("documents"));
        for (String name : new String[] {"abcd0000_1.png", "abcd0001_2.png"}) {
            Files.copy(Path.of(CommandRun.image("small_50x50.png")), images.resolve(name));
        }
        Path out = folder.resolve("answers.json");
        CommandRun run = CommandRun.of(
                "answer",
                "docvqa",
                "--model_path",
                CommandRun.TINY10,
                "--image_dir",
                images.toString(),
                "--annotation_path",
                OFFICIAL.toString(),
                "--max-new-tokens",
                "3",
                "--rows",
                "meta",
                "--out",
                out.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("4 of 4 questions answered: " + out + System.lineSeparator());
        assertThat(run.err())
                .as("two questions are about a picture that is not there")
                .contains("skipped 2 faulty entries: 2 for image", "abcd0002_3.png not found");
        assertThat(Files.readString(out)).startsWith("[\n{\"questionId\": 49000, \"answer\": \"");
        assertThat(out.resolveSibling("answers.json.run").resolve("manifest.json"))
                .content()
                .contains("\"answer_rows\" : \"meta\"");
    }

    @Test
    void startingBehindTheEndIsAnError() {
        CommandRun run = files.trace(folder.resolve("run"), "--start_idx", "4");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("--start_idx: is 4, but ", "filtered.json has 4 samples. Expected a number below that.")
                .hasLineCount(1);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aPictureThatIsMissingTellsWhichOfTwoDifferingFilesIsWrong() throws IOException {
        Path official = OFFICIAL.getParent().getParent();
        Path images = Files.createDirectory(folder.resolve("coco"));
        Files.copy(Path.of(CommandRun.image("small_50x50.png")), images.resolve("COCO_val2014_000000000042.jpg"));
        CommandRun run = CommandRun.of(
                "answer",
                "vqav2",
                "--model",
                CommandRun.TINY10,
                "--images",
                images.toString(),
                "--annotations",
                official.resolve("vqa/v2_mscoco_val2014_annotations.json").toString(),
                "--questions",
                official.resolve("bad/vqa_questions.image_id_differs.json").toString(),
                "--max-new-tokens",
                "1",
                "--limit",
                "1",
                "--out",
                folder.resolve("answers.json").toString());
        assertThat(run.err())
                .contains("image_id of question and annotation differ")
                .contains("not found; tried ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
                    --shard 3/2 ~ --shard: is '3/2'. Expected I/N, whole numbers with I from 1 to N. For example --shard 2/8, the second of eight.
                    --limit 0 ~ --limit: is '0'. Expected a whole number of at least 1. For example --limit 100.
                    --start_idx -1 ~ --start_idx: is '-1'. Expected a whole number of at least 0. For example --start_idx 100.
                    --export csv ~ --export: does not know 'csv'. Expected published. Take one of these.
                    --export published --pathways full_attention ~ --export: would write nothing: that form has no sample without a pathway. Expected a pathway in --pathways. Leave --export out, or name a pathway.
                    --verify 2 --strategy naive ~ --verify: changes nothing: the naive sweep is what it compares with. Leave --verify or --strategy naive out.
                    --masking paper,none ~ --masking: does not know 'none'. Expected one of paper, zero. Take one of these.
                    """)
    void wrongValuesAreNamed(String options, String message) {
        CommandRun run = files.trace(folder.resolve("run"), options.split(" "));
        assertThat(run.err().strip()).isEqualTo("sightline: " + message);
        assertThat(run.status()).isEqualTo(2);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"answer,docvqa", "study,docvqa", "answer,vqav2"})
    void aSeedOfChoicesIsRefusedWhereThereAreNone(String command, String dataset) {
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of(
                command,
                dataset,
                "--model",
                CommandRun.TINY10,
                "--images",
                folder.resolve("images").toString(),
                "--annotations",
                OFFICIAL.toString(),
                "--choice-seed",
                "7",
                "--out",
                out.toString());
        assertThat(run.err().strip())
                .isEqualTo("sightline: --choice-seed: changes nothing: " + dataset
                        + " has no choices to shuffle. Leave it out.");
        assertThat(run.status()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnknownDatasetIsWrongUsage() {
        CommandRun run = CommandRun.of("trace", "vqav3", "x.json", "--model", "m", "--images", "i", "--out", "o");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("does not know 'vqav3'", "Perhaps you mean vqav2");
    }

    /** Also where a file of the user's is in the way of its results: another name for that would not help. */
    @Test
    void aRunOfAnEarlierFormatIsRefusedByItsFormat() throws IOException {
        Path old = Files.createDirectory(folder.resolve("old"));
        Files.writeString(old.resolve("manifest.json"), "{\"format\": 1}");
        Files.writeString(old.resolve("results.parquet"), "mine");
        CommandRun run = files.trace(old);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("manifest.json: has format 1, of an earlier version");
    }
}
