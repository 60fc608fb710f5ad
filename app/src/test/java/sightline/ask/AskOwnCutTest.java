package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.app.CommandRun;

/** {@code ask --cut} and {@code --top}. */
class AskOwnCutTest {
    private static JsonNode sweeps(String... more) throws Exception {
        CommandRun run = RocketQuestion.ask(List.of("--pathways", "question_text_to_last", "--k", "3", "--json"), more);
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out()).get("sweeps");
    }

    /** By name, and by the numbers of the question's tokens, a cut of one's own is the named pathway. */
    @Test
    void isTheNamedPathwayWhereItCutsTheSame() throws Exception {
        JsonNode named = sweeps("--cut", "question_text:last");
        assertThat(named).hasSize(2);
        assertThat(named.get(1).get("pathway").asText()).isEqualTo("question_text_to_last");
        assertThat(named.get(1).get("probability")).isEqualTo(named.get(0).get("probability"));
        String rows = "6-11";
        JsonNode numbered = sweeps("--cut", rows + ":last", "--verify", "1");
        assertThat(numbered.get(1).get("pathway").asText()).isEqualTo(rows + "_to_last");
        assertThat(numbered.get(1).get("probability"))
                .isNotEqualTo(numbered.get(0).get("probability"));
    }

    /** Single tokens in the list and all of them as ranges are one cut. */
    @Test
    void numbersAndRangesAreRows() throws Exception {
        JsonNode cuts = sweeps("--cut", "6,7,8:last", "--cut", "6-8:last", "--cut", "image:6-8");
        assertThat(cuts.get(1).get("probability")).isEqualTo(cuts.get(2).get("probability"));
        assertThat(cuts.get(3).get("probability")).isNotEqualTo(cuts.get(2).get("probability"));
    }

    /** The picture and text together are one cut, by either sweep. */
    @Test
    void thePictureAndTextAreOneSource() throws Exception {
        String cut = "image,question_text:last";
        JsonNode shared = sweeps("--cut", cut, "--cut", "image:last", "--cut", "image,6-11:last");
        JsonNode naive = sweeps("--cut", cut, "--cut", "image:last", "--cut", "image,6-11:last", "--strategy", "naive");
        assertThat(shared.get(1).get("pathway").asText()).isEqualTo("image,question_text_to_last");
        assertThat(shared.get(1).get("probability"))
                .isNotEqualTo(shared.get(0).get("probability"))
                .isNotEqualTo(shared.get(2).get("probability"));
        for (int sweep = 1; sweep < 4; sweep++) {
            for (int layer = 0; layer < 10; layer++) {
                double p = naive.get(sweep).get("probability").get(layer).doubleValue();
                assertThat(shared.get(sweep).get("probability").get(layer).doubleValue())
                        .isCloseTo(p, within(1e-4 * p)); // of sums in another order
            }
        }
    }

    @Test
    void theLikeliestUnderACutIsWhatIsSaid() throws Exception {
        CommandRun run = RocketQuestion.ask("--pathways", "image_to_last", "--k", "3", "--top", "4", "--json");
        JsonNode json = new ObjectMapper().readTree(run.out());
        JsonNode sweep = json.get("sweeps").get(0);
        assertThat(sweep.at("/top/token")).hasSize(2);
        for (int token = 0; token < 2; token++) {
            for (int layer = 0; layer < 10; layer++) {
                JsonNode ids = sweep.at("/top/token/" + token + "/" + layer);
                JsonNode p = sweep.at("/top/p/" + token + "/" + layer);
                assertThat(ids).hasSize(4);
                assertThat(ids.get(0)).isEqualTo(sweep.at("/measures/top/" + token + "/" + layer));
                assertThat(p.get(0).doubleValue())
                        .isGreaterThanOrEqualTo(p.get(3).doubleValue());
                ids.forEach(id -> assertThat(json.get("words").has(id.asText())).isTrue());
            }
        }
        assertThat(RocketQuestion.ask("--k", "3", "--json").out()).doesNotContain("\"top\":{", "\"words\"");
    }

    @Test
    void refusesWhatIsNoCut() {
        for (String cut : List.of(
                "last",
                "6-8",
                "6-8:",
                ":last",
                "8-6:last",
                "6-8:last:1",
                "x:last",
                "6-8:image",
                "-1:last",
                "image,:last",
                "image,image:last",
                "6,image:last",
                "6:begin",
                "99999999:last")) {
            CommandRun run = RocketQuestion.ask("--cut", cut);
            assertThat(run.status()).as(cut).isEqualTo(2);
            assertThat(run.err()).as(cut).startsWith("sightline: --cut: is ").contains(cut);
            assertThat(run.err().lines()).hasSize(1);
        }
        assertThat(RocketQuestion.ask("--cut", "6-500:last").err()).contains("numbers from 0 to ");
        assertThat(RocketQuestion.ask("--cut", "6:last", "--cut", "6:last").err())
                .contains("twice");
        assertThat(RocketQuestion.ask("--top", "101").err()).contains("--top: is '101'. Expected at most 100");
    }
}
