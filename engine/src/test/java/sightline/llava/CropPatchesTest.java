package sightline.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.image.ClipProcessor;
import sightline.image.ClipProcessorConfig;
import sightline.image.ImageMode;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.region.PatchBox;
import sightline.region.PixelBox;

/** Boxes of pixels and the image tokens of their patches, against what the processor does. */
class CropPatchesTest {
    private static final int PICTURES = 1000;
    private static final int SIDE = 40;
    private static final int PATCH = 8;
    private static final int PER_ROW = SIDE / PATCH;

    private static ClipProcessorConfig config(ClipProcessorConfig.Target target, ImageMode mode) {
        return new ClipProcessorConfig(
                target, SIDE, 1 / 255.0, List.of(0.48, 0.46, 0.41), List.of(0.25, 0.25, 0.25), mode);
    }

    private static ClipProcessorConfig config(ImageMode mode) {
        return config(new ClipProcessorConfig.ShorterSide(SIDE), mode);
    }

    private static CropPatches patches(int width, int height, ClipProcessorConfig config) {
        return CropPatches.of(width, height, config.framing(width, height), PATCH, false);
    }

    /** 80 × 40 pixels: the middle half is seen, from pixel 20 on. */
    @Test
    void whatIsCroppedOffHasNoPatches() {
        CropPatches grid = patches(80, 40, config(ImageMode.CROP));
        assertThat(grid.whole()).isEqualTo(new PatchBox(0, 0, PER_ROW, PER_ROW));
        assertThat(grid.pixels(grid.whole())).isEqualTo(new PixelBox(20, 0, 60, 40));
        assertThat(grid.patches(new PixelBox(0, 0, 19, 40))).isEmpty();
        assertThat(grid.patches(new PixelBox(61, 0, 80, 40))).isEmpty();
        assertThat(grid.patches(new PixelBox(10, 9, 21, 10))).contains(new PatchBox(1, 0, 1, 1));
        assertThat(grid.tokens(new PatchBox(1, 3, 2, 2)).stream()).containsExactly(8, 9, 13, 14);
    }

    /** 80 × 40 pixels in a square of 80: they lie from row 10 to row 30 of the 40 that are seen. */
    @Test
    void theGroundOfAPaddedPictureHasNoPatches() {
        CropPatches grid = patches(80, 40, config(ImageMode.PAD));
        assertThat(grid.whole()).isEqualTo(new PatchBox(0, 0, 3, PER_ROW));
        assertThat(grid.pixels(grid.whole())).isEqualTo(new PixelBox(0, 0, 80, 40));
        assertThat(grid.token(0, 0)).isEqualTo(PER_ROW);
        assertThat(grid.rowAt(0)).isCloseTo(0.25, within(1e-12));
        assertThat(grid.yAt(1)).isCloseTo(12, within(1e-12));
        assertThat(grid.patches(new PixelBox(0, 0, 16, 12))).contains(new PatchBox(0, 0, 1, 1));
    }

    @Test
    void aPictureSmallerThanTheSquareLiesInItsMiddle() {
        CropPatches grid = patches(30, 10, config(new ClipProcessorConfig.Exactly(24, 16), ImageMode.CROP));
        assertThat(List.of(grid.rows(), grid.columns())).containsExactly(3, 3);
        assertThat(grid.tokens(grid.whole()).stream()).containsExactly(6, 7, 8, 11, 12, 13, 16, 17, 18);
        assertThat(grid.pixels(grid.whole())).isEqualTo(new PixelBox(0, 0, 30, 10));
    }

