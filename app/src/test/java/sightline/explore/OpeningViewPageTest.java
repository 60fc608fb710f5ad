package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
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

/** What {@code --export} writes by itself opens without a server, with all that the page asks for at first, and the run. */
@NeedsBrowser
class OpeningViewPageTest {
    @TempDir
    private Path folder;

    @Test
    void opensWithoutAServer() throws Exception {
        Path run = RunFolders.write(folder.resolve("run"), Dataset.VQAV2, 15, List.of(3), 30, 30);
        Path views = Files.createDirectories(folder.resolve("views"));
        try (RunningExplorer explorer =
                        new RunningExplorer(Optional.empty(), List.of(run), List.of(), Optional.of(views));
                Chromium chromium = Chromium.start()) {
            assertThat(explorer.saveOpening()).contains("view-1.html");

            Page page = chromium.open(Viewport.DESKTOP);
            page.go(views.resolve("view-1.html").toUri());
            page.await("document.getElementById('ans').innerText.includes('p = ')");
            page.await("document.querySelectorAll('#headgrid rect').length > 0");
            page.await("document.querySelectorAll('#rows [data-row]').length > 0");
            page.evaluate("document.querySelector('input[name=masking][value=zero]').click()");
            page.evaluate("document.querySelector('input[name=kind][value=curves]').click()");
            page.await("document.querySelectorAll('#panels .c svg').length > 1");
            assertThat(page.all("#error").text()).isEmpty();
            page.close();
            assertThat(page.trouble()).isEmpty();
            assertThat(page.requests()).noneMatch(address -> address.startsWith("http"));
        }
    }
}
