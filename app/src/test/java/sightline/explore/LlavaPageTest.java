package sightline.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.browser.NeedsBrowser;
import sightline.browser.Viewport;
import sightline.family.MadeUpCheckpoint;
import sightline.family.ModelSize;

/** The explorer's page on a model that reads the picture among the text's rows. */
@NeedsBrowser
class LlavaPageTest extends PageOnExplorer {
    private static final String MARKS =
            "[...document.querySelectorAll('#roles .t')].filter(t => t.textContent === '<image> × 16')";

    @TempDir
    private static Path folder;

    @Override
    RunningExplorer explorer() throws Exception {
        Path model = Files.createDirectories(folder.resolve("llava"));
        new MadeUpCheckpoint(ModelSize.LLAVA_TINY).write(model, 3, written -> {});
        return new RunningExplorer(model).ready();
    }

    private String text(String id) {
        return page.all("#" + id).text();
    }

    @Test
    void showsWhereEachLayerLooks() {
        open("", Viewport.DESKTOP);
        assertThat(text("model")).endsWith("8 layers");
        assertThat(text("attn")).contains("looks: ", "on words").doesNotContain("padding");
        assertThat(page.all("[name=rows]").count()).isZero();
        assertThat(page.all("[name=alayer]").count())
                .as("8 layers and their mean")
                .isEqualTo(9);
    }

    /** Every pathway acts in every layer, and what is uncut is not taken from a window that was cut. */
    @Test
    void noPathwayIsUnableToAct() {
        open("", Viewport.DESKTOP);
        assertThat(text("readout")).contains("image→last", "image→question").doesNotContain("cannot act");
        assertThat(text("lensnote")).contains("Rank").doesNotContain("Gate");
        assertThat(page.all("#lenstable th").texts()).doesNotContain("Gate", "Adds");
    }

    /** It has no readings of rows: the page asks for none, and one that does is refused as on the command line. */
    @Test
    void rowReadingsAreNotAsked() {
        open("", Viewport.DESKTOP);
        assertThat(page.evaluate("import('/assets/known.js').then(m => m.R.curves.paper.command)")
                        .asText())
                .contains("sightline ask")
                .doesNotContain("--rows");
        assertThat(page.evaluate(
                                "fetch('/api/ask', {method: 'POST', headers: {'Content-Type': 'application/json'}, body:"
                                        + " JSON.stringify({picture: 'e0', question: 'Why?', rows: 'meta'})}).then(r => r.text())")
                        .asText())
                .contains("rows: has no meaning for LLaVA-1.5");
    }

    /** The picture's sixteen rows are one mark in the prompt, chosen and passed over as one. */
    @Test
    void thePicturesRowsAreOneMark() {
        open("", Viewport.DESKTOP);
        assertThat(page.evaluate(MARKS + ".length").intValue()).isOne();
        int first = page.evaluate("+" + MARKS + "[0].dataset.n").intValue();
        page.all("#roles .t[data-n='" + first + "']").click();
        page.await("location.hash.includes('src=" + first + "-" + (first + 15) + "&')");
        page.await("document.getElementById('cut').innerText.includes('the picture → target the last position')");
        page.press("ArrowRight");
        assertThat(page.evaluate("+document.activeElement.dataset.n").intValue())
                .isEqualTo(first + 16);
    }
}
