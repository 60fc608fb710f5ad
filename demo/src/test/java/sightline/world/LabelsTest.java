package sightline.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;
import sightline.image.RgbImage;
import sightline.world.Scene.Labels;

/** Labels against pixels: what a label says is told from the finished picture alone. */
class LabelsTest {
    /** Noise moves a byte by at most this. */
    private static final int NOISE = 8;

    private static final int PATCHES = 36;

    private static int[] values(Scene scene, String task) {
        return scene.labels().stream()
                .filter(labels -> labels.task().equals(task))
                .map(Labels::values)
                .findFirst()
                .orElseThrow();
    }

    /** The patch's pixels, rows first. */
    private static int[][] patch(Scene scene, int index) {
        int tile = index / PATCHES;
        int top = tile / scene.tileColumns() * World.TILE + index % PATCHES / 6 * World.PATCH;
        int left = tile % scene.tileColumns() * World.TILE + index % PATCHES % 6 * World.PATCH;
        RgbImage picture = scene.picture();
        int[][] pixels = new int[World.PATCH * World.PATCH][3];
        for (int i = 0; i < pixels.length; i++) {
            int at = 3 * ((top + i / World.PATCH) * picture.width() + left + i % World.PATCH);
            for (int channel = 0; channel < 3; channel++) {
                pixels[i][channel] = picture.rgb()[at + channel] & 0xff;
            }
        }
        return pixels;
    }

    private static boolean near(int[] pixel, int rgb) {
        return Math.abs(pixel[0] - (rgb >> 16 & 0xff)) <= NOISE
                && Math.abs(pixel[1] - (rgb >> 8 & 0xff)) <= NOISE
                && Math.abs(pixel[2] - (rgb & 0xff)) <= NOISE;
    }

    private static int count(int[][] pixels, int rgb) {
        int count = 0;
        for (int[] pixel : pixels) {
            count += near(pixel, rgb) ? 1 : 0;
        }
        return count;
    }

    @Test
    void coloursAreWhereTheyAreSaidToBe() {
        int coloured = 0;
        for (long seed = 0; seed < 100; seed++) {
            Scene scene = World.scene(seed, Mix.of(Dataset.VQAV2));
            int[] objects = values(scene, "object");
            int[] colours = values(scene, "colour");
            for (int i = 0; i < objects.length; i++) {
                int[][] pixels = patch(scene, i);
                for (Colour colour : Colour.values()) {
                    int seen = count(pixels, colour.rgb());
                    if (objects[i] == 0) {
                        assertThat(seen).isZero();
                    } else if (seen >= ShapePainter.SHOWN) {
                        assertThat(colours[i]).isEqualTo(LabelSheet.number(colour));
                        coloured++;
                    }
                }
            }
        }
        assertThat(coloured).isGreaterThan(2000);
    }

    @Test
    void tilesCountTheShapesOfTheirPatches() {
        for (long seed = 0; seed < 100; seed++) {
            Scene scene = World.scene(seed, Mix.of(Dataset.VISUAL7W));
            int[] objects = values(scene, "object");
            for (Shape shape : Shape.values()) {
                int[] counts = values(scene, "count_" + shape.word());
                for (int tile = 0; tile < counts.length; tile++) {
                    int cells = 0;
                    for (int cell = 0; cell < 4; cell++) {
                        boolean there = false;
                        for (int i = 0; i < 9; i++) {
                            int row = cell / 2 * 3 + i / 3;
                            int column = cell % 2 * 3 + i % 3;
                            int object = objects[tile * PATCHES + row * 6 + column];
                            there |= object == LabelSheet.SHAPES_FROM + LabelSheet.number(shape);
                        }
                        cells += there ? 1 : 0;
                    }
                    assertThat(counts[tile]).isEqualTo(cells);
                }
            }
        }
    }

    @Test
    void everyTileKnowsTheCountsOfTheWholePicture() {
        for (long seed = 0; seed < 100; seed++) {
            Scene scene = World.scene(seed, Mix.of(Dataset.VISUAL7W));
            int all = 0;
            for (Shape shape : Shape.values()) {
                int sum = Arrays.stream(values(scene, "count_" + shape.word())).sum();
                assertThat(values(scene, "all_" + shape.word())).containsOnly(Math.min(sum, 4));
                all += sum;
            }
            assertThat(values(scene, "all_shapes")).containsOnly(all);
        }
    }

