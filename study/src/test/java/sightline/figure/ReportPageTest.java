package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.Bootstrap;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.MeanCurve;
import sightline.analysis.Metric;
import sightline.analysis.PublishedResults;
import sightline.analysis.StudySummary;
import sightline.analysis.TracedDataset;
import sightline.analysis.View;

/** The page in a real browser: what it draws, what its switches change, and that it asks no network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)> {{script}} $1 \\u003c";
    /** All that a panel draws. */
    private static final String DRAWN =
            "el => [...el.querySelectorAll('svg path')].map(p => p.getAttribute('d')).join()";

    @TempDir
    static Path folder;

    private final List<String> trouble = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private Chromium chromium;
    private StudySummary study;
    private Path report;
    private BrowserContext context;

    @BeforeAll
    void write() throws IOException {
        List<Path> runs = Reports.runs(folder, 20, List.of(1, 3, 9), List.of("paper", "zero"), 120);
        String line = Files.readAllLines(runs.get(0).resolve("samples.jsonl")).get(0);
        Files.writeString(
                runs.get(0).resolve("samples.jsonl"),
                line.replaceFirst(
                                "\"question\":\"[^?]*\\?\"",
                                "\"question\":\""
                                        + java.util.regex.Matcher.quoteReplacement(HOSTILE.replace("\\", "\\\\"))
                                        + "\"")
                        + "\n",
                StandardOpenOption.APPEND);
        study = Reports.summary(runs);
        Report.write(study, folder.resolve("out"), FigureStyle.SIGHTLINE);
        report = folder.resolve("out/report.html");
        chromium = new Chromium();
    }

    @AfterAll
    void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void nothingWentWrong() {
        context.close();
        assertThat(trouble).isEmpty();
        assertThat(requests)
                .as("the page itself and nothing else")
                .hasSize(1)
                .allMatch(url -> url.startsWith("file:") && url.endsWith("/report.html"));
    }

    @BeforeEach
    void begin() {
        trouble.clear();
        requests.clear();
    }

    private Page open(UnaryOperator<Browser.NewContextOptions> options) {
        return open(report, options);
    }

    private Page open(Path file, UnaryOperator<Browser.NewContextOptions> options) {
        context = chromium.browser().newContext(options.apply(new Browser.NewContextOptions().setOffline(true)));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                trouble.add(message.text());
            }
        });
        page.onPageError(trouble::add);
        page.onDialog(dialog -> {
            trouble.add("dialog " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(file.toUri().toString());
        return page;
    }

    private Page open() {
        return open(options -> options.setViewportSize(1280, 900));
    }

    private static void choose(Page page, String name, String value) {
        page.locator("label:has(input[name=" + name + "][value=\"" + value + "\"])")
                .click();
    }

    private static String drawn(Page page, int dataset, int panel) {
        return (String)
                page.locator(".ds").nth(dataset).locator(".p").nth(panel).evaluate(DRAWN);
    }

    private MeanCurve curve(Group group, int k, String masking, boolean kept, Metric metric, boolean clipped) {
        return study.summaries()
                .get(0)
                .curve(new View(group, new CurveKey("image_to_last", k, masking), kept, metric, clipped));
    }

    /** The readout of image→last at a layer of the first dataset's large panel. */
    private static String readout(Page page, int layer) {
        Locator panel = page.locator(".ds").first().locator(".c").first();
        panel.focus();
        page.keyboard().press("Home");
        for (int i = 0; i < layer; i++) {
            page.keyboard().press("ArrowRight");
        }
        return page.locator(".tip tr").first().innerText().replaceAll("\\s+", " ");
    }

    private static String expected(MeanCurve curve, int layer) {
        return "image→last " + ChangeText.of(curve.mean()[layer]) + " % " + ChangeText.of(curve.low()[layer]) + " to "
                + ChangeText.of(curve.high()[layer]);
    }

    @Test
    void drawsEveryPathwayInEveryPanel() {
        Page page = open();
        int panels = study.summaries().stream()
                .mapToInt(summary -> summary.groups().size())
                .sum();
        assertThat(page.locator(".p .c").count()).isEqualTo(panels);
        for (String colour : List.of("#CF7510", "#7C5AC2", "#35997C", "#B3202F")) {
            Object drawnIn = page.evaluate(
                    "c => [...document.querySelectorAll('.p .c')].filter(el => [...el.querySelectorAll('path')]"
                            + ".some(p => (p.getAttribute('stroke') || '').toUpperCase() === c && p.getAttribute('d').length > 20)).length",
                    colour);
            assertThat(drawnIn).as(colour).isEqualTo(panels);
        }
        assertThat(page.locator(".ends span").allInnerTexts()).contains("image→last", "last→last");
        assertThat(page.locator("#lede").innerText()).contains("In VQAv2, cutting image→");
        assertThat(page.locator("#notes").innerText()).contains("Visual7W is unfinished: 120 of 320 entries");
        assertThat(page.locator("#heats table").count()).isEqualTo(4);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/report-light.png"))
                .setFullPage(true));
    }

    @Test
    void switchesChangeCurvesAndTheirNumbersAreTheStudys() {
        Page page = open();
        String before = drawn(page, 0, 0);
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.all(), 9, "paper", true, Metric.PRODUCT, false), 13));

        choose(page, "k", "3");
        assertThat(drawn(page, 0, 0)).isNotEqualTo(before);
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.all(), 3, "paper", true, Metric.PRODUCT, false), 13));
        assertThat(readout(page, 5)).isEqualTo("image→last cannot act");

        before = drawn(page, 0, 0);
        choose(page, "masking", "zero");
        assertThat(drawn(page, 0, 0)).isNotEqualTo(before);
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.all(), 3, "zero", true, Metric.PRODUCT, false), 13));

        before = drawn(page, 0, 0);
        choose(page, "metric", "length-normalised");
        assertThat(drawn(page, 0, 0)).isNotEqualTo(before);
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.all(), 3, "zero", true, Metric.LENGTH_NORMALISED, false), 13));

        before = drawn(page, 0, 0);
        choose(page, "clip", "all");
        assertThat(drawn(page, 0, 0)).isNotEqualTo(before);
        assertThat(readout(page, 3))
                .isEqualTo(expected(curve(Group.all(), 3, "zero", true, Metric.LENGTH_NORMALISED, true), 3));

        String count = page.locator(".ds figcaption span").first().innerText();
        page.locator("input[name=kept]").uncheck();
        assertThat(page.locator(".ds figcaption span").first().innerText())
                .isNotEqualTo(count)
                .isEqualTo("n = 120");
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.all(), 3, "zero", false, Metric.LENGTH_NORMALISED, true), 13));
    }

    @Test
    void theCategorySwitchChangesTheLargePanelAndTheHeatMap() {
        Page page = open();
        String before = drawn(page, 0, 0);
        String heat = page.locator("#heats").innerHTML();
        choose(page, "cat0", "2");
        assertThat(drawn(page, 0, 0)).isNotEqualTo(before);
        assertThat(page.locator(".ds").first().locator("figcaption").first().innerText())
                .contains("yes/no");
        assertThat(page.locator("#heats").innerHTML()).isNotEqualTo(heat);
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.of("yes_no"), 9, "paper", true, Metric.PRODUCT, false), 13));

        choose(page, "heat", "2");
        assertThat(page.locator("#hsel").innerText()).contains("all categories");
    }

    @Test
    void hoverShowsOneReadoutBesideThePanel() {
        Page page = open();
        Locator panel = page.locator(".ds").nth(1).locator(".c").nth(2);
        panel.scrollIntoViewIfNeeded();
        panel.hover();
        assertThat(page.locator(".tip").isVisible()).isTrue();
        assertThat(page.locator(".hair").count())
                .isEqualTo(page.locator(".p .c").count());
        var box = panel.boundingBox();
        var tip = page.locator(".tip").boundingBox();
        assertThat(tip.y >= box.y + box.height || tip.y + tip.height <= box.y)
                .as("never over the panel")
                .isTrue();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/report-hover.png")));
        page.mouse().move(2, 2);
        assertThat(page.locator(".tip").isVisible()).isFalse();
        panel.focus();
        page.keyboard().press("End");
        assertThat(page.locator(".tip b").innerText()).isEqualTo("Layer 19");
        page.keyboard().press("Escape");
        assertThat(page.locator(".hair").count()).isZero();
    }

    @Test
    void isDarkWhereTheReaderWantsIt() {
        Page page = open(options -> options.setViewportSize(1280, 900).setColorScheme(ColorScheme.DARK));
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 26)");
        assertThat(page.locator(".p .c path[stroke=\"#FBA51C\"]").count()).isPositive();
        assertThat(page.locator(".p .c path[stroke=\"#CF7510\"]").count()).isZero();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/report-dark.png"))
                .setFullPage(true));
    }

    @Test
    void fitsAPhone() {
        Page page = open(options -> options.setViewportSize(390, 844));
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/report-narrow.png"))
                .setFullPage(true));
    }

    @Test
    void textFromDatasetsStaysText() {
        Page page = open();
        page.locator("#samples").scrollIntoViewIfNeeded();
        while (page.locator("#more").isVisible()) {
            page.locator("#more").click();
        }
        assertThat(page.locator("#rows .q").allInnerTexts()).hasSize(120).contains(HOSTILE);
        assertThat(page.locator("img").count()).isZero();
    }

    @Test
    void namesOfPublishedPathwaysStayText() throws IOException {
        String hostile = "a\"/><img src=x onerror=alert(1)>";
        Path published = Files.createDirectories(folder.resolve("hostile"));
        ObjectNode sample = new ObjectMapper().createObjectNode().put("full_attention", 0.8);
        sample.putArray(hostile).add(0.8).add(0.2).add(0.8).add(0.8);
        Files.writeString(published.resolve("7.json"), sample.toString());
        Path ids = Files.writeString(folder.resolve("hostile-ids.json"), "{\"form\": [7]}");
        TracedDataset data = PublishedResults.read(published, ids, "docvqa", 1);
        Path out = folder.resolve("hostile-out");
        Report.write(
                StudySummary.of(List.of(data), 0.5, Metric.PRODUCT, Clipping.NONE, Bootstrap.standard()),
                out,
                FigureStyle.SIGHTLINE);

        Page page = open(out.resolve("report.html"), options -> options.setViewportSize(1280, 900));
        assertThat(page.locator(".ends span").first().innerText()).isEqualTo(hostile);
        page.locator(".ds .c").first().focus();
        page.keyboard().press("Home");
        assertThat(page.locator(".tip").innerText()).contains(hostile);
        assertThat(page.locator("img").count()).isZero();
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.ends .k line')).stroke"))
                .as("its colour, grey")
                .isEqualTo("rgb(92, 97, 102)");
    }

    @Test
    void anEmptyCategorySaysSo() throws IOException {
        Path run = folder.resolve("doubtful");
        sightline.run.RunFolders.write(run, sightline.dataset.Dataset.DOCVQA, 20, List.of(3), 6, 6);
        Path journal = run.resolve("samples.jsonl");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(journal)) {
            lines.add(
                    line.contains("\"layout\"")
                            ? line.replaceFirst("\"baseline\":\\[[0-9.]+", "\"baseline\":[0.1")
                            : line);
        }
        Files.write(journal, lines);
        StudySummary doubtful = Reports.summary(List.of(run));
        DatasetSummary summary = doubtful.summaries().get(0);
        assertThat(summary.curve(
                                Group.of("layout"),
                                new CurveKey("image_to_last", 3, "paper"),
                                Metric.PRODUCT,
                                Clipping.NONE)
                        .n())
                .isZero();
        Path out = folder.resolve("doubtful-out");
        Report.write(doubtful, out, FigureStyle.SIGHTLINE);
        Page page = open(out.resolve("report.html"), options -> options);
        assertThat(page.locator(".ds .p").nth(1).innerText()).contains("layout", "no sample with p ≥ 0.5");
        assertThat(page.locator(".ds .p").nth(1).locator("svg").count()).isZero();
        assertThat(page.locator(".ds .p").nth(2).locator("svg").count()).isPositive();
    }

    @Test
    void aRunWithoutSamplesSaysSo() {
        Path run = folder.resolve("fresh");
        sightline.run.RunFolders.write(run, sightline.dataset.Dataset.VQAV2, 40, List.of(9), 0, 10);
        Path out = folder.resolve("fresh-out");
        Report.write(Reports.summary(List.of(run)), out, FigureStyle.SIGHTLINE);
        Page page = open(out.resolve("report.html"), options -> options);
        assertThat(page.locator("#lede").innerText()).contains("No sample is traced yet");
        assertThat(page.locator(".ds .p").first().innerText()).contains("no sample");
    }
}
