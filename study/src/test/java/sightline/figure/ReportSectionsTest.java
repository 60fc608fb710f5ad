package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.analysis.AddedSamples;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.browser.Chromium;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;

/** What was measured and traced beside the curves, as a browser shows it: its numbers are those of the files beside the page. */
@NeedsBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportSectionsTest {
    @TempDir
    static Path folder;

    private Chromium chromium;
    private Path out;
    private Path few;
    private Page opened;

    @BeforeAll
    void write() {
        out = write(120);
        few = write(27);
    }

    private static Path write(int samples) {
        Path to = folder.resolve("out" + samples);
        StudySummary study = StudySummary.of(List.of(AddedSamples.dataset(samples, -5)), SummarySettings.usual());
        ReportWriter.write(study, to, FigureStyle.SIGHTLINE);
        return to;
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
        assertThat(opened.requests()).as("the page itself and nothing else").hasSize(1);
    }

    private Page open(Path report, Viewport viewport) {
        if (chromium == null) {
            chromium = Chromium.start();
        }
        opened = chromium.open(viewport);
        opened.go(report.resolve("report.html").toUri());
        return opened;
    }

    /** The one row of a file in which all these cells stand, by column. */
    private Map<String, String> row(String file, String... cells) throws IOException {
        List<String> lines = Files.readAllLines(out.resolve(file));
        List<String> names = List.of(lines.get(0).split(",", -1));
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(line -> line[names.indexOf("dataset")].equals("vqav2"))
                .map(line -> {
                    Map<String, String> row = new HashMap<>();
                    names.forEach(name -> row.put(name, line[names.indexOf(name)]));
                    return row;
                })
                .filter(row -> row.getOrDefault("category", "").isEmpty())
                .filter(row -> {
                    boolean all = true;
                    for (int i = 0; i < cells.length; i += 2) {
                        all &= row.get(cells[i]).equals(cells[i + 1]);
                    }
                    return all;
                })
                .findFirst()
                .orElseThrow();
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static String nats(double value) {
        return (value < 0 ? "−" : "+") + String.format(Locale.ROOT, "%.2f", Math.abs(value));
    }

    private static String readout(Page page, String panel) {
        page.all(panel).focus();
        page.press("End");
        return page.all(".tip").text().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsNumbersAreTheFiles(boolean dark) throws IOException {
        Page page = open(out, dark ? Viewport.DESKTOP.inDark() : Viewport.DESKTOP);
        page.fullScreenshot(Path.of("target/sections-" + (dark ? "dark" : "light") + ".png"));

        Map<String, String> flip = row("curves.csv", "measure", "flip", "pathway", "image_to_last", "layer", "3");
        assertThat(number(flip, "centred")).isEqualTo(0.5);
        assertThat(page.all(".flips .c").count()).isEqualTo(1);
        assertThat(readout(page, ".flips .c")).contains("answers that change", "image→last 50 %");

        Map<String, String> stable = row("stability.csv", "pathway", "image_to_last");
        assertThat(page.all("#stable tr").texts().stream().filter(text -> text.startsWith("image→last")))
                .singleElement()
                .asString()
                .contains(
                        "\t" + stable.get("settings") + "\t",
                        ChangeText.of(number(stable, "centred")),
                        ChangeText.of(number(stable, "centred_least")) + " to "
                                + ChangeText.of(number(stable, "centred_most")));

        Map<String, String> kept = row("whole_depth.csv", "quantity", "sufficiency", "pathways", "image_to_last");
        Map<String, String> cut = row("whole_depth.csv", "quantity", "change", "pathways", "image_to_last");
        Map<String, String> share = row("whole_depth.csv", "quantity", "share", "pathways", "image_to_last");
        page.evaluate("(S.masking = 'zero', redraw())");
        assertThat(page.all("#whole tr").texts().stream().filter(text -> text.startsWith("image→last")))
                .singleElement()
                .asString()
                .contains(
                        String.format(Locale.ROOT, "%.0f\u00a0%%", 100 * number(kept, "value")),
                        nats(number(cut, "value")),
                        nats(number(share, "value")));

        Map<String, String> worth = row("controls.csv", "control", "swap", "quantity", "worth");
        Map<String, String> blank = row("controls.csv", "control", "blank", "quantity", "worth");
        assertThat(page.all("#ctrl tr").texts().stream().filter(text -> text.startsWith("Worth")))
                .singleElement()
                .asString()
                .contains(nats(number(worth, "value")), nats(number(blank, "value")));
        assertThat(worth.get("significant")).isEqualTo("true");
        assertThat(page.all("#ctrl b").texts()).as("what is no chance").hasSize(1);
    }

    @Test
    void theReadoutHasTheRandomSources() throws IOException {
        Page page = open(out, Viewport.DESKTOP);
        page.all(".ds .c").nth(0).focus();
        for (String key : List.of("Home", "ArrowRight", "ArrowRight")) {
            page.press(key);
        }
        String text = page.all(".tip").text().replaceAll("\\s+", " ");
        String[] place = {"control", "random_sources", "pathway", "question_text_to_last", "layer", "2", "quantity", ""
        };
        place[7] = "centred";
        Map<String, String> random = row("controls.csv", place);
        place[7] = "difference";
        Map<String, String> difference = row("controls.csv", place);
        assertThat(text)
                .contains("random sources " + ChangeText.of(number(random, "value")) + " % " + between(random))
                .contains("difference from them, points " + ChangeText.of(number(difference, "value")) + " "
                        + between(difference));
        page.screenshot(Path.of("target/sections-hover.png"));
    }

    private static String between(Map<String, String> row) {
        return ChangeText.of(number(row, "low")) + " to " + ChangeText.of(number(row, "high"));
    }

    @Test
    void fewPicturesAreDots() {
        Page page = open(few, Viewport.DESKTOP);
        assertThat(page.evaluate("D.datasets[0].pool.filter(c => c.n && c.dots?.length === c.n).length")
                        .intValue())
                .isPositive();
        String drawn = "[...document.querySelectorAll('.p .c')].flatMap(el =>"
                + " echarts.getInstanceByDom(el).getOption().series.filter(s => s.type === 'scatter')).length";
        assertThat(page.evaluate(drawn).intValue()).isPositive();
        assertThat(page.evaluate("D.datasets[0].pool.every(c => c.low.every(v => v === null))")
                        .booleanValue())
                .as("no band")
                .isTrue();
        page.fullScreenshot(Path.of("target/sections-few.png"));
        opened.close();
        assertThat(open(out, Viewport.DESKTOP).evaluate(drawn).intValue()).isZero();
    }

    @Test
    void fitsAPhone() {
        Page page = open(out, Viewport.PHONE);
        assertThat(page.evaluate("document.documentElement.scrollWidth").intValue())
                .isLessThanOrEqualTo(390);
        page.fullScreenshot(Path.of("target/sections-narrow.png"));
    }
}
