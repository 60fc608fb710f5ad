package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
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

/** Every text of the page is legible, by day and by night: 4.5:1, and 3:1 where it is large. */
@NeedsBrowser
class ContrastPageTest {
    private static final String QUESTION = "q=What+colour+is+the+triangle%3F&prompt=vqav2";
    /** As high as the page: what lies below a text is only known where it is in sight. */
    private static final Viewport DAY = new Viewport(1280, 4200, false);

    private static final List<String> VIEWS = List.of(
            "box=8,8,32,32&run=0",
            "p=e0&" + QUESTION + "&src=60-65&dst=80&path=own&layer=9&alayer=9&ahead=1",
            "p=e1&" + QUESTION + "&layer=9&held.p=e0&held." + QUESTION.replace("&", "&held.") + "&held.k=9",
            "mode=keep&measure=log-odds&set=look&look=5&k=1",
            "mode=joint&veil=map&run=0&kind=curves");

    @TempDir
    private Path folder;

    @Test
    void everyTextIsLegible() throws Exception {
        Path run = RunFolders.write(folder.resolve("run"), Dataset.VQAV2, 15, List.of(3), 30, 30);
        String contrast = script();
        try (RunningExplorer explorer =
                        new RunningExplorer(Optional.empty(), List.of(run), List.of(), Optional.empty()).ready();
                Chromium chromium = Chromium.start()) {
            for (Viewport viewport : List.of(DAY, DAY.inDark())) {
                for (String view : VIEWS) {
                    Page page = chromium.open(viewport);
                    page.go(URI.create(explorer.url() + "?nohints#" + view));
                    page.await("document.querySelectorAll('#headgrid rect').length > 0");
                    page.await("/traced in/.test(document.getElementById('progress').innerText)");
                    page.await(
                            "performance.getEntriesByType('resource').filter(e => e.name.endsWith('/api/ask')).length >= 3");
                    JsonNode found = page.evaluate(contrast);
                    page.close();

                    assertThat(found.path("seen").intValue()).isGreaterThan(300);
                    assertThat(found.path("poor")).as(viewport + " " + view).isEmpty();
                }
            }
        }
    }

    private static String script() throws IOException {
        try (InputStream in = ContrastPageTest.class.getResourceAsStream("contrast.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
