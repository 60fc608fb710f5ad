package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.app.CommandRun;
import sightline.browser.Elements;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;
import sightline.dataset.Dataset;
import sightline.training.DemoCheckpoint;
import sightline.world.DemoDatasets;

/** What a person does on the page. */
@NeedsBrowser
class ExplorerPageTest extends PageOnExplorer {

    @TempDir
    static Path folder;

    /** A run of eight samples of the demo's world, by the demo's model. */
    @Override
    RunningExplorer explorer() throws Exception {
        Path checkpoint = folder.resolve("checkpoint");
        DemoCheckpoint.writeTo(checkpoint);
        DemoDatasets.Written data = DemoDatasets.write(folder.resolve("data"), 70_000_000, 6, 2, drawn -> {})
                .get(Dataset.VQAV2);
        CommandRun study = CommandRun.of(
                "study",
                "vqav2",
                "--model",
                checkpoint.toString(),
                "--device",
                "cpu",
                "--dtype",
                "float32",
                "--k",
                "3",
                "--images",
                data.images().toString(),
                "--annotations",
                data.annotations().toString(),
                "--questions",
                data.questions().orElseThrow().toString(),
                "--out",
                folder.resolve("study").toString());
        assertThat(study.status()).as(study.err()).isZero();
        return new RunningExplorer(
                        Optional.empty(),
                        List.of(folder.resolve("study")),
                        List.of(data.images()),
                        Optional.of(Files.createDirectories(folder.resolve("views"))))
                .ready();
    }

    private long asked() {
        return page.requests().stream()
                .filter(address -> address.endsWith("/api/ask"))
                .count();
    }

    /** Waits until the stages that go on in the background are told too, and nothing more is asked. */
    private void quiet() throws InterruptedException {
        long since = System.nanoTime();
        long before = 0;
        while (before < 3 || System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
            Thread.sleep(20);
            long told = page.evaluate(
                            "performance.getEntriesByType('resource').filter(e => e.name.endsWith('/api/ask')).length")
                    .longValue();
            if (told != before || told != asked()) {
                since = System.nanoTime();
                before = told;
            }
        }
    }

    @Test
    void asksAQuestionOfItsOwn() {
        open("", Viewport.DESKTOP);
        page.evaluate("document.getElementById('q').select()");
        page.all("#q").focus();
        page.evaluate("document.getElementById('q').select()");
        page.type("What colour is the triangle?");
        page.press("Enter");
        page.await("location.hash.includes('triangle')");
        page.await(SETTLED);
        assertThat(page.all("#ans .big").text()).isEqualTo("dark green");
        assertThat(page.all("#ans").text()).contains("p = ");
        assertThat(page.all("#curve svg path").count()).isPositive();
        assertThat(page.all("#lenstable tr").count()).isGreaterThan(15);
    }

    /** Of the numbers at hand a choice asks nothing, and shows them at once. */
    @Test
    void switchesRedrawWithoutAsking() throws Exception {
        open("", Viewport.DESKTOP);
        quiet();
        long before = asked();
        for (String choice : List.of("k=9", "measure=log-odds", "measure=change", "masking=zero", "k=1")) {
            String[] named = choice.split("=", -1);
            double spent = page.evaluate("(() => { const i = document.querySelector('input[name=" + named[0]
                            + "][value=\"" + named[1] + "\"]'); const t = performance.now(); i.click();"
                            + " document.body.offsetHeight; return performance.now() - t; })()")
                    .doubleValue();
            assertThat(spent)
                    .as(choice)
                    .isLessThan(1000); // 50 ms on a quiet machine; docs/explorer.md has what was measured
            page.await("location.hash.includes('" + (choice.equals("measure=change") ? "k=9" : choice) + "')");
        }
        assertThat(asked()).isEqualTo(before);
    }

    /** Back to a row reading that was there before: its curves are kept, and stand at once. */
    @Test
    void curvesOfAnotherRowReadingAreKept() throws Exception {
        open("layer=0", Viewport.DESKTOP);
        quiet();
        String readout = page.all("#readout").text();
        for (String rows : List.of("meta", "paper")) {
            page.evaluate("document.querySelector('input[name=rows][value=" + rows + "]').click()");
            page.await(rows.equals("meta") ? "location.hash.includes('rows=meta')" : "!location.hash.includes('rows')");
            page.await("!document.body.classList.contains('waiting')");
            page.await(SETTLED);
        }
        assertThat(page.all("#readout").text()).isEqualTo(readout);
        boolean faded = page.evaluate("(() => { document.querySelector('input[name=rows][value=meta]').click();"
                        + " return document.body.classList.contains('waiting'); })()")
                .booleanValue();
        assertThat(faded).isFalse();
        page.await(
                "!document.body.classList.contains('dated') && document.querySelectorAll('#headgrid rect').length > 0");
    }

