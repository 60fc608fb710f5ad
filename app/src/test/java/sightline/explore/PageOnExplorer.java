package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import sightline.browser.Chromium;
import sightline.browser.Page;
import sightline.browser.Viewport;

/** One explorer and one browser for all tests of a class; each opens a page, on which nothing may go wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageOnExplorer {
    /** That a question is answered and all that comes of itself is there. */
    static final String SETTLED = "document.getElementById('progress')?.innerText.includes('traced in')"
            + " && document.querySelectorAll('#headgrid rect').length > 0";

    private Chromium chromium;
    RunningExplorer explorer;
    Page page;

    /** Started once; its model is loaded. */
    abstract RunningExplorer explorer() throws Exception;

    @BeforeAll
    void start() throws Exception {
        if (Chromium.find().isEmpty()) {
            return;
        }
        explorer = explorer();
        chromium = Chromium.start();
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
            explorer.close();
        }
    }

    @AfterEach
    void nothingWentWrong() {
        if (page != null) {
            page.close();
            assertThat(page.trouble()).isEmpty();
            assertThat(page.requests())
                    .allMatch(address ->
                            address.startsWith(explorer.url()) || address.matches("(?s)(data|blob|file):.*"));
        }
        page = null;
    }

    Chromium chromium() {
        return chromium;
    }

    /** Opens the page on a view, and waits until it is settled. */
    Page open(String view, Viewport viewport) {
        page = chromium.open(viewport);
        page.go(URI.create(explorer.url() + "?nohints#" + view));
        page.await(SETTLED);
        return page;
    }
}
