package sightline.world;

import java.util.Arrays;
import java.util.Optional;

/** Paints a scene and says what each patch shows. */
final class ShapePainter {
    private static final int OUTLINE = 0x101010;
    private static final int OUTLINE_AT_NIGHT = 0xf0f0f0;
    /** Of a patch's 64 pixels: from here on it shows a thing; with fewer, but some, it is not asked. */
    static final int SHOWN = 8;

    private final ShapeScene scene;
    private final Raster raster;
    /** (height, width): which item a pixel belongs to, or -1. */
    private final int[] owner;

    ShapePainter(ShapeScene scene) {
        this.scene = scene;
        this.raster = new Raster(scene.tileRows(), scene.tileColumns());
        this.owner = new int[raster.width() * raster.height()];
    }

    /** To be finished with noise. */
    Raster paint() {
        Arrays.fill(owner, -1);
        for (int y = 0; y < raster.height(); y++) {
            for (int x = 0; x < raster.width(); x++) {
                raster.set(x, y, scene.backdrop().rgb(x, y));
            }
        }
        for (int i = 0; i < scene.items().size(); i++) {
            Item item = scene.items().get(i);
            if (item.isShape()) {
                paintShape(item, i);
            } else {
                paintBeing(item, i);
            }
        }
        return raster;
    }

    private void paintShape(Item item, int index) {
        int outline = scene.backdrop() == Backdrop.NIGHT ? OUTLINE_AT_NIGHT : OUTLINE;
        boolean[][] mask = mask(item);
        for (int y = -1; y <= item.size(); y++) {
            for (int x = -1; x <= item.size(); x++) {
                boolean inside = mask[y + 2][x + 2];
                boolean edge = !inside
                        && (mask[y + 2][x + 1] || mask[y + 2][x + 3] || mask[y + 1][x + 2] || mask[y + 3][x + 2]);
                if (inside || edge) {
                    raster.set(
                            item.left() + x,
                            item.top() + y,
                            inside ? item.colour().rgb() : outline);
                    owner[(item.top() + y) * raster.width() + item.left() + x] = index;
                }
            }
        }
    }

    /** Its pixels, with two free ones on every side. */
    private static boolean[][] mask(Item item) {
        double half = item.size() / 2.0;
        boolean[][] mask = new boolean[item.size() + 4][item.size() + 4];
        for (int y = 0; y < item.size(); y++) {
            for (int x = 0; x < item.size(); x++) {
                mask[y + 2][x + 2] = item.shape().covers((x + 0.5 - half) / half, (y + 0.5 - half) / half);
            }
        }
        return mask;
    }

    private void paintBeing(Item item, int index) {
        int square = item.size() / Being.SQUARES;
        for (int y = 0; y < item.size(); y++) {
            for (int x = 0; x < item.size(); x++) {
                int rgb = item.being().rgb(y / square, x / square);
                if (rgb >= 0) {
                    raster.set(item.left() + x, item.top() + y, rgb);
                    owner[(item.top() + y) * raster.width() + item.left() + x] = index;
                }
            }
        }
    }

    /**
     * What is where; after {@link #paint()}.
     *
     * @param counts whether counts are asked for
     */
    LabelSheet labels(boolean counts) {
        LabelSheet sheet = new LabelSheet(scene.tileRows(), scene.tileColumns());
        for (int row = 0; row < raster.height() / World.PATCH; row++) {
            for (int column = 0; column < raster.width() / World.PATCH; column++) {
                label(sheet, row, column);
            }
        }
        for (int tile = 0; tile < scene.tileRows() * scene.tileColumns(); tile++) {
            sheet.tile("scene", tile, LabelSheet.number(scene.backdrop()));
            if (counts) {
                count(sheet, tile);
            }
        }
        return sheet;
    }

    private void label(LabelSheet sheet, int row, int column) {
        sheet.patch(LabelSheet.BACKDROP, row, column, LabelSheet.number(scene.backdrop()));
        int cellRow = row * World.PATCH / ShapeScene.CELL;
        int cellColumn = column * World.PATCH / ShapeScene.CELL;
        int index = -1;
        int pixels = 0;
        for (int y = row * World.PATCH; y < (row + 1) * World.PATCH; y++) {
            for (int x = column * World.PATCH; x < (column + 1) * World.PATCH; x++) {
                int at = owner[y * raster.width() + x];
                if (at >= 0) {
                    index = at; // a patch lies in one cell, a cell holds one thing
                    pixels++;
                }
            }
        }
        if (pixels == 0) {
            sheet.patch(LabelSheet.OBJECT, row, column, 0);
        } else if (pixels >= SHOWN) {
            Item item = scene.items().get(index);
            sheet.patch(LabelSheet.OBJECT, row, column, object(item));
            sheet.patch(LabelSheet.CELL_ROW, row, column, cellRow);
            sheet.patch(LabelSheet.CELL_COLUMN, row, column, cellColumn);
            sheet.patch(LabelSheet.QUARTER, row, column, (scene.isTop(item) ? 0 : 2) + (scene.isLeft(item) ? 0 : 1));
            if (item.isShape()) {
                sheet.patch(LabelSheet.COLOUR, row, column, LabelSheet.number(item.colour()));
            }
            for (Side side : Side.values()) {
                labelNext(sheet, row, column, item, side);
            }
        }
    }

    /** What a question about a thing beside this one asks for. */
    private void labelNext(LabelSheet sheet, int row, int column, Item item, Side side) {
        Optional<Item> next = side.next(scene, item);
        sheet.patch(
                LabelSheet.next(side),
                row,
                column,
                next.map(ShapePainter::object).orElse(0));
        next.filter(Item::isShape)
                .ifPresent(shape ->
                        sheet.patch(LabelSheet.nextColour(side), row, column, LabelSheet.number(shape.colour())));
    }

    private static int object(Item item) {
        return item.isShape()
                ? LabelSheet.SHAPES_FROM + LabelSheet.number(item.shape())
                : LabelSheet.BEINGS_FROM + LabelSheet.number(item.being());
    }

    private void count(LabelSheet sheet, int tile) {
        int tileRow = tile / scene.tileColumns();
        int tileColumn = tile % scene.tileColumns();
        var inside = scene.items().stream()
                .filter(item -> item.row() / 2 == tileRow && item.column() / 2 == tileColumn)
                .toList();
        for (Shape shape : Shape.values()) {
            sheet.tile(LabelSheet.counting(shape), tile, (int)
                    inside.stream().filter(item -> item.shape() == shape).count());
        }
        for (Colour colour : Colour.values()) {
            sheet.tile(LabelSheet.counting(colour), tile, (int)
                    inside.stream().filter(item -> item.colour() == colour).count());
        }
        for (Being being : Being.values()) {
            sheet.tile(LabelSheet.counting(being), tile, (int)
                    inside.stream().filter(item -> item.being() == being).count());
        }
        for (Shape shape : Shape.values()) {
            sheet.tile(LabelSheet.countingAll(shape), tile, Math.min(scene.count(shape), LabelSheet.COUNTS - 1));
        }
        for (Colour colour : Colour.values()) {
            sheet.tile(LabelSheet.countingAll(colour), tile, Math.min(scene.count(colour), LabelSheet.COUNTS - 1));
        }
        sheet.tile(LabelSheet.ALL_SHAPES, tile, scene.shapes().size());
    }
}
