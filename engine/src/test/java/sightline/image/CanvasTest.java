package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choice of the arrangement and of the size inside it. */
class CanvasTest {
    @Test
    void arrangementsInOrderOfTheirIds() {
        assertThat(Canvas.arrangements(560, 4))
                .extracting(canvas -> canvas.rows() + "x" + canvas.columns())
                .containsExactly("1x1", "1x2", "1x3", "1x4", "2x1", "2x2", "3x1", "4x1");
        assertThat(new Canvas(2, 2, 560).aspectRatioId(4)).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        // width, height, rows, columns: what fits without shrinking, else what shrinks least; ties: the smaller
        "1, 1, 1, 1",
        "560, 560, 1, 1",
        "561, 560, 1, 2",
        "560, 561, 2, 1",
        "561, 561, 2, 2",
        "1120, 560, 1, 2",
        "1121, 560, 1, 3",
        "1, 10000, 4, 1",
        "10000, 1, 1, 4",
        "2240, 560, 1, 4",
        "10000, 10000, 2, 2"
    })
    void choiceAtTheBoundaries(int width, int height, int rows, int columns) {
        assertThat(Canvas.choose(width, height, 560, 4)).isEqualTo(new Canvas(rows, columns, 560));
    }

    @Property
    void fittedPictureLiesInsideAndTouchesTheCanvasOrATile(
            @ForAll @IntRange(min = 1, max = 20_000) int width,
            @ForAll @IntRange(min = 1, max = 20_000) int height,
            @ForAll @IntRange(min = 1, max = 600) int tile,
            @ForAll @IntRange(min = 1, max = 8) int maxTiles) {
        Canvas canvas = Canvas.choose(width, height, tile, maxTiles);
        Canvas.Size size = canvas.fit(width, height);
        assertThat(canvas.count()).isBetween(1, maxTiles);
        assertThat(size.width()).isBetween(1, canvas.width());
        assertThat(size.height()).isBetween(1, canvas.height());
        boolean fullWidth = size.width() == Math.min(Math.max(width, tile), canvas.width());
        boolean fullHeight = size.height() == Math.min(Math.max(height, tile), canvas.height());
        assertThat(fullWidth || fullHeight).isTrue();
    }

    @Test
    void impossibleCanvas() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Canvas(0, 1, 560));
        assertThatIllegalArgumentException().isThrownBy(() -> new Canvas(3, 2, 560).aspectRatioId(4));
        assertThatIllegalArgumentException().isThrownBy(() -> Canvas.arrangements(560, 0));
    }
}