    @Test
    void aLayerIsPreviewedLockedAndUnlocked() {
        open("", Viewport.DESKTOP);
        Elements.Box curve = page.all("#curve").box();
        page.all("#curve").hover();
        page.await("/Layer \\d+/.test(document.getElementById('readout').innerText)");
        String previewed = page.all("#readout .at").text();
        page.move(curve.x() + 80, page.all("#curve").box().y() + 60);
        page.await(
                "document.querySelector('#readout .at').innerText !== " + "'" + previewed.replace("\n", "\\n") + "'");
        page.all("#curve").click();
        page.await("document.getElementById('lock').innerText.includes('is locked')");
        assertThat(page.evaluate("location.hash").asText()).contains("layer=");
        page.all("#unlock").click();
        page.await("!location.hash.includes('layer=')");
    }

    /** What the page says of a cut of one's own is what the library found. */
    @Test
    void tokensAreCutFromTokens() throws Exception {
        open("", Viewport.DESKTOP);
        quiet();
        page.all("#roles [data-n='5']").click();
        page.all("#roles [data-n='6']").click();
        page.await("location.hash.includes('src=5-6')");
        page.await("/cut in|no window/i.test(document.getElementById('cut').innerText)");
        String csv = page.evaluate("fetch('/api/state').then(() => document.getElementById('cut').innerText)")
                .asText();
        assertThat(csv).contains("2 tokens").contains("the last position");
    }

    /** A prompt token's attention over the picture is the library's of that row, and a link restores it. */
    @Test
    void aPromptTokenShowsItsAttention() throws Exception {
        open("", Viewport.DESKTOP);
        quiet();
        long before = asked();
        page.all("[name='set'][value='look']").click();
        page.all("#roles [data-n='6']").click();
        page.await("document.getElementById('attn').innerText.includes('token 6')");
        assertThat(asked()).isEqualTo(before + 1);
        assertThat(page.evaluate("location.hash").asText()).contains("look=6");
        String told = page.all("#attn").text();
        page.reload();
        page.await(SETTLED);
        page.await("document.getElementById('attn').innerText.includes('token 6')");
        assertThat(page.all("#attn").text()).isEqualTo(told);
        page.all("#unlook").click();
        page.await("!location.hash.includes('look=')");
        assertThat(page.all("#attn").text()).contains("the last position");
    }

    @Test
    void escapeGivesAQuestionUp() throws Exception {
        open("", Viewport.DESKTOP);
        quiet();
        page.all("#q").focus();
        page.evaluate("document.getElementById('q').select()");
        page.type("How many shapes are there?");
        page.press("Enter");
        page.press("Escape");
        page.await("!document.getElementById('progress').innerText.includes('Esc cancels')");
        page.press("Enter");
        page.await("location.hash.includes('How+many')");
        page.await(SETTLED);
    }

    @Test
    void aSampleOfARunOpens() {
        open("", Viewport.DESKTOP);
        page.all("#runs").scrollTo();
        page.evaluate("[...document.querySelectorAll('#runs input[name=run]')].find(i => i.value === '0').click()");
        page.await("document.querySelectorAll('#rows [data-row]').length > 0");
        page.all("#rows").focus();
        page.press("ArrowDown");
        page.press("Enter");
        page.await("location.hash.includes('p=r0-')");
        page.await(SETTLED);
        String question = page.all("#q").evaluate("e => e.value").asText();
        assertThat(page.all("#rows .on").text()).contains(question.substring(0, 8));
        page.await("document.getElementById('img').naturalWidth > 0");
    }

    /** The field of the run's filter is not made anew under the hand that types. */
    @Test
    void theFilterOfARunIsTyped() {
        open("run=0", Viewport.DESKTOP);
        page.await("document.querySelectorAll('#rows [data-row]').length > 0");
        page.all("#find").click();
        page.typeSlowly("shape");
        assertThat(page.evaluate("document.getElementById('find').value").asText())
                .isEqualTo("shape");
        assertThat(page.all("#rows [data-row]").texts()).isNotEmpty().allMatch(row -> row.toLowerCase(Locale.ROOT)
                .contains("shape"));
        page.press("Home");
        page.typeSlowly("no such ");
        page.await("document.getElementById('runsnote').innerText.includes('No sample')");
        page.await("location.hash.includes('find=no+such+shape')");
    }

    @Test
    void aLinkRestoresTheViewInASecondWindow() {
        open("", Viewport.DESKTOP);
        page.all("#curve").focus();
        page.press("Home");
        page.press("ArrowRight");
        page.press("ArrowRight");
        page.press("Enter");
        page.await("location.hash.includes('layer=2')");
        page.evaluate("document.querySelector('input[name=k][value=\"5\"]').click()");
        page.await("location.hash.includes('k=5')");
        String link = page.evaluate("location.href").asText();
        String readout = page.all("#readout").text();
        Page first = page;
        Page second = chromium().open(Viewport.DESKTOP);
        second.go(URI.create(link));
        second.await(SETTLED);
        assertThat(second.all("#readout").text()).isEqualTo(readout);
        assertThat(second.all("#lock").text()).contains("Layer 2 is locked");
        assertThat(second.trouble()).isEmpty();
        second.close();
        page = first;
    }

