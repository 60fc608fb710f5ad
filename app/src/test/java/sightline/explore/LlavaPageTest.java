package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.browser.Chromium;
import sightline.browser.NeedsBrowser;
import sightline.browser.Page;
import sightline.browser.Viewport;
import sightline.family.MadeUpCheckpoint;
import sightline.family.ModelSize;

/** The explorer's page on a model that reads the picture among the text's rows. */
@NeedsBrowser
class LlavaPageTest {
    @TempDir
    private Path folder;

    @Test
    void showsWhereEachLayerLooks() throws Exception {
        Path model = Files.createDirectories(folder.resolve("llava"));
        new MadeUpCheckpoint(ModelSize.LLAVA_TINY).write(model, 3, written -> {});
        try (RunningExplorer explorer = new RunningExplorer(model).ready();
                Chromium chromium = Chromium.start();
                Page page = chromium.open(Viewport.DESKTOP)) {
            page.go(URI.create(explorer.url() + "?nohints"));
            page.await("document.getElementById('model').textContent.endsWith('8 layers')");
            page.await("document.getElementById('attn').textContent.includes('looks: ')");
            assertThat(page.evaluate("document.querySelectorAll('[name=rows]').length")
                            .intValue())
                    .isZero();
            assertThat(page.evaluate("document.querySelectorAll('[name=alayer]').length")
                            .intValue())
                    .as("8 layers and their mean")
                    .isEqualTo(9);
            assertThat(page.all("#readout").text())
                    .as("each layer reads the picture's rows")
                    .contains("image→last", "image→question")
                    .doesNotContain("cannot act");
            assertThat(page.trouble()).isEmpty();
        }
    }
}
