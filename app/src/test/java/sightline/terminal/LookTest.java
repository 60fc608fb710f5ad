package sightline.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LookTest {
    private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");

    @Test
    void colourNeedsATerminalThatCanAndAUserWhoWantsIt() {
        assertThat(Look.of(UTF_8, true, XTERM).colour()).isTrue();
        assertThat(Look.of(UTF_8, true, Map.of("TERM", "xterm", "NO_COLOR", "")).colour())
                .isTrue();
        assertThat(Look.of(UTF_8, false, XTERM).colour()).isFalse();
        assertThat(Look.of(UTF_8, true, Map.of("TERM", "xterm", "NO_COLOR", "1"))
                        .colour())
                .isFalse();
        assertThat(Look.of(UTF_8, true, Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(Look.of(UTF_8, true, Map.of()).colour()).isFalse();
    }

    @Test
    void glyphsAreWhatTheEncodingCanCarry() {
        assertThat(Glyphs.of(UTF_8)).isEqualTo(Glyphs.UNICODE);
        assertThat(Glyphs.of(US_ASCII)).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of(ISO_8859_1)).isEqualTo(Glyphs.ASCII);
    }

    @Test
    void barsGrowByEighthsAndDigitsByTens() {
        double[] drops = {-50, 0, 0.99, 1, 12.4, 12.5, 45, 87.4, 87.5, 99, 100, 101};
        StringBuilder bars = new StringBuilder();
        StringBuilder digits = new StringBuilder();
        for (double drop : drops) {
            bars.append(Glyphs.UNICODE.bar(drop));
            digits.append(Glyphs.ASCII.bar(drop));
        }
        assertThat(bars).hasToString("···▁▁▂▄▇████");
        assertThat(digits).hasToString("...011488999");
    }

    @Test
    void numbersHaveATrueMinusAndAsManyDigitsAsTheyDeserve() {
        assertThat(NumberText.equation(0.934)).isEqualTo("p = 0.93");
        assertThat(NumberText.equation(1)).isEqualTo("p = 1.00");
        assertThat(NumberText.equation(0.0456)).isEqualTo("p = 0.046");
        assertThat(NumberText.equation(0.0009)).isEqualTo("p < 0.001");
        assertThat(NumberText.percent(-99.4, Glyphs.UNICODE)).isEqualTo("−99 %");
        assertThat(NumberText.percent(-99.4, Glyphs.ASCII)).isEqualTo("-99 %");
        assertThat(NumberText.percent(-0.49, Glyphs.UNICODE)).isEqualTo("0 %");
        assertThat(NumberText.percent(1234.5, Glyphs.UNICODE)).isEqualTo("+1,235 %");
    }

    @Test
    void pathwaysAreReadAsArrows() {
        assertThat(Glyphs.UNICODE.pathway("image_to_question_text")).isEqualTo("image→question text");
        assertThat(Glyphs.ASCII.pathway("last_to_last")).isEqualTo("last->last");
    }
}
