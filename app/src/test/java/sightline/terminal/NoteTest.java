package sightline.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
    private static BarRow row(String name, double... change) {
        return new BarRow(name, Hue.NONE, change);
    }

    @Test
    void tellsTheLargestRiseOfEachPathwayOverAllCharts() {
        List<BarRow> rows = List.of(
                row("image_to_last", Double.NaN, 12.6, -40),
                row("last_to_last", 0.9, 0),
                row("image_to_last", Double.NaN, 3, 0));

        assertThat(Note.rises(rows, Glyphs.UNICODE))
                .isEqualTo("Bars show drops alone. Largest rise: image→last +13 %.");
    }

    @Test
    void saysNothingWhereNothingRises() {
        assertThat(Note.rises(List.of(row("last_to_last", -50, 0.99, Double.NaN)), Glyphs.UNICODE))
                .isEmpty();
    }
}
