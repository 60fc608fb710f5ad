package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

/** {@code ask --foil --foil-choices}: as text, as JSON, and what is refused. */
class AskFoilTest {
    private static CommandRun ask(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "ask",
                "--model",
                CommandRun.TINY10,
                "--image",
                CommandRun.image("small_50x50.png"),
                "--question",
                "What colour is the rocket?",
                "--dtype",
                "float32",
                "--k",
                "3",
                "--pathways",
                "image_to_last"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static JsonNode json(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--json");
        CommandRun run = ask(options.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    /** The likeliest of two is as far off as the nearer one, wherever it is read. */
    @Test
    void jsonTellsWhichFoilsWereMeasured() throws Exception {
        JsonNode both = json("--answer", "b", "--foil", "a", "--foil", "c");
        JsonNode one = json("--answer", "b", "--foil", "a");
        JsonNode other = json("--answer", "b", "--foil", "c");
        JsonNode usual = json("--answer", "b");
        assertThat(both.at("/baseline/measures/foils")).hasSize(2);
        assertThat(both.at("/baseline/measures/foils/0")).isEqualTo(one.at("/baseline/measures/foils/0"));
        assertThat(usual.at("/baseline/measures").has("foils")).isFalse();
        String place = "/sweeps/0/measures/foil/0/";
        for (int layer = 0; layer < 10; layer++) {
            assertThat(both.at(place + layer).doubleValue())
                    .isEqualTo(
                            Math.min(
                                    one.at(place + layer).doubleValue(),
                                    other.at(place + layer).doubleValue()),
                            within(1e-9));
        }
        assertThat(both.at("/sweeps/0/probability")).isEqualTo(usual.at("/sweeps/0/probability"));
    }

    @Test
    void choicesAreFoilsOfEachOther() throws Exception {
        JsonNode json = json(
                "--prompt",
                "visual7w",
                "--choice",
                "a",
                "--choice",
                "b",
                "--choice",
                "c",
                "--choice",
                "d",
                "--answer",
                "b",
                "--foil-choices");
        assertThat(json.at("/baseline/measures/foils")).hasSize(3);
    }

    /** Choices that begin alike: the margin is of whole answers, and those of the first tokens' sums. */
    @Test
    void choicesThatBeginAlikeAreHeldAgainstEachOtherAsAWhole() throws Exception {
        String[] asked = "--prompt visual7w --choice a~b --choice a~c --choice c --choice d --foil-choices --answer a~b"
                .split(" ");
        JsonNode json =
                json(Arrays.stream(asked).map(word -> word.replace('~', ' ')).toArray(String[]::new));
        assertThat(json.at("/baseline/measures").has("foils")).isFalse();
        assertThat(json.at("/baseline/measures/whole_foils")).hasSize(3);
        double best = Double.NEGATIVE_INFINITY;
        for (String other : List.of("a c", "c", "d")) {
            asked[asked.length - 1] = other;
            JsonNode its = json(
                    Arrays.stream(asked).map(word -> word.replace('~', ' ')).toArray(String[]::new));
            best = Math.max(best, sum(its.at("/sweeps/0/measures/log_p"), 4));
        }
        assertThat(json.at("/sweeps/0/measures/foil/0/4").doubleValue())
                .isEqualTo(sum(json.at("/sweeps/0/measures/log_p"), 4) - best, within(1e-4));
    }

    private static double sum(JsonNode tokens, int layer) {
        double sum = 0;
        for (JsonNode token : tokens) {
            sum += token.get(layer).doubleValue();
        }
        return sum;
    }

    @Test
    void textSaysWhichFoilWasMeasured() {
        CommandRun run = ask("--answer", "b", "--foil", "a");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .containsPattern(
                        "First token against the foil .a.: \\S+ nats uncut; image.{1,2}last \\S+ at layer \\d, k = 3\\.");
        assertThat(ask("--answer", "b").out()).doesNotContain("First token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--answer b --foil bc --foil b | is the answer itself",
                "--answer b --foil-choices | is given, but there are no choices",
                "--answer b --foil a --foil-choices | is given beside --foil",
                "--answer b --prompt visual7w --choice a --choice c --choice d --choice e --foil-choices | none of the choices begins as the answer"
            })
    void refuses(String options, String told) {
        CommandRun run = ask(options.split(" "));
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains(told).hasLineCount(1);
    }
}
