package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sightline.browser.Elements;
import sightline.browser.NeedsBrowser;
import sightline.browser.Viewport;

/** Parts of the picture on the explorer's page: a box that is drawn, and the region map. */
@NeedsBrowser
class BoxPageTest extends PageOnExplorer {
    /** On the shape that the first example's question is about. */
    private static final String ON_THE_SHAPE = "box=24,0,24,24";

    private static final String CUT =
            "!document.getElementById('boxes').classList.contains('old') && document.querySelectorAll('#box tbody tr').length >= 4";

    @Override
    RunningExplorer explorer() throws Exception {
        return new RunningExplorer(Optional.empty(), List.of(), List.of()).ready();
    }

    private JsonNode asked(String more) throws Exception {
        return explorer.ask("{\"picture\": \"e0\", \"question\": \""
                        + page.evaluate("document.getElementById('q').value").asText()
                        + "\", \"prompt\": \"vqav2\", \"rows\": \"paper\", \"pathways\": \"full_attention\", " + more
                        + "}")
                .path("ask");
    }

    private JsonNode region() throws Exception {
        String box = page.evaluate("decodeURIComponent(new URLSearchParams(location.hash.slice(1)).get('box'))")
                .asText();
        assertThat(box.split(",", -1)).hasSize(4);
        return asked("\"k\": \"1,3\", \"masking\": \"paper\", \"region\": [\"" + box + "\"], \"occlude\": true");
    }

    private static JsonNode whole(JsonNode ask, String name) {
        for (JsonNode one : ask.at("/regions/whole_depth")) {
            if (one.path("intervention").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name);
    }

    /** The numbers are those of {@code ask --json}, and the answer that comes instead is named. */
    @Test
    void aBoxIsDragged() throws Exception {
        open("", Viewport.DESKTOP);
        page.all("#pic").scrollTo();
        Elements.Box picture = page.all("#pic").box();
        page.drag(
                picture.x() + picture.width() * 0.55,
                picture.y() + 10,
                picture.x() + picture.width() * 0.95,
                picture.y() + picture.height() * 0.45);
        page.await(CUT);
        JsonNode ask = region();
        JsonNode box = whole(ask, "region_to_all");
        assertThat(box.at("/answer_measures/flip").booleanValue()).isTrue();
        String said = ask.at("/words/" + box.at("/top/0").asText()).asText();
        List<String> rows = page.all("#box tbody tr").texts();
        assertThat(rows.get(0))
                .startsWith("this box")
                .contains(number(box.path("probability").doubleValue()), said);
        JsonNode rest = whole(ask, "outside_to_all");
        assertThat(rows).anySatisfy(row -> assertThat(row)
                .startsWith("all but the box")
                .contains(number(rest.path("probability").doubleValue()), "same"));
        assertThat(page.all("#box").text()).contains("random, same area", "painted over", "question’s rows only");
    }

    private static String number(double p) {
        return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, p < 0.0995 ? "%.3f" : "%.2f", p);
    }

    /** What the box loses by layer stands beside the pathways, and goes with the box. */
    @Test
    void aBoxHasCurvesOfItsOwn() throws Exception {
        open("layer=8&measure=log-odds&" + ON_THE_SHAPE, Viewport.DESKTOP);
        page.await(CUT + " && document.getElementById('readout').innerText.includes('box→question')");
        JsonNode ask = region();
        double uncut = ask.at("/baseline/answer_measures/log_odds").doubleValue();
        for (JsonNode sweep : ask.path("sweeps")) {
            if (sweep.path("k").intValue() == 3) {
                double lost = sweep.at("/answer_measures/8/log_odds").doubleValue() - uncut;
                String name = sweep.path("pathway").asText().replace("region_to_", "box→");
                String nats = Math.abs(lost) < 0.005
                        ? "0"
                        : (lost < 0 ? "−" : "+")
                                + String.format(Locale.ROOT, Math.abs(lost) < 9.95 ? "%.2f" : "%.1f", Math.abs(lost));
                assertThat(page.all("#readout").text().replaceAll("\\s+", " ")).contains(name + " " + nats + " nats");
            }
        }
        page.all("[data-path=region_to_question]").click();
        page.await("document.getElementById('words').innerText.includes('box→question cut in layers 7–9')");
        assertThat(page.evaluate("location.hash").asText()).contains("path=region_to_question");

        page.all("#pic").focus();
        page.press("Backspace");
        page.await("!document.getElementById('readout').innerText.includes('box→')");
        assertThat(page.evaluate("location.hash").asText()).doesNotContain("box=", "path=region");
    }

