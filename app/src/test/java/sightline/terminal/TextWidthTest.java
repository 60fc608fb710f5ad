package sightline.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TextWidthTest {
    @Property
    void fitNeverExceedsTheWidth(@ForAll String text, @ForAll @IntRange(min = 5, max = 40) int width) {
        String visible = Visible.line(text, Glyphs.UNICODE);
        String fitted = TextWidth.fit(visible, width, Glyphs.UNICODE);

        assertThat(TextWidth.width(fitted)).isLessThanOrEqualTo(width);
        assertThat(fitted.equals(visible) || fitted.endsWith("…")).isTrue();
    }

    @Property
    void wrapKeepsEveryWordAndTheWidth(@ForAll String text, @ForAll @IntRange(min = 4, max = 40) int width) {
        String visible = Visible.line(text, Glyphs.ASCII);
        var lines = TextWidth.wrap(visible, width, Integer.MAX_VALUE, Glyphs.ASCII);

        assertThat(lines).allMatch(line -> TextWidth.width(line) <= width);
        assertThat(String.join("", lines).replace(" ", "")).isEqualTo(visible.replace(" ", ""));
    }

    @Property
    void visibleTextInAsciiIsPrintable(@ForAll String text) {
        assertThat(Visible.line(text, Glyphs.ASCII)).matches("[ -~]*");
    }

    @Test
    void wrapBreaksAtSpaces() {
        assertThat(TextWidth.wrap("one two three", 8, 5, Glyphs.ASCII)).containsExactly("one two", "three");
        assertThat(TextWidth.wrap("unbreakable", 5, 5, Glyphs.ASCII)).containsExactly("unbre", "akabl", "e");
        assertThat(TextWidth.wrap("one two three", 8, 1, Glyphs.ASCII)).containsExactly("one t...");
    }
}
