package sightline.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerBlockTest {
    private static final Look UNICODE = new Look(Glyphs.UNICODE, false);
    private static final Look ASCII = new Look(Glyphs.ASCII, false);

    private static final AnswerBlock LIGHT_GREEN = new AnswerBlock(
            "light green",
            0.93,
            List.of(
                    List.of(
                            new TokenChoice("light", 0.971),
                            new TokenChoice("dark", 0.021),
                            new TokenChoice("yellow", 0.004)),
                    List.of(
                            new TokenChoice(" green", 0.958),
                            new TokenChoice(" blue", 0.031),
                            new TokenChoice(" red", 0.006))));

    @Test
    void showsTheAnswerItsProbabilityAndItsTokens() {
        assertThat(String.join("\n", LIGHT_GREEN.lines(UNICODE))).isEqualTo("""
                        light green                                                           p = 0.93
                          light 0.971     dark 0.021    yellow 0.004
                          ·green 0.958    ·blue 0.031   ·red 0.006""");
    }

    @Test
    void marksSpacesInAsciiToo() {
        assertThat(LIGHT_GREEN.lines(ASCII).get(2)).startsWith("  _green 0.958");
    }

    @Test
    void widensColumnsForLongTokensAndCutsVeryLongOnes() {
        AnswerBlock block = new AnswerBlock(
                "x",
                0.05,
                List.of(
                        List.of(new TokenChoice("<|begin_of_text|>", 0.05), new TokenChoice("a", 0.01)),
                        List.of(new TokenChoice("y", 0.0004), new TokenChoice("b", 0.9))));

        assertThat(String.join("\n", block.lines(UNICODE))).isEqualTo("""
                        x                                                                    p = 0.050
                          <|begin_of_text… 0.050   a 0.010
                          y <0.001                 b 0.900""");
    }

    @Test
    void aLongAnswerIsCutAndSaysSo() {
        String text = "forty two ".repeat(60).strip();
        List<TokenChoice> row = List.of(new TokenChoice("w", 0.5));
        List<String> lines = new AnswerBlock(text, 1e-9, Collections.nCopies(120, row)).lines(UNICODE);

        assertThat(lines).hasSize(4 + 7 + 1).allMatch(line -> TextWidth.width(line) <= Look.WIDTH);
        assertThat(lines.get(0)).endsWith("p < 0.001");
        assertThat(lines.get(3)).endsWith("…");
        assertThat(lines.get(11)).isEqualTo("  … and 113 more tokens");
    }

    @Test
    void eightTokensAreNotCut() {
        List<TokenChoice> row = List.of(new TokenChoice("w", 0.5));
        assertThat(new AnswerBlock("w", 0.5, Collections.nCopies(8, row)).lines(UNICODE))
                .hasSize(9)
                .noneMatch(line -> line.contains("more"));
    }

    @Test
    void controlCharactersNeverReachTheTerminal() {
        String bad = "a\u001b[31mred\nline\u202eback\u0007";
        AnswerBlock block = new AnswerBlock(bad, 0.5, List.of(List.of(new TokenChoice(bad, 0.5))));

        assertThat(block.lines(UNICODE)).hasSize(2).allMatch(line -> line.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT));
        assertThat(block.lines(UNICODE).get(0)).startsWith("a\\x1b[31mred\\nline\\u202eback\\x07");
    }

    @Test
    void wideCharactersKeepTheColumns() {
        AnswerBlock block = new AnswerBlock("東京", 0.93, List.of());

        assertThat(block.lines(UNICODE).get(0)).isEqualTo("東京" + " ".repeat(66) + "p = 0.93");
        assertThat(block.lines(ASCII).get(0)).startsWith("\\u6771\\u4eac ");
    }
}
