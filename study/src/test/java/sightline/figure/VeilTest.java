package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import sightline.image.RgbImage;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;

class VeilTest {
    /** A picture of 4 × 2 pixels as two patches. */
    private record TwoPatches(int width, int height, int rows, int columns) implements PatchGrid {
        @Override
        public double columnAt(double x) {
            return x / 2;
        }

        @Override
        public double rowAt(double y) {
            return y / 2;
        }

        @Override
        public double xAt(double column) {
            return 2 * column;
        }

        @Override
        public double yAt(double row) {
            return 2 * row;
        }

        @Override
        public int token(int row, int column) {
            return column;
        }

        @Override
        public BitSet classTokens(PatchBox patches) {
            return new BitSet();
        }
    }

    private static final TwoPatches GRID = new TwoPatches(4, 2, 1, 2);
    private static final RgbImage BLACK = new RgbImage(4, 2, new byte[24]);

    private static BufferedImage drawn(Veil veil) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        veil.writeTo(out);
        return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    }

    private static int grey(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFF;
    }

    @Test
    void theVeilLiftsWhereTheNumberIsLarge() throws IOException {
        BufferedImage image = drawn(new Veil(BLACK).lift(GRID, new double[][] {{-3, 7}}, 7));
        assertThat(image.getWidth()).isEqualTo(768);
        assertThat(image.getHeight()).isEqualTo(384);
        assertThat(grey(image, 0, 0)).isEqualTo(grey(image, 383, 383)).isBetween(203, 205);
        assertThat(grey(image, 384, 0)).isEqualTo(grey(image, 767, 383)).isZero();
        BufferedImage half = drawn(new Veil(BLACK).lift(GRID, new double[][] {{3.5, 7}}, 7));
        assertThat(grey(half, 0, 0)).isBetween(60, 100);
    }

    @Test
    void boxesAreDrawnWhereTheyLie() throws IOException {
        BufferedImage image = drawn(new Veil(BLACK)
                .random(List.of(GRID.pixels(new PatchBox(0, 1, 1, 1))))
                .box(List.of(new PixelBox(1, 0.5, 2, 1.5))));
        assertThat(image.getRGB(192, 192) & 0xFFFFFF).isEqualTo(Palette.ACCENT);
        assertThat(grey(image, 288, 240)).as("inside").isZero();
        assertThat(grey(image, 100, 192)).as("outside").isZero();
        assertThat(grey(image, 385, 300)).as("the random box's halo").isNotZero();
    }
}
