package sightline.mllama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sightline.golden.Golden;
import sightline.image.Canvas;
import sightline.image.ImageProcessor;
import sightline.image.ImageProcessorConfig;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;

/** Boxes of pixels and the vision tokens of their patches: against the reference's, and against what the processor does. */
class TilePatchesTest {
    private static final int PICTURES = 60;
    private static final int TILE = 40;
    private static final int PATCH = 8;
    private static final int MOST_TILES = 4;

    private static TilePatches patches(int width, int height, int tile, int patch, int mostTiles) {
        Canvas canvas = Canvas.choose(width, height, tile, mostTiles);
        return new TilePatches(width, height, canvas, canvas.fit(width, height), patch);
    }

    @Test
    void boxesHaveTheReferencesTokens() throws IOException {
        JsonNode boxes =
                new ObjectMapper().readTree(Golden.file("science/regions.json").toFile());
        assertThat(boxes).hasSize(9);
        for (JsonNode wanted : boxes) {
            TilePatches grid = patches(
                    wanted.at("/picture/0").intValue(),
                    wanted.at("/picture/1").intValue(),
                    wanted.get("tile").intValue(),
                    wanted.get("patch").intValue(),
                    wanted.get("max_tiles").intValue());
            assertThat(List.of(grid.rows(), grid.columns())).isEqualTo(pair(wanted, "picture_patches"));
            assertThat(List.of(grid.canvas().rows(), grid.canvas().columns()))
                    .isEqualTo(pair(wanted, "canvas_rows_columns"));
            assertThat(List.of(grid.fitted().width(), grid.fitted().height())).isEqualTo(pair(wanted, "fitted"));
            PatchBox box = grid.patches(box(wanted.get("box"))).orElseThrow();
            assertThat(List.of(box.row(), box.row() + box.rows() - 1)).isEqualTo(pair(wanted, "patch_rows"));
            assertThat(List.of(box.column(), box.column() + box.columns() - 1))
                    .isEqualTo(pair(wanted, "patch_columns"));
            BitSet tokens = grid.tokens(box);
            assertThat(tokens.cardinality()).isEqualTo(wanted.get("count").intValue());
            List<Integer> ids = tokens.stream().boxed().toList();
            assertThat(ids).startsWith(ints(wanted.get("first")));
            assertThat(ids).endsWith(ints(wanted.get("last")));
            assertThat(sha256(ids)).isEqualTo(wanted.get("sha256").textValue());
            assertThat(tiles(grid, box)).containsExactly(ints(wanted.get("tiles")));
        }
    }

    private static Integer[] tiles(TilePatches grid, PatchBox box) {
        int across = grid.canvas().tile() / grid.patch();
        return grid.classTokens(box).stream()
                .peek(token -> assertThat(token % (across * across + 1)).isZero())
                .mapToObj(token -> token / (across * across + 1))
                .toArray(Integer[]::new);
    }

    /** What lies outside the box grown by the resizer's reach is not changed by painting the box; what lies inside it is. */
    @Test
    void paintingABoxChangesItsPatchesOnly() {
        ImageProcessor processor = new ImageProcessor(new ImageProcessorConfig(
                TILE, MOST_TILES, 1 / 255.0, new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f}));
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
            TilePatches grid = patches(width, height, TILE, PATCH, MOST_TILES);
            ImageTiles before = processor.process(new RgbImage(width, height, rgb));
            ImageTiles after =
                    processor.process(new RgbImage(width, height, painted(rgb, width, left, top, right, bottom)));
            double reachX = reach(width, grid.fitted().width());
            double reachY = reach(height, grid.fitted().height());
            PatchBox grown = grid.patches(new PixelBox(left - reachX, top - reachY, right + reachX, bottom + reachY))
                    .orElseThrow();
            PatchBox box = grid.patches(new PixelBox(left, top, right, bottom)).orElseThrow();
            for (int row = 0; row < TILE / PATCH * before.rows(); row++) {
                for (int column = 0; column < TILE / PATCH * before.columns(); column++) {
                    boolean differs = differs(before, after, row, column);
                    if (differs) {
                        assertThat(holds(grown, row, column))
                                .as("%s, %d %d of %s", grid, row, column, grown)
                                .isTrue();
                        outside++;
                    }
                    if (isPicture(grid, row, column) && within(grid, row, column, left, top, right, bottom)) {
                        assertThat(holds(box, row, column)).isTrue();
                        assertThat(differs).isTrue();
                        inside++;
                    }
                }
            }
        }
        assertThat(inside).isGreaterThan(50);
        assertThat(outside).isGreaterThan(inside);
    }

    /** Half the base of the resizer's triangle, in the stored picture's pixels. */
    private static double reach(int from, int to) {
        return from == to ? 0 : Math.max(1, (double) from / to);
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

    private static boolean holds(PatchBox box, int row, int column) {
        return box.overlaps(new PatchBox(row, column, 1, 1));
    }

    private static boolean isPicture(PatchGrid grid, int row, int column) {
        return holds(grid.whole(), row, column);
    }

    private static boolean within(PatchGrid grid, int row, int column, int left, int top, int right, int bottom) {
        PixelBox at = grid.pixels(new PatchBox(row, column, 1, 1));
        return left <= at.left() && at.right() <= right && top <= at.top() && at.bottom() <= bottom;
    }

    private static boolean differs(ImageTiles one, ImageTiles other, int row, int column) {
        int across = TILE / PATCH;
        int tile = row / across * one.columns() + column / across;
        for (int channel = 0; channel < 3; channel++) {
            for (int y = row % across * PATCH; y < (row % across + 1) * PATCH; y++) {
                int from = ((tile * 3 + channel) * TILE + y) * TILE + column % across * PATCH;
                for (int at = from; at < from + PATCH; at++) {
                    if (one.pixels()[at] != other.pixels()[at]) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static PixelBox box(JsonNode corners) {
        return new PixelBox(
                corners.get(0).doubleValue(),
                corners.get(1).doubleValue(),
                corners.get(2).doubleValue(),
                corners.get(3).doubleValue());
    }

    private static List<Integer> pair(JsonNode node, String field) {
        return List.of(ints(node.get(field)));
    }

    private static Integer[] ints(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> list.get(i).intValue())
                .toArray(Integer[]::new);
    }

    private static String sha256(List<Integer> ids) {
        try {
            String text = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