    @Test
    void aKeptClassTokenComesFirst() {
        CropPatches grid = CropPatches.of(40, 40, config(ImageMode.CROP).framing(40, 40), PATCH, true);
        BitSet first = new BitSet();
        first.set(0);
        assertThat(grid.classTokens(grid.whole())).isEqualTo(first);
        assertThat(grid.token(0, 0)).isEqualTo(1);
        assertThat(patches(40, 40, config(ImageMode.CROP))
                        .classTokens(grid.whole())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void thinPicturesKeepOnePatch() {
        assertThat(patches(1, 3000, config(ImageMode.PAD)).whole()).isEqualTo(new PatchBox(0, 0, PER_ROW, 1));
    }

    /** What lies outside the box grown by the resizer's reach is not changed by painting the box; what lies inside it is. */
    @ParameterizedTest
    @EnumSource
    void paintingABoxChangesItsPatchesOnly(ImageMode mode) {
        ClipProcessorConfig config = config(mode);
        ClipProcessor processor = new ClipProcessor(config);
        Random random = new Random(7);
        int inside = 0;
        int outside = 0;
        for (int i = 0; i < PICTURES; i++) {
            int width = 9 + random.nextInt(i % 3 == 0 ? 30 : 300);
            int height = 9 + random.nextInt(i % 5 == 0 ? 30 : 300);
            byte[] rgb = new byte[3 * width * height];
            random.nextBytes(rgb);
            int left = random.nextInt(width);
            int top = random.nextInt(height);
            int right = left + 1 + random.nextInt(width - left);
            int bottom = top + 1 + random.nextInt(height - top);
            CropPatches grid = patches(width, height, config);
            ImageTiles before = processor.process(new RgbImage(width, height, rgb));
            ImageTiles after =
                    processor.process(new RgbImage(width, height, painted(rgb, width, left, top, right, bottom)));
            double reachX = reach(grid.across());
            double reachY = reach(grid.down());
            BitSet grown = tokens(grid, new PixelBox(left - reachX, top - reachY, right + reachX, bottom + reachY));
            BitSet box = tokens(grid, new PixelBox(left, top, right, bottom));
            BitSet differing = differing(before, after);
            for (int row = 0; row < grid.rows(); row++) {
                for (int column = 0; column < grid.columns(); column++) {
                    PixelBox at = grid.pixels(new PatchBox(row, column, 1, 1));
                    if (left <= at.left() && at.right() <= right && top <= at.top() && at.bottom() <= bottom) {
                        assertThat(box.get(grid.token(row, column))).isTrue();
                        assertThat(differing.get(grid.token(row, column))).isTrue();
                        inside++;
                    }
                }
            }
            outside += differing.cardinality();
            differing.and(grid.tokens(grid.whole())); // a padded picture's edge shows on the ground beside it
            differing.andNot(grown);
            assertThat(differing.isEmpty()).as("%s: %s", grid, differing).isTrue();
        }
        assertThat(inside).isGreaterThan(50);
        assertThat(outside).isGreaterThan(inside);
    }

    private static BitSet tokens(CropPatches grid, PixelBox box) {
        return grid.patches(box).map(grid::tokens).orElseGet(BitSet::new);
    }

    /** Half the base of the resizer's curve, in the stored picture's pixels. */
    private static double reach(CropPatches.Axis axis) {
        return axis.framed() == axis.resized() ? 0 : 2 * Math.max(1, (double) axis.framed() / axis.resized());
    }

    private static byte[] painted(byte[] rgb, int width, int left, int top, int right, int bottom) {
        byte[] painted = rgb.clone();
        for (int y = top; y < bottom; y++) {
            for (int at = 3 * (y * width + left); at < 3 * (y * width + right); at++) {
                painted[at] ^= (byte) 0x80;
            }
        }
        return painted;
    }

    /** The patches of the square that have another pixel. */
    private static BitSet differing(ImageTiles one, ImageTiles other) {
        BitSet differing = new BitSet();
        for (int at = 0; at < one.pixels().length; at++) {
            int pixel = at % (SIDE * SIDE);
            if (one.pixels()[at] != other.pixels()[at]) {
                differing.set(pixel / SIDE / PATCH * PER_ROW + pixel % SIDE / PATCH);
            }
        }
        return differing;
    }
}
