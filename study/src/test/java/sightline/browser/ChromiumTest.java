package sightline.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of the browser hears what goes wrong in a page, acts as a reader does, and leaves nothing behind. */
@NeedsBrowser
class ChromiumTest {
    private static final String PAGE = """
            <!doctype html><meta charset="utf-8"><title>t</title>
            <style>@media (prefers-color-scheme: dark) { body { background: rgb(1, 2, 3) } }</style>
            <input id="text"><button id="button" onclick="document.title = 'clicked'">b</button>
            <ul><li>one</li><li hidden>two</li><li>three</li></ul>
            <div id="under" onclick="document.title = 'under'">u</div>
            <script>
                const shown = [];
                document.addEventListener('keydown', e => shown.push(e.key));
                function later() { setTimeout(() => { document.title = 'later' }, 50); }
                function wrong() { console.error('told'); console.log('not told'); setTimeout(() => nowhere(), 0); alert('asked'); }
                function ask() { return fetch('http://192.0.2.1/away').catch(() => 'refused'); }
            </script>
            """;

    @TempDir
    private Path folder;

    private Page open(Chromium chromium, Viewport viewport) throws IOException {
        Page page = chromium.open(viewport);
        page.go(Files.writeString(folder.resolve("page.html"), PAGE).toUri());
        return page;
    }

    @Test
    void actsAsAReaderDoes() throws IOException {
        try (Chromium chromium = Chromium.start();
                Page page = open(chromium, Viewport.PHONE.inDark())) {
            assertThat(page.evaluate("[innerWidth, innerHeight]").toString()).isEqualTo("[390,844]");
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor")
                            .asText())
                    .isEqualTo("rgb(1, 2, 3)");
            page.show(Viewport.DESKTOP);
            assertThat(page.evaluate("innerWidth").intValue()).isEqualTo(1280);
            assertThat(page.all("ul").all("li").count()).isEqualTo(3);
            assertThat(page.all("li").nth(1).isVisible()).isFalse();
            assertThat(page.all("li").nth(2).text()).isEqualTo("three");
            page.all("#text").click();
            page.type("für");
            page.press("ArrowLeft");
            page.press("Backspace");
            assertThat(page.all("#text").evaluate("e => e.value").asText()).isEqualTo("fr");
            assertThat(page.evaluate("shown").toString()).isEqualTo("[\"ArrowLeft\",\"Backspace\"]");
            page.all("#button").click();
            assertThat(page.evaluate("document.title").asText()).isEqualTo("clicked");
            page.evaluate("later()");
            page.await("document.title === 'later'");
            page.screenshot(folder.resolve("page.png"));
            assertThat(Files.readAllBytes(folder.resolve("page.png"))).startsWith(0x89, 'P', 'N', 'G');

            assertThat(page.trouble()).isEmpty();
            assertThatThrownBy(() -> page.evaluate("nowhere()"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("nowhere is not defined");
            assertThatThrownBy(() -> page.all("#none").text()).hasMessageContaining("there is no element");
        }
    }

    @Test
    void hearsWhatGoesWrongAndWhatIsAskedFor() throws IOException {
        try (Chromium chromium = Chromium.start();
                Page page = open(chromium, Viewport.DESKTOP)) {
            assertThat(page.requests())
                    .singleElement()
                    .asString()
                    .startsWith("file:")
                    .endsWith("/page.html");

            page.evaluate("wrong()");
            assertThat(page.evaluate("ask()").asText())
                    .as("no way to other machines")
                    .isEqualTo("refused");
            page.await("true");

            assertThat(page.trouble()).anyMatch(told -> told.contains("told") && !told.contains("not told"));
            assertThat(page.trouble())
                    .contains("dialog asked")
                    .anyMatch(told -> told.contains("nowhere is not defined"));
            assertThat(page.trouble()).noneMatch(told -> told.contains("not told"));
            assertThat(page.requests()).hasSize(2).contains("http://192.0.2.1/away");
        }
    }

    @Test
    void leavesNoProcessAndNoFileBehind() throws IOException {
        List<Long> before = children();
        Chromium chromium = Chromium.start();
        Path profile = chromium.profile();
        assertThat(children()).hasSizeGreaterThan(before.size());
        assertThat(profile).isDirectory();

        chromium.close();

        assertThat(children()).isEqualTo(before);
        assertThat(profile).doesNotExist();
    }

    private static List<Long> children() {
        try (Stream<ProcessHandle> all = ProcessHandle.current().descendants()) {
            return all.map(ProcessHandle::pid).sorted().toList();
        }
    }
}