    /** A link to a box's curve restores it. */
    @Test
    void aLinkNamesABoxesCurve() {
        open("path=region_to_question&layer=8&" + ON_THE_SHAPE, Viewport.DESKTOP);
        page.await("document.getElementById('words').innerText.includes('box→question cut')");
        assertThat(page.all("#sayspick .on").text()).isEqualTo("box→question");
    }

    private String box() {
        return page.evaluate("import('/assets/known.js').then(m => m.R.box.command)")
                .asText();
    }

    /** A question that is typed and not asked has no part in what is shown. */
    @Test
    void aBoxIsOfTheQuestionThatWasAnswered() {
        open("", Viewport.DESKTOP);
        String asked = page.evaluate("document.getElementById('q').value").asText();
        page.all("#q").focus();
        page.evaluate("document.getElementById('q').select()");
        page.type("How many shapes are there?");
        page.all("#pic").focus();
        page.press("ArrowLeft");
        page.await(CUT);
        assertThat(box()).contains(asked).doesNotContain("How many");
    }

    /** A box stands under the masking that is chosen, whatever was under way when that changed. */
    @Test
    void aBoxFollowsTheMasking() {
        open("", Viewport.DESKTOP);
        page.all("#pic").focus();
        page.press("ArrowLeft");
        page.await("location.hash.includes('box=')");
        page.evaluate("document.querySelector('input[name=masking][value=zero]').click()");
        page.await("location.hash.includes('masking=zero') && " + CUT
                + " && document.getElementById('readout').innerText.includes('box→question')");
        assertThat(box()).contains("--masking=zero");
        page.evaluate("document.querySelector('input[name=masking][value=paper]').click()");
        page.evaluate(
                "document.querySelector('#headgrid rect[data-l]').dispatchEvent(new MouseEvent('click', {bubbles: true}))");
        page.await("!location.hash.includes('masking=') && " + CUT
                + " && document.getElementById('headnote').innerText.includes('at all rows: log-odds')");
        assertThat(box()).contains("--masking=paper");
    }

    /** In the measure that is chosen: the strongest cell is that of the map's own numbers. */
    @Test
    void theMapFollowsTheMeasure() throws Exception {
        open("veil=map&measure=log-odds", Viewport.DESKTOP);
        page.await("document.getElementById('attn').innerText.includes('nats')");
        JsonNode ask = asked("\"k\": \"1\", \"masking\": \"zero\", \"map\": \"1\", \"map-to\": \"all\"");
        double most = Double.NEGATIVE_INFINITY;
        int flips = 0;
        for (JsonNode cell : ask.at("/regions/map/cells")) {
            most = Math.max(
                    most,
                    ask.at("/baseline/answer_measures/log_odds").doubleValue()
                            - cell.at("/answer_measures/log_odds").doubleValue());
            flips += cell.at("/answer_measures/flip").booleanValue() ? 1 : 0;
        }
        assertThat(page.all("#attn").text()).contains(String.format(Locale.ROOT, "by %.2f", most));
        page.evaluate("document.querySelector('input[name=measure][value=flip]').click()");
        page.await("document.getElementById('attn').innerText.includes('changes the answer')");
        assertThat(flips).isZero();
        page.evaluate("document.querySelector('input[name=measure][value=change]').click()");
        page.await("document.getElementById('attn').innerText.includes('lowers p')");
    }

    /** A row of a run whose flips count the end is asked with it; so is its link. */
    @Test
    void whatAFlipIsGoesAlong() {
        open("ends=1", Viewport.DESKTOP);
        assertThat(page.evaluate("import('/assets/known.js').then(m => m.R.curves.paper.command)")
                        .asText())
                .contains("--flip-end");
    }
}
