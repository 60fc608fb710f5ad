package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.app.CommandRun;

/** {@code ask --head-set}: chosen heads silenced together, at the read-out row and at all rows, and what is refused. */
class AskHeadSetTest {
    private static CommandRun ask(String... more) {
        return RocketQuestion.ask(List.of("--pathways", "image_to_last", "--k", "3"), more);
    }

    private static JsonNode json(String... more) throws Exception {
        CommandRun run = ask(more);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("verified with the naive sweep");
        return new ObjectMapper().readTree(run.out());
    }

    /** A set of one head is that head alone; with all rows it is another number. */
    @Test
    void setsAreSilencedTogether() throws Exception {
        JsonNode alone = json("--heads", "--verify", "1", "--json").get("heads");
        JsonNode sets = json("--head-set", "3.1", "--head-set", "8.2, 3.1", "--verify", "1", "--json");
        assertThat(sets.has("heads")).isFalse();
        assertThat(sets.get("whole_depth")).hasSize(2);
        assertThat(sets.at("/whole_depth/0/intervention").asText()).isEqualTo("heads(3.1)");
        assertThat(sets.at("/whole_depth/1/intervention").asText()).isEqualTo("heads(3.1,8.2)");
        double one = sets.at("/whole_depth/0/probability").doubleValue();
        assertThat(one).isCloseTo(alone.at("/probability/3/1").doubleValue(), within(1e-6));
        JsonNode all = json("--head-set", "3.1", "--heads-at", "all", "--verify", "1", "--json");
        assertThat(all.at("/whole_depth/0/intervention").asText()).isEqualTo("heads_in_all_rows(3.1)");
        assertThat(all.at("/whole_depth/0/probability").doubleValue()).isNotCloseTo(one, within(1e-9));
    }

    @Test
    void people() {
        CommandRun run = ask("--head-set", "3.1,8.2", "--heads-at", "readout");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Heads silenced together at the read-out row")
                .contains("loss +")
                .doesNotContain("head 0", "In all layers at once");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--head-set 3-1 | heads as LAYER.HEAD, each once",
                "--head-set 3.1,3.1 | each once",
                "--head-set 3.1 --head-set 3.1 | holds 3.1 twice",
                "--head-set 3.4 | names head 3.4, which this model does not have. Expected layers 0 to 9, heads 0 to 3",
                "--head-set 10.0 | names head 10.0",
                "--heads-at all | is given without --head-set",
                "--heads-at all --heads | is given without --head-set",
                "--head-set 3.1 --heads-at some | --heads-at",
                "--head-curves | is given without --heads",
                "--head-curves --heads zero | needs samples to rank heads by",
                "--head-curves --head-set 3.1 | is given with --head-set",
                "--head-set 3.1 --heads mean | there are no other samples"
            })
    void refusesWhatItCannotDo(String options, String problem) {
        CommandRun run = ask(options.split(" "));
        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains(problem).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }
}
