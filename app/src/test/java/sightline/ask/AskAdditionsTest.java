package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

/** {@code ask --keep --joint --control}: as text, as JSON, and what is refused. */
class AskAdditionsTest {
    private static CommandRun ask(String... more) {
        return RocketQuestion.ask(List.of("--k", "3", "--masking", "zero"), more);
    }

    @Test
    void jsonHoldsEveryNumber() throws Exception {
        CommandRun run = ask(
                "--json",
                "--pathways",
                "image_to_last,question_text_to_last",
                "--keep",
                "image_to_last,question_to_last",
                "--joint",
                "image_to_question,image_to_last,question_to_last",
                "--control",
                "blank,random_sources");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        List<String> names = new ArrayList<>();
        json.get("whole_depth").forEach(one -> {
            names.add(one.get("intervention").asText());
            assertThat(one.get("token_probability")).hasSize(2);
            assertThat(one.get("probability").doubleValue())
                    .isEqualTo(one.get("token_probability").get(0).doubleValue()
                            * one.get("token_probability").get(1).doubleValue());
        });
        assertThat(names)
                .containsExactly(
                        "keep(nothing)",
                        "keep(image_to_last)",
                        "keep(question_to_last)",
                        "image_to_question",
                        "image_to_last",
                        "question_to_last",
                        "image_to_question+image_to_last",
                        "image_to_question+question_to_last",
                        "image_to_last+question_to_last",
                        "image_to_question+image_to_last+question_to_last");
        // Keeping the one is cutting the other.
        assertThat(json.at("/whole_depth/1/probability")).isEqualTo(json.at("/whole_depth/5/probability"));
        assertThat(json.get("random_sources")).hasSize(20);
        assertThat(json.at("/random_sources/19/draw").intValue()).isEqualTo(19);
        assertThat(json.at("/random_sources/0/pathway").asText()).isEqualTo("question_text_to_last");
        assertThat(json.at("/random_sources/0/token_probability/1")).hasSize(10);
        assertThat(json.at("/random_sources/0/probability")).isNotEqualTo(json.at("/random_sources/1/probability"));
        assertThat(json.at("/blank/probability").doubleValue())
                .isPositive()
                .isNotCloseTo(json.at("/baseline/probability").doubleValue(), within(1e-6));
    }

    /** The answer with the other picture is the answer to the same question about it. */
    @Test
    void swapIsTheOtherPicture() throws Exception {
        String other = CommandRun.image("small_50x50.png");
        CommandRun run = ask("--json", "--swap", other);
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.at("/swap/token_probability")).hasSize(2);
        assertThat(json.at("/swap/probability").doubleValue())
                .isNotCloseTo(json.at("/baseline/probability").doubleValue(), within(1e-6));
        assertThat(json.has("blank")).isFalse();
        JsonNode same = new ObjectMapper()
                .readTree(ask("--json", "--control", "swap", "--swap", CommandRun.image("astronaut.png"))
                        .out());
        assertThat(same.at("/swap/probability").doubleValue())
                .isCloseTo(same.at("/baseline/probability").doubleValue(), within(1e-5));
        assertThat(ask("--swap", other, "--control", "blank").out())
                .contains("With another picture", "that of --swap", "its mean colour");
    }

    /** A range of one layer is a window of size 1, and the widest is whole depth. */
    @Test
    void otherWindowsAreInJsonAndText() throws Exception {
        String[] options = {
            "--pathways",
            "image_to_last",
            "--keep",
            "image_to_last",
            "--keep-in",
            "windows",
            "--triangle",
            "image_to_last"
        };
        List<String> asJson = new ArrayList<>(List.of(options));
        asJson.add("--json");
        CommandRun run = ask(asJson.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.has("whole_depth")).isFalse();
        assertThat(json.get("kept")).hasSize(2);
        assertThat(json.at("/kept/1/intervention").asText()).isEqualTo("keep(image_to_last)");
        assertThat(json.at("/kept/1/k").intValue()).isEqualTo(3);
        assertThat(json.at("/kept/1/probability")).hasSize(10);
        assertThat(json.at("/kept/1").has("windows")).isFalse();
        assertThat(json.at("/triangle/0/windows")).hasSize(55);
        assertThat(json.at("/triangle/0/windows/54").toString()).isEqualTo("[9,9]");
        assertThat(json.at("/triangle/0").has("k")).isFalse();
        // Around layer 1, k = 3 holds layers 0 to 2.
        assertThat(json.at("/triangle/0/windows/2").toString()).isEqualTo("[0,2]");
        assertThat(json.at("/triangle/0/probability/2")).isEqualTo(json.at("/sweeps/0/probability/1"));

        CommandRun text = ask(options);
        assertThat(text.status()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("Kept around one layer, where p is lowest")
                .containsPattern("keep\\(.*\\), k = 3, at layer \\d")
                .containsPattern("image.{1,2}last cut in ranges of layers, where p is lowest")
                .containsPattern("1 layer, (\\d) to \\1 ")
                .containsPattern("10 layers, 0 to 9 ")
                .doesNotContain("In all layers at once");
        assertThat(text.out().lines()).allMatch(line -> line.length() <= 80);
    }

    /** Shares add up to the loss, and every row is there. */
    @Test
    void textHoldsTableAndDraws() {
        CommandRun run = ask(
                "--pathways",
                "question_text_to_last",
                "--keep",
                "image_to_last",
                "--joint",
                "image_to_question,image_to_last",
                "--control",
                "blank,random_sources");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("In all layers at once, masking zero", "of log-odds; kept alone: of ln p")
                .containsPattern("image.{1,2}last cut +\\S+  share of the loss \\S+")
                .containsPattern("image.{1,2}question \\+ image.{1,2}last cut +\\S+  interaction \\S+")
                .containsPattern("image.{1,2}last kept alone +\\S+")
                .contains("nothing kept", "its mean colour in place of every pixel")
                .containsPattern("question text.{1,2}last, k = 3: .* % at layer \\d; draws .* % \\(.* % to .* %\\)");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void nothingOfItUnlessAskedFor() {
        assertThat(ask("--json").out()).doesNotContain("whole_depth", "random_sources", "blank");
        assertThat(ask().out()).doesNotContain("In all layers", "draws", "mean colour");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--control swap | holds swap, but there is no other sample whose picture could be taken. Expected --swap FILE",
                "--swap none.png | none.png: does not exist",
                "--control random_sources | no pathway has as many other tokens to draw from"
            })
    void refuses(String options, String told) {
        CommandRun run = ask(options.split(" "));
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains(told);
    }
}
