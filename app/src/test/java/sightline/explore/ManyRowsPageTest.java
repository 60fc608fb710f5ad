package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.browser.Chromium;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;
import sightline.dataset.Dataset;
import sightline.run.RunFolders;

/** A run of 12,000 samples: few rows are there at a time, wherever one scrolls. Not measured in time, which machines differ in. */
@NeedsBrowser
class ManyRowsPageTest {
    private static final int SAMPLES = 12_000;
    private static final int MOST_ROWS = 40;
    private static final int MOST_BYTES = 500;

    /** Jumps and creeps; tells how many rows there were at most, and how often the sight was not filled. */
    private static final String SCROLLED =
            "(() => { const box = document.getElementById('rows'); let most = 0, gaps = 0;"
                    + " for (const top of [0, 30, 90, 400, 5000, 5100, 170000, 1e9, 1e9 - 60, 0]) {"
                    + " box.scrollTop = top; box.dispatchEvent(new Event('scroll'));"
                    + " const rows = [...box.querySelectorAll('[data-row]')], at = box.getBoundingClientRect();"
                    + " most = Math.max(most, rows.length);"
                    + " if (rows[0].getBoundingClientRect().top > at.top + 1"
                    + " || rows.at(-1).getBoundingClientRect().bottom < at.bottom - 2) gaps++; }"
                    + " return most * 100 + gaps; })()";

    @TempDir
    private Path folder;

    @Test
    void fewRowsAreThereAtATime() throws Exception {
        Path run = RunFolders.write(folder.resolve("run"), Dataset.VQAV2, 20, List.of(3), SAMPLES, SAMPLES);
        try (RunningExplorer explorer = new RunningExplorer(Optional.empty(), List.of(run), List.of()).ready();
                Chromium chromium = Chromium.start()) {
            String table = explorer.get("/api/runs/0/samples").body();
            assertThat(table.getBytes(StandardCharsets.UTF_8).length).isLessThan(SAMPLES * MOST_BYTES);

            Page page = chromium.open(Viewport.DESKTOP);
            page.go(URI.create(explorer.url() + "?nohints#run=0"));
            page.await("document.querySelectorAll('#rows [data-row]').length > 0");
            assertThat(page.all("#filters").text()).contains("12,000 shown");
            assertThat(page.evaluate(SCROLLED).intValue() % 100).isZero();
            assertThat(page.evaluate(SCROLLED).intValue() / 100).isBetween(9, MOST_ROWS);
            page.all("#find").focus();
            page.type("answer 1199");
            page.await("document.getElementById('filters').innerText.includes('11 shown')");
            assertThat(page.all("#rows [data-row]").count()).isEqualTo(11);
            page.close();
            assertThat(page.trouble()).isEmpty();
        }
    }
}