    /** Where a shape lies in the picture, and what lies in the cells around it, told from the other patches' objects. */
    @Test
    void shapesKnowTheirPlaceAndTheirNeighbours() {
        int asked = 0;
        for (long seed = 0; seed < 100; seed++) {
            Scene scene = World.scene(seed, Mix.of(Dataset.VQAV2));
            int[] objects = values(scene, "object");
            for (int i = 0; i < objects.length; i++) {
                if (objects[i] <= 0) {
                    continue;
                }
                int row = (i / PATCHES / scene.tileColumns() * 6 + i % PATCHES / 6) / 3;
                int column = (i / PATCHES % scene.tileColumns() * 6 + i % PATCHES % 6) / 3;
                assertThat(values(scene, "cell_row")[i]).isEqualTo(row);
                assertThat(values(scene, "cell_column")[i]).isEqualTo(column);
                boolean top = row < scene.tileRows();
                boolean left = column < scene.tileColumns();
                assertThat(values(scene, "quarter")[i]).isEqualTo((top ? 0 : 2) + (left ? 0 : 1));
                for (Side side : Side.values()) {
                    int next = cell(scene, objects, row + ROWS.get(side), column + COLUMNS.get(side));
                    assertThat(values(scene, "next_" + side.name().toLowerCase(Locale.ROOT))[i])
                            .as(side + " of cell " + row + ", " + column + " in scene " + seed)
                            .isEqualTo(next);
                    asked += next > 0 ? 1 : 0;
                }
            }
        }
        assertThat(asked).isGreaterThan(1000);
    }

    private static final Map<Side, Integer> ROWS = Map.of(Side.ABOVE, -1, Side.BELOW, 1, Side.LEFT, 0, Side.RIGHT, 0);
    private static final Map<Side, Integer> COLUMNS =
            Map.of(Side.ABOVE, 0, Side.BELOW, 0, Side.LEFT, -1, Side.RIGHT, 1);

    /** What a cell of three by three patches holds; 0 for nothing, or beyond the picture. */
    private static int cell(Scene scene, int[] objects, int row, int column) {
        int found = 0;
        for (int i = 0; i < objects.length; i++) {
            boolean inside = (i / PATCHES / scene.tileColumns() * 6 + i % PATCHES / 6) / 3 == row
                    && (i / PATCHES % scene.tileColumns() * 6 + i % PATCHES % 6) / 3 == column;
            found = inside && row >= 0 && column >= 0 ? Math.max(found, objects[i]) : found;
        }
        return found;
    }

    @Test
    void scenesInWhichAllDiffersCountNothing() {
        for (long seed = 0; seed < 20; seed++) {
            Scene scene = World.scene(seed, Mix.of(Dataset.VQAV2).withDistinct(true));
            assertThat(values(scene, "count_circle")).containsOnly(-1);
            assertThat(values(scene, "all_shapes")).containsOnly(-1);
            assertThat(values(scene, "scene")).doesNotContain(-1);
        }
    }

    /** Every glyph is read back by comparing its ink with all glyphs at all offsets, straight and leaning. */
    @Test
    void glyphsCanBeRead() {
        Map<String, Integer> font = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (int glyph = 0; glyph < PixelFont.COUNT; glyph++) {
            for (boolean leaning : new boolean[] {false, true}) {
                Integer other = font.putIfAbsent(drawn(glyph, leaning), glyph * 2 + (leaning ? 1 : 0));
                if (other != null && other / 2 != glyph) {
                    twice.add(glyph + " looks like " + other / 2);
                }
            }
        }
        assertThat(twice).isEmpty();
        int read = 0;
        for (long seed = 0; seed < 60; seed++) {
            Scene scene = World.scene(seed, Mix.of(Dataset.DOCVQA));
            int[] objects = values(scene, "object");
            int[] inks = values(scene, "ink");
            for (int i = 0; i < objects.length; i++) {
                String ink = ink(patch(scene, i));
                if (objects[i] == 0) {
                    assertThat(ink).isEmpty();
                } else {
                    int found = font.get(ink);
                    assertThat(LabelSheet.GLYPHS_FROM + found / 2).isEqualTo(objects[i]);
                    if (found % 2 == 1) {
                        assertThat(inks[i]).isEqualTo(1);
                    }
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(1500);
    }

    private static String drawn(int glyph, boolean leaning) {
        boolean[][] dark = new boolean[World.PATCH][World.PATCH];
        for (int row = 0; row < PixelFont.HEIGHT; row++) {
            for (int column = 0; column < PixelFont.WIDTH; column++) {
                int lean = leaning ? (PixelFont.HEIGHT - 1 - row) / 3 : 0;
                dark[row][column + lean] = PixelFont.inked(glyph, row, column);
            }
        }
        return trimmed(dark);
    }

    private static String ink(int[][] pixels) {
        boolean[][] dark = new boolean[World.PATCH][World.PATCH];
        for (int i = 0; i < pixels.length; i++) {
            dark[i / World.PATCH][i % World.PATCH] = pixels[i][0] < 160;
        }
        return trimmed(dark);
    }

    /** Without the free rows and columns around the ink; empty without any. */
    private static String trimmed(boolean[][] dark) {
        int top = 8;
        int bottom = -1;
        int left = 8;
        int right = -1;
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                if (dark[y][x]) {
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                text.append(dark[y][x] ? '#' : '.');
            }
            text.append('\n');
        }
        return text.toString();
    }
}
