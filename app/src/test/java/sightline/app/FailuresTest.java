package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.console.Console;
import sightline.error.InputException;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.terminal.ProgressMeter;

class FailuresTest {
    private static final String NATIVE = "shape mismatch: 3 and 4\nException raised from check at ops.cpp:17\nframe #0";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(OutputStream out) {
        return new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                new Look(Glyphs.UNICODE, false),
                false,
                ProgressMeter.PATIENCE,
                true);
    }

    private String reported(Throwable failure, boolean debug, int status) {
        Failures failures = new Failures(console(OutputStream.nullOutputStream()), () -> debug);
        assertThat(failures.report(failure)).isEqualTo(status);
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void nativeFailuresShowTheirFirstLine() {
        assertThat(reported(new IllegalStateException(NATIVE), false, 1))
                .isEqualTo(
                        "sightline: failed: IllegalStateException: shape mismatch: 3 and 4. Run again with --debug for"
                                + " the full trace.");
    }

    @Test
    void debugShowsAllOfIt() {
        assertThat(reported(new IllegalStateException(NATIVE), true, 1))
                .contains("frame #0", "\tat sightline.app.FailuresTest")
                .endsWith("sightline: failed: IllegalStateException: shape mismatch: 3 and 4.");
    }

    @Test
    void wantOfTheCardsMemoryIsOneLineWithWhatToDo() {
        String said =
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB of which 1.00"
                        + " GiB is free. More.\nException raised from malloc at x.cpp:1\nframe #0";
        assertThat(reported(new RuntimeException(said), false, 1))
                .startsWith(
                        "sightline: failed: the card's memory is full; 2.00 GiB more was needed; of 23.65 GiB on card 0,"
                                + " 1.00 GiB is free. Take --dtype bfloat16")
                .hasLineCount(1);
    }

    @Test
    void wantOfMemoryIsNamed() {
        assertThat(reported(new OutOfMemoryError("Java heap space"), false, 1))
                .isEqualTo("sightline: out of memory: Java heap space. Give Java more, for example"
                        + " SIGHTLINE_JAVA_OPTS=-Xmx8g. Run again with --debug for the full trace.");
    }

    @Test
    void aWrongOptionIsWrongUsageAndAWrongFileAFailure() {
        assertThat(reported(new InputException("--k", "is 0", "1", "Change it"), false, 2))
                .isEqualTo("sightline: --k: is 0. Expected 1. Change it.");
        err.reset();
        assertThat(reported(new InputException("a.png", "is broken", "", "Take another"), false, 1))
                .isEqualTo("sightline: a.png: is broken. Take another.");
    }

    @Test
    void aResultThatCannotBeWrittenIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left on device");
            }
        };

        assertThat(Sightline.run(console(full), "--help")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("stdout: the result could not be written");
    }

    /** A file's name, an entry's text or a template's words are somebody else's. */
    @Test
    void whatTextFromOutsideHoldsCannotReachTheTerminal() {
        String hostile = "\u001b]0;title\u0007\u001b[31mred\u009b2J\u202e\nsightline: all is well";
        assertThat(reported(new InputException(hostile, hostile, hostile, hostile), false, 1))
                .hasLineCount(1)
                .doesNotContainPattern("[\\p{Cc}\\u202e]")
                .contains("\\x1b]0;title\\x07\\x1b[31mred\\x9b2J\\u202e\\nsightline: all is well");
        err.reset();
        assertThat(reported(new InputException(hostile, hostile, "", hostile), true, 1))
                .as("nor with its trace, whose lines are lines")
                .doesNotContain("\u001b", "\u009b", "\u202e")
                .contains("\tat sightline.app.FailuresTest");
        err.reset();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = console(out);
        console.print(List.of(hostile));
        console.printJson("{\"a\":\"\u009b\u202e\"}");
        console.out().flush();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .noneMatch(line -> line.matches(".*[\\p{Cc}\\u202e].*"))
                .last()
                .isEqualTo("{\"a\":\"\\u009b\\u202e\"}");
    }
}
