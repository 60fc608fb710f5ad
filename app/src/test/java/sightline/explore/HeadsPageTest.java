package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import sightline.browser.Elements;
import sightline.browser.NeedsBrowser;
import sightline.browser.Viewport;

/** Which pathway, layer and head the page shows, and that it says which. */
@NeedsBrowser
class HeadsPageTest extends PageOnExplorer {

    @Override
    RunningExplorer explorer() throws Exception {
        return new RunningExplorer().ready();
    }

    private void open(String view) {
        open(view, Viewport.DESKTOP);
    }

    private JsonNode ask(String more) throws Exception {
        return explorer.ask("{\"picture\": \"e0\", \"question\": \""
                        + page.evaluate("document.getElementById('q').value").asText()
                        + "\", \"prompt\": \"vqav2\", \"rows\": \"paper\", \"masking\": \"paper\", " + more + "}")
                .path("ask");
    }

    private String hash() {
        return page.evaluate("location.hash").asText();
    }

    /** As a run's row does, the page opens at the pathway from the picture whose loss is largest; a link says which. */
    @Test
    void opensAtTheStrongestPathwayFromThePicture() throws Exception {
        open("");
        String strongest = "";
        double lowest = 2;
        for (JsonNode sweep : ask("\"k\": \"3\", \"pathways\": \"image_to_last,image_to_question\"")
                .path("sweeps")) {
            for (JsonNode p : sweep.path("probability")) {
                if (p.doubleValue() < lowest) {
                    lowest = p.doubleValue();
                    strongest = sweep.path("pathway").asText();
                }
            }
        }
        assertThat(page.all("#sayspick .on").evaluate("e => e.dataset.path").asText())
                .isEqualTo(strongest);
        assertThat(hash()).contains("path=" + strongest);
        page.close();
        open("path=last_to_last");
        assertThat(page.all("#sayspick .on").text()).isEqualTo("last\u2192last");
    }

    /** A head's loss at the last position stands beside its loss at all rows, which is `ask`'s; a link restores it. */
    @Test
    void aHeadIsSilencedAtAllRows() throws Exception {
        open("");
        page.all("#headgrid [data-l='8'][data-h='1']").click();
        page.await("document.getElementById('headnote').innerText.includes('; at all rows: ')");
        JsonNode ask =
                ask("\"k\": \"1\", \"pathways\": \"full_attention\", \"head-set\": [\"8.1\"], \"heads-at\": \"all\"");
        double loss = ask.at("/whole_depth/0/answer_measures/log_odds").doubleValue()
                - ask.at("/baseline/answer_measures/log_odds").doubleValue();
        String said = (loss < 0 ? "\u2212" : "+") + String.format(Locale.ROOT, "%.2f", Math.abs(loss));
        assertThat(page.all("#headnote").text())
                .contains("silenced at the last position", "at all rows: log-odds " + said + " nats");
        String link = hash();
        page.close();
        open(link.substring(1));
        page.await("document.getElementById('headnote').innerText.includes('at all rows: log-odds " + said + "')");
    }

    /** Where the strongest pathway ends in rows before the last, the page says so and silences the layer's heads there. */
    @Test
    void aLayersHeadsAreSilencedAtAllRows() {
        open("layer=8");
        assertThat(page.all("#headnote").text()).contains("image\u2192question takes most", "the last position alone");
        page.all("#headnote [data-silence='8']").click();
        page.await("document.getElementById('headnote').innerText.includes('all 4 together')");
        assertThat(page.all("#headnote").text()).contains("8.0", "8.1", "8.2", "8.3");
    }

    /** A locked layer that reads the picture is the veil's too, unless another is chosen. */
    @Test
    void aLockedLayerIsTheVeils() {
        open("layer=8");
        assertThat(page.evaluate("document.querySelector('input[name=alayer]:checked').value")
                        .asText())
                .isEqualTo("8");
        assertThat(page.all("#attn").text()).contains("Layer 8 is locked");
        page.evaluate("document.querySelector('input[name=alayer][value=\"3\"]').click()");
        page.await("location.hash.includes('alayer=3')");
        assertThat(page.all("#attn").text()).doesNotContain("locked");
    }

    /** Of a prompt token there are means over heads alone. */
    @Test
    void aTokensAttentionIsAMean() {
        open("look=6");
        page.await("document.getElementById('attn').innerText.includes('token 6')");
        assertThat(page.all("#ctl").text()).contains("mean only");
        assertThat(page.all("input[name=ahead]").count()).isZero();
    }

    /** The first target that is chosen takes the place of the last position, which stood for one. */
    @Test
    void theFirstTargetReplacesTheUsualOne() {
        open("");
        page.all("#roles [data-n='5']").click();
        page.await("location.hash.includes('dst=')");
        page.all("input[name=set][value=dst]").click();
        page.all("#roles [data-n='9']").click();
        page.await("location.hash.includes('dst=9') && !location.hash.includes('dst=9,')");
        assertThat(page.all("#cut").text()).contains("\u00b7image \u2192 target \u00b7this");
    }

    /** Another question that the demo's model knows is a click away. */
    @Test
    void anotherQuestionAboutThePicture() {
        open("");
        Elements others = page.all("#others button");
        List<String> questions = others.texts();
        assertThat(questions).isNotEmpty();
        others.click();
        page.await("document.getElementById('q').value === " + quoted(questions.get(0)));
        page.await(SETTLED);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }

    /** A swipe up or down over the picture is the page's. */
    @Test
    void thePictureScrolls() {
        open("");
        assertThat(page.evaluate("getComputedStyle(document.getElementById('pic')).touchAction")
                        .asText())
                .isEqualTo("pan-y");
    }
}
