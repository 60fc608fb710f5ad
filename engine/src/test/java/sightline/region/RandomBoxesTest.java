package sightline.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomBoxesTest {
    /** Patches of 10 pixels, of which the first two columns are cropped off. */
    private record Plain(int rows, int columns) implements PatchGrid {
        @Override
        public int width() {
            return 10 * (columns + 2);
        }

        @Override
        public int height() {
            return 10 * rows;
        }

        @Override
        public double columnAt(double x) {
            return x / 10 - 2;
        }

        @Override
        public double rowAt(double y) {
            return y / 10;
        }

        @Override
        public double xAt(double column) {
            return 10 * (column + 2);
        }

        @Override
        public double yAt(double row) {
            return 10 * row;
        }

        @Override
        public int token(int row, int column) {
            return row * columns + column;
        }

        @Override
        public BitSet classTokens(PatchBox patches) {
            return new BitSet();
        }
    }

    private static final PatchBox BOX = new PatchBox(0, 1, 2, 2);

    @Test
    void placesAreAllThatDoNotOverlap() {
        assertThat(RandomBoxes.places(new Plain(3, 5), BOX, List.of(BOX)))
                .containsExactly(new PatchBox(0, 3, 2, 2), new PatchBox(1, 3, 2, 2));
    }

    @Test
    void everyPlaceIsDrawnAndTheSameDrawIsTheSame() {
        Plain grid = new Plain(4, 6);
        List<PatchBox> places = RandomBoxes.places(grid, BOX, List.of(BOX));
        RandomBoxes boxes = new RandomBoxes(17, "region_to_last");
        Set<PatchBox> drawn = new HashSet<>();
        for (int draw = 0; draw < 200; draw++) {
            List<PatchBox> one = boxes.of(grid, List.of(BOX), draw).orElseThrow();
            assertThat(boxes.of(grid, List.of(BOX), draw)).contains(one);
            drawn.addAll(one);
        }
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(places);
    }

    @Test
    void severalBoxesLieApart() {
        List<PatchBox> asked = List.of(BOX, new PatchBox(2, 4, 1, 2), new PatchBox(1, 1, 2, 1));
        for (int draw = 0; draw < 50; draw++) {
            Optional<List<PatchBox>> drawn = new RandomBoxes(0, "region_to_last").of(new Plain(6, 8), asked, draw);
            List<PatchBox> boxes = drawn.orElseThrow();
            assertThat(boxes).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(boxes.get(i).rows()).isEqualTo(asked.get(i).rows());
                assertThat(boxes.get(i).columns()).isEqualTo(asked.get(i).columns());
                assertThat(asked).noneMatch(boxes.get(i)::overlaps);
                assertThat(boxes.subList(0, i)).noneMatch(boxes.get(i)::overlaps);
            }
        }
    }

    @Test
    void noPlaceIsSaid() {
        assertThat(new RandomBoxes(0, "region_to_last").of(new Plain(3, 4), List.of(BOX), 0))
                .isEmpty();
    }

    @Test
    void aBoxIsClippedAndMayLieBesideThePicture() {
        Plain grid = new Plain(3, 5);
        assertThat(grid.patches(new PixelBox(-5, -5, 31, 9))).contains(new PatchBox(0, 0, 1, 2));
        assertThat(grid.patches(new PixelBox(25, 29.5, 999, 999))).contains(new PatchBox(2, 0, 1, 5));
        assertThat(grid.patches(new PixelBox(0, 0, 19, 30))).as("cropped off").isEmpty();
        assertThat(grid.patches(new PixelBox(70, 0, 80, 30))).isEmpty();
        assertThat(grid.pixels(new PatchBox(1, 0, 1, 2))).isEqualTo(new PixelBox(20, 10, 40, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new PixelBox(3, 0, 3, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PixelBox(0, 0, Double.NaN, 1));
    }

    @Test
    void cellsTileThePicture() {
        Plain grid = new Plain(11, 17);
        List<PatchBox> cells = grid.cells(8);
        assertThat(cells).hasSize(6);
        assertThat(cells).endsWith(new PatchBox(8, 16, 3, 1));
        assertThat(cells.stream().mapToInt(PatchBox::patches).sum()).isEqualTo(11 * 17);
        BitSet all = new BitSet();
        cells.forEach(cell -> all.or(grid.tokens(cell)));
        assertThat(all).isEqualTo(grid.tokens(grid.whole()));
        assertThat(all.cardinality()).isEqualTo(11 * 17);
    }
}
