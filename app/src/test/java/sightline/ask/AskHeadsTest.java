package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.app.CommandRun;

/** {@code ask --heads}: as text, as JSON, and what is refused. */
class AskHeadsTest {
    private static CommandRun ask(String... more) {
        return RocketQuestion.ask(List.of("--pathways", "image_to_last", "--k", "3"), more);
    }

    /** The largest in the table is the largest of the JSON. */
    @Test
    void textAndJson() throws Exception {
        CommandRun run = ask("--heads", "--verify", "1", "--json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("verified with the naive sweep");
        JsonNode heads = new ObjectMapper().readTree(run.out()).get("heads");
        assertThat(heads.get("fill").asText()).isEqualTo("zero");
        assertThat(heads.get("log_odds_loss")).hasSize(10);
        double most = 0;
        String place = "";
        for (int layer = 0; layer < 10; layer++) {
            assertThat(heads.get("log_odds_loss").get(layer)).hasSize(4);
            assertThat(heads.get("probability").get(layer)).hasSize(4);
            for (int head = 0; head < 4; head++) {
                double loss = heads.get("log_odds_loss").get(layer).get(head).doubleValue();
                place = loss > most ? "layer " + layer + " +" + head : place;
                most = Math.max(most, loss);
            }
        }
        double uncut = new ObjectMapper()
                .readTree(run.out())
                .at("/baseline/answer_measures/log_odds")
                .doubleValue();
        double p = heads.at("/probability/3/1").doubleValue();
        assertThat(p).isBetween(0.0, 1.0);
        assertThat(heads.at("/log_odds_loss/3/1").doubleValue()).isNotCloseTo(uncut, within(1e-9));
        CommandRun text = ask("--heads", "zero");
        assertThat(text.out())
                .contains("Loss of log-odds, in nats", "  head 3")
                .containsPattern(place + " +%.2f".formatted(most).replace(".", "\\."));
        assertThat(text.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void nothingOfItUnlessAskedFor() {
        assertThat(ask("--json").out()).doesNotContain("\"heads\"");
        assertThat(ask().out()).doesNotContain("head 0");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        CommandRun run = ask("--heads", "one");
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("--heads", "one");
        List<List<String>> pictures = List.of(List.of(), List.of("--swap", CommandRun.image("astronaut.png")));
        for (List<String> other : pictures) {
            List<String> options = new ArrayList<>(List.of("--heads", "mean"));
            options.addAll(other);
            CommandRun mean = ask(options.toArray(String[]::new));
            assertThat(mean.status()).isNotZero();
            assertThat(mean.err()).contains("--heads: is mean, but there are no other samples");
        }
    }
}
