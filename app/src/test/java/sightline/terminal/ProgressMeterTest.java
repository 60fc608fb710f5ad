package sightline.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressMeterTest {
    private static final ProgressText TEXT = new ProgressText("tracing", "passes", Glyphs.UNICODE);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String drawn() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysHowFarHowFastAndHowLong() {
        assertThat(TEXT.report(412, 1204, 13.3))
                .isEqualTo("tracing  ━━━━━━━━────────────────  412 of 1,204 passes, 31 per s, 26 s left");
        assertThat(TEXT.report(2, 1000, 25))
                .isEqualTo("tracing  ────────────────────────  2 of 1,000 passes, 12.5 s each, 3 h 28 min left");
        assertThat(TEXT.report(0, 1000, 25)).isEqualTo("tracing…");
        assertThat(new ProgressText("looking", "layers", Glyphs.ASCII).report(20, 40, 10))
                .isEqualTo("looking  ############------------  20 of 40 layers, 2.0 per s, 10 s left");
    }

    @Test
    void shortWorkDrawsNothing() {
        for (ProgressMeter.Output output :
                List.of(new ProgressMeter.InPlace(stream), new ProgressMeter.Lines(stream))) {
            try (ProgressMeter meter = new ProgressMeter(output, TEXT, Duration.ofDays(1))) {
                meter.done(1, 2);
                meter.done(2, 2);
            }
        }
        assertThat(drawn()).isEmpty();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard: without the line it would wait for ever
    void onATerminalOneLineIsRedrawnAndWiped() throws InterruptedException {
        try (ProgressMeter meter = new ProgressMeter(new ProgressMeter.InPlace(stream), TEXT, Duration.ZERO)) {
            meter.done(1, 2);
            while (!drawn().contains("1 of 2 passes")) {
                Thread.sleep(20);
            }
        }
        assertThat(drawn()).doesNotContain("\n").contains("\rtracing");
        String[] redrawn = drawn().split("\r", -1);
        assertThat(redrawn[redrawn.length - 2]).isNotEmpty().isBlank();
        assertThat(redrawn[redrawn.length - 1]).isEmpty();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard: without the line it would wait for ever
    void elsewherePlainLinesAreWritten() throws InterruptedException {
        try (ProgressMeter meter = new ProgressMeter(new ProgressMeter.Lines(stream), TEXT, Duration.ZERO)) {
            while (drawn().isEmpty()) {
                Thread.sleep(20);
            }
            meter.done(2, 2);
        }
        assertThat(drawn()).startsWith("tracing…" + System.lineSeparator()).doesNotContain("\r");
    }
}
