package sightline.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
    private static final Look PLAIN = new Look(Glyphs.UNICODE, false);
    private static final Look COLOURED = new Look(Glyphs.UNICODE, true);

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    001b,\\x1b
                    0000,\\x00
                    0007,\\x07
                    0008,\\x08
                    000a,\\n
                    000d,\\x0d
                    0009,\\t
                    007f,\\x7f
                    0085,\\x85
                    009b,\\x9b
                    00ad,\\xad
                    200b,\\u200b
                    200e,\\u200e
                    2028,\\u2028
                    2029,\\u2029
                    202e,\\u202e
                    2066,\\u2066
                    feff,\\ufeff
                    d800,\\ud800
                    e0041,\\ue0041
                    200d,\u200d
                    00e9,é
                    4e2d,中
                    1f600,😀
                    """)
    void whatMovesTheCursorOrTurnsTextBecomesAnEscape(String hex, String shown) {
        String raw = Character.toString(Integer.parseInt(hex, 16));
        assertThat(Visible.line("a" + raw + "b", Glyphs.UNICODE)).isEqualTo("a" + shown + "b");
        assertThat(Visible.painted("a" + raw + "b", COLOURED)).isEqualTo("a" + shown + "b");
    }

    @Property
    void isOneLineAndDoneTwiceTheSame(@ForAll String text) {
        String once = Visible.line(text, Glyphs.UNICODE);
        assertThat(once.lines().count()).isLessThanOrEqualTo(1);
        assertThat(once).doesNotContainPattern("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]");
        assertThat(Visible.line(once, Glyphs.UNICODE)).isEqualTo(once);
    }

    @Test
    void ourOwnColoursStayAndNoOthers() {
        String ours = COLOURED.paint(Hue.ORANGE, "image→last");
        assertThat(ours).contains("\u001b");
        assertThat(Visible.painted(ours, COLOURED)).isEqualTo(ours);
        assertThat(Visible.painted(ours, PLAIN)).doesNotContain("\u001b");
        assertThat(Visible.painted("\u001b[2J\u001b[31m\u001b]0;t\u0007" + ours, COLOURED))
                .isEqualTo("\\x1b[2J\\x1b[31m\\x1b]0;t\\x07" + ours);
    }

    @Test
    void jsonStaysTheSameJsonWithoutThem() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Map<String, String> value = Map.of("a\u009b\u007f\u202e\n", "\u001b[31m é 中 😀 \udb40\udc41 \u2028");
        String json = Visible.json(mapper.writeValueAsString(value));
        assertThat(json).doesNotContainPattern("[\\p{Cc}\\u202e\\u2028]").contains("é 中 😀", "\\u202e", "\\u007f");
        assertThat(mapper.readTree(json)).isEqualTo(mapper.valueToTree(value));
    }

    @Test
    void tablesKeepTheirWidthsWhateverACategoryIsCalled() {
        Table table = new Table("category", "n");
        table.row("\u001b[31mred\n", "1");
        table.row("w".repeat(300), "22");
        assertThat(table.lines())
                .containsExactly(
                        "category                           n",
                        "\\x1b[31mred\\n                      1",
                        "w".repeat(29) + "...  22");
    }
}
