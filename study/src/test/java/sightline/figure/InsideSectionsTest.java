package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.browser.Chromium;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;

/** Regions and what was read inside, as a browser shows them. */
@NeedsBrowser
class InsideSectionsTest {
    @TempDir
    private Path folder;

    @Test
    void tablesAndPanelsTell() {
        Path out = folder.resolve("out");
        ReportWriter.write(InsideTableTest.study(120), out, FigureStyle.SIGHTLINE);
        try (Chromium chromium = Chromium.start()) {
            for (Viewport viewport : new Viewport[] {Viewport.DESKTOP, Viewport.DESKTOP.inDark()}) {
                Page page = chromium.open(viewport);
                page.go(out.resolve("report.html").toUri());
                page.evaluate("(S.masking = 'paper', S.k = 3, redraw())");
                assertThat(page.all("#region tr").texts())
                        .anyMatch(row -> row.startsWith("region→all rows") && row.contains("−50"));
                assertThat(page.all("#region b").texts())
                        .as("both that have random boxes")
                        .hasSize(2);
                assertThat(page.all("#insides .c").count()).isEqualTo(2);
                assertThat(page.all("#insides").text())
                        .contains("The answer is the likeliest from layer 1.5 on", "question", "image→last");
                page.all("#insides .c").nth(0).focus();
                page.press("End");
                assertThat(page.all(".tip").text().replaceAll("\\s+", " "))
                        .contains("Layer 3", "nothing cut −0.2", "image→last −2");
                page.press("Escape");
                assertThat(aligned(page))
                        .as("layers stand where the curves have them")
                        .isLessThan(1);
                assertThat(page.trouble()).isEmpty();
                assertThat(page.requests()).hasSize(1);
                page.close();
            }
        }
    }

    /** How many pixels a layer of the lens lies beside that of the curves. */
    private static double aligned(Page page) {
        String at =
                "(p => p.el.getBoundingClientRect().left + p.left + (p.W - p.left - p.right) * 2.5 / p.data.layers)";
        return page.evaluate("Math.abs(" + at + "(panels[0]) - " + at + "(panels.at(-1)))")
                .doubleValue();
    }
}
