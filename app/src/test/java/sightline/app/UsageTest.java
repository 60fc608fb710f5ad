package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user reads, and the exit status, when something is wrong. */
class UsageTest {
    private static CommandRun ask(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "ask",
                "--model",
                CommandRun.TINY10,
                "--image",
                CommandRun.image("small_50x50.png"),
                "--question",
                "Why?"));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void assertOneLine(CommandRun run) {
        assertThat(run.out()).as("stdout is only the result").isEmpty();
        assertThat(run.err()).startsWith("sightline: ").endsWith(System.lineSeparator());
        assertThat(run.err().lines()).as("no stack trace").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
                    --k 0 ~ --k: is '0'. Expected a whole number of at least 1. For example --k 1,9.
                    --k 1,x ~ --k: is 'x'. Expected a whole number of at least 1. For example --k 1,9.
                    --k -3 ~ --k: is '-3'. Expected a whole number of at least 1. For example --k 1,9.
                    --k 3,3 ~ --k: is '3,3'. Expected each number once. For example --k 1,9.
                    --rows papre ~ --rows: does not know 'papre'. Expected one of transformers, meta, paper. Perhaps you mean paper.
                    --answer-rows x ~ --answer-rows: does not know 'x'. Expected one of transformers, meta, paper. Take one of these.
                    --masking none ~ --masking: does not know 'none'. Expected one of paper, zero. Take one of these.
                    --temperature 0 ~ --temperature: is '0'. Expected a number above 0. For example --temperature 0.6.
                    --temperature NaN ~ --temperature: is 'NaN'. Expected a number above 0. For example --temperature 0.6.
                    --temperature Infinity ~ --temperature: is 'Infinity'. Expected a number above 0. For example --temperature 0.6.
                    --temperature 1e-300 ~ --temperature: is '1e-300'. Expected a number of at least 0.000001. For example --temperature 0.6.
                    --dtype float16 ~ --dtype: does not know 'float16'. Expected one of auto, float32, bfloat16. Perhaps you mean bfloat16.
                    --device gpu ~ --device: does not know 'gpu'. Expected one of auto, cpu, cuda, cuda:N. Perhaps you mean cuda.
                    --device cuda:x ~ --device: does not know 'cuda:x'. Expected one of auto, cpu, cuda, cuda:N. Perhaps you mean cuda:N.
                    --device cuda:0,cuda:1 ~ --device: is 'cuda:0,cuda:1', but this command uses one model. Expected one device. For example --device cuda:1. `answer`, `trace` and `study` take several cards.
                    --device cuda:all ~ --device: is 'cuda:all', but this command uses one model. Expected one device. For example --device cuda:1. `answer`, `trace` and `study` take several cards.
                    --prompt vqa ~ --prompt: no prompt format is called 'vqa'. Expected one of plain, vqav2, visual7w, docvqa. Name one of these.
                    --max-new-tokens 0 ~ --max-new-tokens: is '0'. Expected a whole number of at least 1. For example --max-new-tokens 25.
                    --top-p 0.5 ~ --top-p: changes nothing unless tokens are drawn. Give --sample-temperature too, or leave --top-p out.
                    --seed 5 ~ --seed: changes nothing unless tokens are drawn. Give --sample-temperature too, or leave --seed out.
                    --sample-temperature 1 --top-p 2 ~ --top-p: is '2'. Expected a number above 0, at most 1. For example --top-p 0.9.
                    --sample-temperature 1 --seed x ~ --seed: is 'x'. Expected a whole number. For example --seed 7.
                    --sample-temperature 1 --answer a ~ --sample-temperature: draws an answer, but one is given. Leave one of them out.
                    --answer a --answer-tokens 5 ~ --answer-tokens: is given beside --answer. Expected one of the two. Leave one out.
                    --answer-tokens 5,,6 ~ --answer-tokens: is ''. Expected a whole number of at least 0. For example --answer-tokens 5,6,7.
                    --choice a ~ --choice: given 1 times, but the prompt format 'plain' takes no choices. Leave --choice out or use --prompt visual7w.
                    --strategy fast ~ --strategy: does not know 'fast'. Expected one of shared, naive. Take one of these.
                    --strategy naive --verify 1 ~ --verify: changes nothing: the naive sweep is what it compares with. Leave --verify or --strategy naive out.
                    --pathway all ~ '--pathway' is no option or command here. Perhaps you mean --pathways. `sightline ask --help` lists all options.
                    more ~ 'more' is no option or command here. `sightline ask --help` lists all options.
                    """)
    void wrongValuesAreNamedWithWhatWasExpected(String options, String message) {
        CommandRun run = ask(options.split(" "));

        assertOneLine(run);
        assertThat(run.err().strip()).isEqualTo("sightline: " + message);
        assertThat(run.status()).isEqualTo(2);
    }

    /** As a script gives it whose variable is not set. */
    @Test
    void anEmptyPathIsNotTheCurrentFolder() {
        CommandRun noModel = CommandRun.of("ask", "--model", "", "--image", "a.png", "--question", "Why?");
        assertOneLine(noModel);
        assertThat(noModel.err()).startsWith("sightline: --model: is empty.");
        assertThat(noModel.status()).isEqualTo(2);

        CommandRun noImage = CommandRun.of("ask", "--model", "m", "--image", "", "--question", "Why?");
        assertOneLine(noImage);
        assertThat(noImage.err()).startsWith("sightline: --image: is empty.");
        assertThat(noImage.status()).isEqualTo(2);

        assertThat(CommandRun.of("check", "").err()).startsWith("sightline: DIR: is empty.");
    }

    @Test
    void aQuestionLongerThanTheContextIsTold() {
        CommandRun run = CommandRun.of(
                "ask",
                "--model",
                CommandRun.TINY10,
                "--image",
                CommandRun.image("small_50x50.png"),
                "--question",
                "a".repeat(3000));
        assertThat(run.err()).contains("prompt: takes 30", "less than 2048", "Shorten the question");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anUnknownPathwayIsToldTheNearest() {
        CommandRun run = ask("--pathways", "image_to_lst");

        assertOneLine(run);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("--pathways: does not know 'image_to_lst'", "last_to_last", "question_text", "full_attention")
                .endsWith("Perhaps you mean image_to_last." + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
                    ask --model x --image y ~ missing: --question TEXT. `sightline ask --help` lists all options.
                    ask --model x --model_path y ~ option --model DIR is given more than once. `sightline ask --help` lists all options.
                    ask ~ missing: --model DIR, --image FILE, --question TEXT. `sightline ask --help` lists all options.
                    check ~ missing: DIR, or --device cuda. `sightline check --help` lists all options.
                    chekc ~ 'chekc' is no option or command here. Perhaps you mean check. `sightline --help` lists all options.
                    demo --json ~ '--json' is no option or command here. `sightline demo --help` lists all options.
                    """)
    void incompleteCommandLines(String line, String message) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertOneLine(run);
        assertThat(run.err().strip()).isEqualTo("sightline: " + message);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void noCommandAtAll() {
        CommandRun run = CommandRun.of();

        assertOneLine(run);
        assertThat(run.err())
                .contains(
                        "a command is missing",
                        "ask, demo, answer, score, select, trace, report, study, explore, check, cuda, train-demo or bench");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void filesThatCannotBeUsedAreAFailureNotWrongUsage() {
        CommandRun image =
                CommandRun.of("ask", "--model", CommandRun.TINY10, "--image", "none.png", "--question", "Why?");
        CommandRun model = CommandRun.of(
                "ask", "--model", "nowhere", "--image", CommandRun.image("small_50x50.png"), "--question", "Why?");

        assertOneLine(image);
        assertThat(image.err()).contains("none.png: does not exist");
        assertThat(image.status()).isEqualTo(1);
        assertOneLine(model);
        assertThat(model.err()).contains("nowhere: does not exist");
        assertThat(model.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
                    600 ~ holds 600, which is no token that the model can say. Expected ids from 0 to 599. Change or drop that id.
                    598 ~ holds 598, the end token <|eot_id|>. Expected the answer without its end token. Change or drop that id.
                    """)
    void answerTokensMustBeSayable(int token, String message) {
        CommandRun run = ask("--answer-tokens", "313," + token);

        assertOneLine(run);
        assertThat(run.err().strip()).isEqualTo("sightline: --answer-tokens: " + message);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aPathwayWithNothingToCutIsRefused() {
        CommandRun run = ask("--answer-tokens", "313", "--pathways", "choices_to_last");

        assertOneLine(run);
        assertThat(run.err()).contains("choices_to_last has nothing to cut in this prompt and answer");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void anAnswerLongerThanTheContextIsRefusedBeforeMemoryIsTaken() {
        CommandRun run = ask("--max-new-tokens", "2000000000");

        assertOneLine(run);
        assertThat(run.err()).contains("--max-new-tokens: 2000000000 tokens behind the prompt's", "at most 20");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void optionsThatAGivenAnswerMakesIdleAreTold() {
        CommandRun run = ask(
                "--answer-tokens",
                "313",
                "--max-new-tokens",
                "5",
                "--answer-rows",
                "meta",
                "--pathways",
                "full_attention");

        assertThat(run.status()).isZero();
        assertThat(run.err().lines())
                .containsExactly(
                        "sightline: --answer-rows changes nothing here: the answer is given.",
                        "sightline: --max-new-tokens changes nothing here: the answer is given.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trace vqav2 FILE --model M --images I --out O",
                "answer vqav2 --questions Q --annotations A --images I --model M --out O"
            })
    void aClusterNeedsSparkOnTheClassPath(String line) {
        CommandRun run = CommandRun.of((line + " --cluster local[2]").split(" "));

        assertOneLine(run);
        assertThat(run.err()).contains("--cluster: needs Spark's jars", "docs/cluster.md");
    }

    @Test
    void aQuestionMayBeginWithAnAtSign() {
        CommandRun run = CommandRun.of(
                "ask",
                "--model",
                CommandRun.TINY10,
                "--image",
                CommandRun.image("small_50x50.png"),
                "--question",
                "@" + CommandRun.GOLDEN.resolve("README.md"),
                "--answer-tokens",
                "313",
                "--pathways",
                "full_attention",
                "--json");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("@" + CommandRun.GOLDEN.resolve("README.md"));
    }

    @Test
    void debugShowsTheStackTrace() {
        CommandRun run = CommandRun.of("check", "nowhere", "--debug");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("\tat sightline.").contains("sightline: nowhere: does not exist");
    }

    @Test
    void aNameThatNoFileCanHave() {
        CommandRun run = CommandRun.of("check", "a\0b");

        assertOneLine(run);
        assertThat(run.err()).contains("DIR: 'a\\x00b' can be no file's name here: Nul character not allowed");
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "ask --help", "check --help", "demo --help", "--version", "ask --version"})
    void helpAndVersionGoToStdout(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("sightline").doesNotContain("\u001b");
        assertThat(run.out().lines()).allMatch(text -> text.length() <= 80);
    }

    /** The library tells System.err of a description that is no format string, such as one with a lone % in it. */
    @ParameterizedTest
    @ValueSource(strings = {"ask", "answer", "trace", "study", "report", "bench", "bench checkpoint", "explore"})
    void descriptionsAreFormatStrings(String command) {
        PrintStream err = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            CommandRun.of((command + " --help").split(" "));
        } finally {
            System.setErr(err);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