    /** A saved page opens without the server, shows the same, and says that it cannot ask. */
    @Test
    void aSavedPageOpensOffline() throws Exception {
        open("k=5", Viewport.DESKTOP);
        quiet();
        String answer = page.all("#ans").text();
        String readout = page.all("#readout").text();
        page.all("#save [data-save=page]").click();
        Path saved = folder.resolve("views").resolve("view-1.html");
        page.await("document.getElementById('saved').innerText !== ''");
        assertThat(saved).exists();
        String html = Files.readString(saved);
        assertThat(html).doesNotContain("src=\"http", "href=\"http", "src=\"/assets");
        Page offline = chromium().open(Viewport.DESKTOP);
        offline.go(saved.toUri());
        offline.await("document.getElementById('ans').innerText.includes('p = ')");
        assertThat(offline.all("#ans").text()).isEqualTo(answer);
        assertThat(offline.all("#readout").text()).isEqualTo(readout);
        offline.evaluate("document.querySelector('input[name=k][value=\"9\"]').click()");
        offline.await("document.querySelectorAll('#headgrid rect').length > 0");
        offline.evaluate("document.querySelector('input[name=rows][value=meta]').click()");
        offline.await("document.getElementById('lensnote').innerText.includes('not in this saved page')");
        assertThat(offline.all("#readout").text()).contains("Layer", "%");
        assertThat(offline.all("#error").text()).isEmpty();
        assertThat(offline.trouble()).isEmpty();
        assertThat(offline.requests()).noneMatch(address -> address.startsWith("http"));
        offline.close();
    }

    /** Tab reaches every control, in the order of the page. */
    @Test
    void theKeyboardAloneIsEnough() {
        open("", Viewport.DESKTOP);
        page.evaluate("document.activeElement.blur()");
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < 90; i++) {
            page.press("Tab");
            reached.add(page.evaluate("document.activeElement.id || document.activeElement.name"
                            + " || (document.activeElement.closest('[id]') || {}).id || ''")
                    .asText());
        }
        assertThat(reached).contains("q", "go", "k", "masking", "measure", "curve", "pic", "headgrid", "run");
    }

    /** Nothing is wider than the window, by day and by night. */
    @ParameterizedTest
    @ValueSource(ints = {360, 390, 768, 1280, 2560})
    void fitsEveryWidth(int width) throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            Viewport viewport = new Viewport(width, 900, dark);
            open("box=8,8,32,32", viewport);
            page.await("!document.getElementById('boxes').classList.contains('old')");
            assertThat(page.evaluate("document.documentElement.scrollWidth").intValue())
                    .isLessThanOrEqualTo(width);
            Path shots = Path.of("target", "explorer");
            Files.createDirectories(shots);
            page.fullScreenshot(shots.resolve(width + (dark ? "-dark" : "-light") + ".png"));
            if (!dark) {
                page.close();
                assertThat(page.trouble()).isEmpty();
            }
        }
    }

    /** What was asked for by the page is what `ask --json` says: the curves' file has its numbers. */
    @Test
    void theCurvesAreThoseOfTheResult() throws Exception {
        open("k=3", Viewport.DESKTOP);
        JsonNode ask = explorer.ask("{\"picture\": \"e0\", \"question\": \""
                        + page.evaluate("document.getElementById('q').value").asText()
                        + "\", \"prompt\": \"vqav2\", \"rows\": \"paper\", \"k\": \"1,3,5,7,9\", \"masking\": \"paper\","
                        + " \"top\": \"5\", \"decode\": \"0\"}")
                .path("ask");
        double p = ask.at("/baseline/probability").doubleValue() + 1e-5;
        for (JsonNode sweep : ask.path("sweeps")) {
            if (sweep.path("k").intValue() == 3
                    && sweep.path("pathway").asText().equals("question_to_last")) {
                page.all("#curve").focus();
                page.press("Home");
                double change = (sweep.at("/probability/0").doubleValue() - p + 1e-5) / p * 100;
                String wanted = Math.abs(change) < 0.05
                        ? "0"
                        : (change < 0 ? "−" : "+")
                                + (Math.abs(change) >= 9.95
                                        ? String.format(Locale.ROOT, "%.0f", Math.abs(change))
                                        : String.format(Locale.ROOT, "%.1f", Math.abs(change)));
                page.await("document.querySelector('#readout .at').innerText.includes('Layer 0')");
                assertThat(page.all("#readout").text()).contains(wanted + " %");
            }
        }
    }
}
