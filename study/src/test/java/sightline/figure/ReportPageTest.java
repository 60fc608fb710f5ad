package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.CurveView;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.MeanCurve;
import sightline.analysis.Metric;
import sightline.analysis.PublishedResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.browser.Chromium;
import sightline.browser.Elements;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;
import sightline.dataset.Dataset;

/** The page in a real browser: what it draws, what its switches change, and that it asks no network. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportPageTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)> {{script}} $1 \\u003c";
    /** All that a panel draws. */
    private static final String DRAWN =
            "el => [...el.querySelectorAll('svg path')].map(p => p.getAttribute('d')).join()";

    @TempDir
    static Path folder;

    private Chromium chromium;
    private StudySummary study;
    private Path report;
    private Page opened;

    @BeforeAll
    void write() throws IOException {
        List<Path> runs = Reports.runs(folder, 20, List.of(1, 3, 9), List.of("paper", "zero"), 120);
        Path journal = runs.get(0).resolve("samples.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        String hostile = java.util.regex.Matcher.quoteReplacement(HOSTILE.replace("\\", "\\\\"));
        lines.set(0, lines.get(0).replaceFirst("\"question\":\"[^?]*\\?\"", "\"question\":\"" + hostile + "\""));
        Files.write(journal, lines);
        study = Reports.summary(runs);
        ReportWriter.write(study, folder.resolve("out"), FigureStyle.SIGHTLINE);
        report = folder.resolve("out/report.html");
    }

    @AfterAll
    void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void nothingWentWrong() {
        if (opened == null) {
            return; // there was no browser: the test has failed already
        }
        opened.close();
        assertThat(opened.trouble()).isEmpty();
        assertThat(opened.requests())
                .as("the page itself and nothing else")
                .hasSize(1)
                .allMatch(url -> url.startsWith("file:") && url.endsWith("/report.html"));
    }

    private Page open(Viewport viewport) {
        return open(report, viewport);
    }

    private Page open(Path file, Viewport viewport) {
        if (chromium == null) {
            chromium = Chromium.start();
        }
        opened = chromium.open(viewport);
        opened.go(file.toUri());
        return opened;
    }

    private Page open() {
        return open(Viewport.DESKTOP);
    }

    private static void choose(Page page, String name, String value) {
        page.all("label:has(input[name=" + name + "][value=\"" + value + "\"])").click();
    }

    private static String drawn(Page page, int dataset, int panel) {
        return page.all(".ds").nth(dataset).all(".p").nth(panel).evaluate(DRAWN).asText();
    }

    private MeanCurve curve(Group group, int k, String masking, boolean kept, Metric metric, boolean clipped) {
        return study.summaries()
                .get(0)
                .curve(new CurveView(group, new CurveKey("image_to_last", k, masking), kept, metric, clipped));
    }

    /** The readout of image→last at a layer of the first dataset's large panel. */
    private static String readout(Page page, int layer) {
        Elements panel = page.all(".ds").nth(0).all(".c").nth(0);
        panel.focus();
        page.press("Home");
        for (int i = 0; i < layer; i++) {
            page.press("ArrowRight");
        }
        return page.all(".tip tr").nth(0).text().replaceAll("\\s+", " ");
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
        assertThat(page.all(".p .c").count()).isEqualTo(panels);
        for (String colour : List.of("#CF7510", "#7C5AC2", "#35997C", "#B3202F")) {
            int drawnIn = page.evaluate("[...document.querySelectorAll('.p .c')].filter(el =>"
                            + " [...el.querySelectorAll('path')].some(p => (p.getAttribute('stroke') || '').toUpperCase() === '"
                            + colour + "' && p.getAttribute('d').length > 20)).length")
                    .intValue();
            assertThat(drawnIn).as(colour).isEqualTo(panels);
        }
        assertThat(page.all(".ends span").texts()).contains("image→last", "last→last");
        assertThat(page.all("#lede").text()).contains("In VQAv2, cutting image→");
        assertThat(page.all("#notes").text()).contains("Visual7W is unfinished: 120 of 320 entries");
        assertThat(page.all("#heats table").count()).isEqualTo(4);
        page.fullScreenshot(Path.of("target/report-light.png"));
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

        String count = page.all(".ds figcaption span").nth(0).text();
        page.all("input[name=kept]").click();
        assertThat(page.evaluate("document.querySelector('input[name=kept]').checked")
                        .booleanValue())
                .isFalse();
        assertThat(page.all(".ds figcaption span").nth(0).text())
                .isNotEqualTo(count)
                .isEqualTo("n = 120");
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.all(), 3, "zero", false, Metric.LENGTH_NORMALISED, true), 13));
    }

    @Test
    void theCategorySwitchChangesTheLargePanelAndTheHeatMap() {
        Page page = open();
        String before = drawn(page, 0, 0);
        String heat = page.all("#heats").html();
        choose(page, "cat0", "2");
        assertThat(drawn(page, 0, 0)).isNotEqualTo(before);
        assertThat(page.all(".ds").nth(0).all("figcaption").nth(0).text()).contains("yes/no");
        assertThat(page.all("#heats").html()).isNotEqualTo(heat);
        assertThat(readout(page, 13))
                .isEqualTo(expected(curve(Group.of("yes_no"), 9, "paper", true, Metric.PRODUCT, false), 13));

        choose(page, "heat", "2");
        assertThat(page.all("#hsel").text()).contains("all categories");
    }

    @Test
    void hoverShowsOneReadoutBesideThePanel() {
        Page page = open();
        Elements panel = page.all(".ds").nth(1).all(".c").nth(2);
        panel.scrollTo();
        panel.hover();
        assertThat(page.all(".tip").isVisible()).isTrue();
        assertThat(page.all(".hair").count()).isEqualTo(page.all(".p .c").count());
        Elements.Box box = panel.box();
        Elements.Box tip = page.all(".tip").box();
        assertThat(tip.y() >= box.y() + box.height() || tip.y() + tip.height() <= box.y())
                .as("never over the panel")
                .isTrue();
        page.screenshot(Path.of("target/report-hover.png"));
        page.move(2, 2);
        assertThat(page.all(".tip").isVisible()).isFalse();
        panel.focus();
        page.press("End");
        assertThat(page.all(".tip b").text()).isEqualTo("Layer 19");
        page.press("Escape");
        assertThat(page.all(".hair").count()).isZero();
    }

    @Test
    void isDarkWhereTheReaderWantsIt() {
        Page page = open(Viewport.DESKTOP.inDark());
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo("rgb(20, 23, 26)");
        assertThat(page.all(".p .c path[stroke=\"#FBA51C\"]").count()).isPositive();
        assertThat(page.all(".p .c path[stroke=\"#CF7510\"]").count()).isZero();
        page.fullScreenshot(Path.of("target/report-dark.png"));
    }

    @Test
    void fitsAPhone() {
        Page page = open(Viewport.PHONE);
        assertThat(page.evaluate("document.documentElement.scrollWidth").intValue())
                .isLessThanOrEqualTo(390);
        page.fullScreenshot(Path.of("target/report-narrow.png"));
    }

    @Test
    void textFromDatasetsStaysText() {
        Page page = open();
        page.all("#samples").scrollTo();
        while (page.all("#more").isVisible()) {
            page.all("#more").click();
        }
        assertThat(page.all("#rows .q").texts()).hasSize(120).contains(HOSTILE);
        assertThat(page.all("img").count()).isZero();
    }

    @Test
    void namesOfPublishedPathwaysStayText() throws IOException {
        String hostile = "a\"/><img src=x onerror=alert(1)>";
        Path published = Files.createDirectories(folder.resolve("hostile"));
        ObjectNode sample = new ObjectMapper().createObjectNode().put("full_attention", 0.8);
        sample.putArray(hostile).add(0.8).add(0.2).add(0.8).add(0.8);
        Files.writeString(published.resolve("7.json"), sample.toString());
        Path ids = Files.writeString(folder.resolve("hostile-ids.json"), "{\"form\": [7]}");
        TracedDataset data = PublishedResults.read(published, ids, Dataset.DOCVQA, 1);
        Path out = folder.resolve("hostile-out");
        ReportWriter.write(StudySummary.of(List.of(data), SummarySettings.usual()), out, FigureStyle.SIGHTLINE);

        Page page = open(out.resolve("report.html"), Viewport.DESKTOP);
        assertThat(page.all(".ends span").nth(0).text()).isEqualTo(hostile);
        page.all(".ds .c").nth(0).focus();
        page.press("Home");
        assertThat(page.all(".tip").text()).contains(hostile);
        assertThat(page.all("img").count()).isZero();
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.ends .k line')).stroke")
                        .asText())
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
        ReportWriter.write(doubtful, out, FigureStyle.SIGHTLINE);
        Page page = open(out.resolve("report.html"), Viewport.DESKTOP);
        assertThat(page.all(".ds .p").nth(1).text()).contains("layout", "no sample with p ≥ 0.5");
        assertThat(page.all(".ds .p").nth(1).all("svg").count()).isZero();
        assertThat(page.all(".ds .p").nth(2).all("svg").count()).isPositive();
    }

    /** A cut that makes the answer likelier does something; one that is sure to do nothing is said to. */
    @Test
    void aPathwayThatRaisesTheProbabilityIsToldSo() throws IOException {
        Page risen = open(withLastToLast("risen", 1), Viewport.DESKTOP);
        assertThat(risen.all("#lede").text())
                .contains("Cutting raises the probability in ", "last→last in layers")
                .doesNotContain("last→last stays", "last→last changes");
        assertThat(risen.all(".say").nth(0).text()).contains("Rises furthest: last→last in layers");
        risen.close();

        Page still = open(withLastToLast("still", 0), Viewport.DESKTOP);
        assertThat(still.all("#lede").text())
                .contains("last→last stays within ±3")
                .doesNotContain("raises");
    }

    /** A report whose last→last curves lie between the uncut probability (0) and 1 (1). */
    private static Path withLastToLast(String name, double share) throws IOException {
        Path run = folder.resolve(name);
        sightline.run.RunFolders.write(run, sightline.dataset.Dataset.DOCVQA, 20, List.of(3), 30, 30);
        Path journal = run.resolve("samples.jsonl");
        ObjectMapper json = new ObjectMapper();
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(journal)) {
            JsonNode sample = json.readTree(line);
            for (JsonNode curve : sample.get("curves")) {
                if (curve.get("pathway").textValue().equals("last_to_last")) {
                    for (int token = 0; token < sample.get("baseline").size(); token++) {
                        double p = sample.get("baseline").get(token).doubleValue();
                        ArrayNode layers =
                                (ArrayNode) curve.get("token_probability").get(token);
                        for (int layer = 0; layer < layers.size(); layer++) {
                            layers.set(layer, json.getNodeFactory().numberNode(p + share * (1 - p)));
                        }
                    }
                }
            }
            lines.add(json.writeValueAsString(sample));
        }
        Files.write(journal, lines);
        Path out = folder.resolve(name + "-out");
        ReportWriter.write(Reports.summary(List.of(run)), out, FigureStyle.SIGHTLINE);
        return out.resolve("report.html");
    }

    @Test
    void aRunWithoutSamplesSaysSo() {
        Path run = folder.resolve("fresh");
        sightline.run.RunFolders.write(run, sightline.dataset.Dataset.VQAV2, 40, List.of(9), 0, 10);
        Path out = folder.resolve("fresh-out");
        ReportWriter.write(Reports.summary(List.of(run)), out, FigureStyle.SIGHTLINE);
        Page page = open(out.resolve("report.html"), Viewport.DESKTOP);
        assertThat(page.all("#lede").text()).contains("No sample is traced yet");
        assertThat(page.all(".ds .p").nth(0).text()).contains("no sample");
    }
}
