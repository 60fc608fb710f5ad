package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;

/** Two settings or two pictures side by side: A, which is held, and B, which follows what is asked. */
@NeedsBrowser
class SideBySidePageTest extends PageOnExplorer {
    private static final String BOTH = SETTLED + " && document.querySelectorAll('#heldcurve svg').length > 0"
            + " && document.querySelectorAll('#heldslope text').length > 0";
    private static final String AXES = "JSON.stringify(['heldcurve', 'curve'].map(id =>"
            + " [...document.querySelectorAll('#' + id + ' text')].filter(t => t.textContent.includes('%'))"
            + ".map(t => [t.textContent, Math.round(t.getBoundingClientRect().top)])))";

    /** JavaScript writes 0.0 as 0. */
    private static final Comparator<JsonNode> NUMBERS = (one, other) ->
            one.isNumber() ? Double.compare(one.doubleValue(), other.doubleValue()) : one.equals(other) ? 0 : 1;

    @TempDir
    static Path views;

    @Override
    RunningExplorer explorer() throws Exception {
        return new RunningExplorer(Optional.empty(), List.of(), List.of(), Optional.of(views)).ready();
    }

    private void choose(String name, String value) {
        page.evaluate("document.querySelector('input[name=\"" + name + "\"][value=\"" + value + "\"]').click()");
    }

    /** One y axis for both, whatever each shows; what differs is said. */
    @Test
    void twoSettingsOfOneAnswer() throws Exception {
        open("", Viewport.DESKTOP);
        page.all("#hold").click();
        page.await(BOTH);
        choose("k", "9");
        choose("held.masking", "zero");
        page.await("document.getElementById('differ').innerText.includes('masking (zero; paper)')");
        assertThat(page.all("#differ").text()).contains("k (3; 9)", "all else is the same", "Both answer");
        page.await("!/traced/.test(document.getElementById('heldcurvenote').innerText)");
        JsonNode axes = RunningExplorer.JSON.readTree(page.evaluate(AXES).asText());
        assertThat(axes.get(0)).isNotEmpty().isEqualTo(axes.get(1));

        // What is saved names both, and either is what `ask --json` prints.
        page.evaluate("URL.createObjectURL = (make => blob => { blob.text().then(text => { window.written = text; });"
                + " return make.call(URL, blob); })(URL.createObjectURL)");
        page.all("#save [data-save=json]").click();
        page.await("window.written?.startsWith('{')");
        JsonNode saved =
                RunningExplorer.JSON.readTree(page.evaluate("window.written").asText());
        for (String side : List.of("A", "B")) {
            String masking = side.equals("A") ? "zero" : "paper";
            assertThat(saved.at("/" + side + "/name").asText()).contains("masking " + masking);
            JsonNode ask = explorer.ask("{\"picture\": \"e0\", \"question\": \""
                            + page.evaluate("document.getElementById('q').value")
                                    .asText()
                            + "\", \"prompt\": \"vqav2\", \"rows\": \"paper\", \"k\": \"1,3,5,7,9\", \"masking\": \""
                            + masking + "\", \"top\": \"5\", \"decode\": \"0\"}")
                    .path("ask");
            assertThat(saved.at("/" + side + "/ask/sweeps").equals(NUMBERS, ask.path("sweeps")))
                    .isTrue();
        }
        page.all("#save [data-save=csv]").click();
        page.await("window.written?.startsWith('side,')");
        assertThat(page.evaluate("window.written").asText()).contains("\r\nA,", "\r\nB,", ",3,zero,", ",9,paper,");
        page.all("#save [data-save=svg]").click();
        page.await("window.written?.startsWith('<svg')");
        assertThat(page.evaluate("window.written").asText()).contains(">A<", ">B<", "A: “", "B: “");
    }

    /** Another picture is B's; a link restores both, a page that is saved too, and they change places. */
    @Test
    void twoPictures() throws Exception {
        open("p=e0&q=What+colour+is+the+triangle%3F&prompt=vqav2&k=5&src=60-65&dst=70&path=own", Viewport.DESKTOP);
        page.await("document.querySelectorAll('#sayspick button').length === 5");
        String first = page.evaluate("document.getElementById('q').value").asText();
        page.all("#hold").click();
        page.await(BOTH);
        page.all("[data-pic=e1]").click();
        page.await("location.hash.includes('p=e1')");
        page.await(SETTLED + " && document.getElementById('differ').innerText.includes('example 2')");
        assertThat(page.all("#heldwho").text()).contains(first);
        assertThat(page.all("#heldsayspick").text()).contains("selection");
        page.evaluate("document.getElementById('heldcurve').focus()");
        page.press("End");
        page.press("Enter");
        page.await("document.getElementById('lock').innerText.includes('is locked')");
        page.await("/ it (still )?says/.test(document.getElementById('words').innerText)");
        String shown = page.all("#pair").text();
        String link = page.evaluate("location.href").asText();

        Page second = chromium().open(Viewport.DESKTOP);
        second.go(URI.create(link));
        second.await(BOTH);
        second.await("document.querySelectorAll('#heldsayspick button').length === 5");
        second.await("/ it (still )?says/.test(document.getElementById('words').innerText)");
        assertThat(second.all("#pair").text()).isEqualTo(shown);
        second.close();
        assertThat(second.trouble()).isEmpty();

        page.all("#save [data-save=page]").click();
        page.await("document.getElementById('saved').innerText !== ''");
        Page offline = chromium().open(Viewport.DESKTOP);
        offline.go(views.resolve("view-1.html").toUri());
        offline.await("document.querySelectorAll('#heldsayspick button').length === 5");
        offline.await("/ it (still )?says/.test(document.getElementById('words').innerText)");
        assertThat(offline.all("#pair").text()).isEqualTo(shown);
        offline.close();
        assertThat(offline.trouble()).isEmpty();

        page.all("#swap").click();
        page.await("document.getElementById('who').innerText.includes('" + first.replace("'", "\\'") + "')");
        page.await(BOTH);
        assertThat(page.evaluate("document.getElementById('q').value").asText()).isEqualTo(first);
        page.all("#unhold").click();
        page.await("document.getElementById('pair').hidden && !location.hash.includes('held')");
        assertThat(page.all("#curve svg path").count()).isPositive();
    }

    /** All of it is reached by Tab, and on a phone one stands below the other, none wider than the window. */
    @Test
    void byKeyboardAndOnAPhone() throws Exception {
        for (Viewport viewport : List.of(Viewport.DESKTOP, new Viewport(360, 800, true))) {
            open("", viewport);
            page.all("#hold").focus();
            page.press("Enter");
            page.await(BOTH + " && document.activeElement.id === 'unhold'");
            Set<String> reached = new HashSet<>();
            for (int i = 0; i < 25; i++) {
                page.press("Tab");
                reached.add(page.evaluate("document.activeElement.id || document.activeElement.name || ''")
                        .asText());
            }
            assertThat(reached).contains("held.k", "held.masking", "held.rows", "heldcurve", "k", "curve");
            assertThat(page.evaluate("document.documentElement.scrollWidth").intValue())
                    .isLessThanOrEqualTo(viewport.width());
            assertThat(page.all("#heldcurve").box().y()
                            < page.all("#curve").box().y())
                    .isEqualTo(viewport.width() < 1000);
            Path shots = Path.of("target", "explorer");
            Files.createDirectories(shots);
            page.fullScreenshot(shots.resolve("pair-" + viewport.width() + ".png"));
            nothingWentWrong();
        }
    }
}
