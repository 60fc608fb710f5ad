package sightline.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sightline.world.Scene.Labels;
import sightline.world.Scene.Place;

/** The labels of a picture in the making: all tasks, with nothing asked until something is put. */
final class LabelSheet {
    /** Objects: nothing, shapes, beings, glyphs. */
    static final String OBJECT = "object";

    static final String COLOUR = "colour";
    static final String CELL_ROW = "cell_row";
    static final String CELL_COLUMN = "cell_column";
    /** Quarter of the picture: top left, top right, bottom left, bottom right. */
    static final String QUARTER = "quarter";

    static final String BACKDROP = "backdrop";
    /** The field that a glyph belongs to. */
    static final String KEY = "key";
    /** Its place in the value, or that it is part of a key or a title. */
    static final String CHARACTER = "character";
    /** Printed or written by hand. */
    static final String INK = "ink";

    static final int SHAPES_FROM = 1;
    static final int BEINGS_FROM = SHAPES_FROM + Shape.values().length;
    static final int GLYPHS_FROM = BEINGS_FROM + Being.values().length;
    /** Classes of {@link #CHARACTER}: places in a value, then these three. */
    static final int VALUE_PLACES = 8;

    static final int IN_QUANTITY = VALUE_PLACES;
    static final int IN_KEY = VALUE_PLACES + 1;
    static final int IN_TITLE = VALUE_PLACES + 2;
    /** Things in a tile are counted up to four: it has four cells. */
    static final int COUNTS = 5;
    /** All shapes of the picture, up to six. */
    static final String ALL_SHAPES = "all_shapes";

    private static final int ALL_COUNTS = 7;

    static final int PATCHES_ACROSS = World.TILE / World.PATCH;

    private static final Map<String, Integer> PATCH_TASKS = patchTasks();
    private static final Map<String, Integer> TILE_TASKS = tileTasks();

    private final int tileColumns;
    private final Map<String, int[]> patches = new LinkedHashMap<>();
    private final Map<String, int[]> tiles = new LinkedHashMap<>();

    LabelSheet(int tileRows, int tileColumns) {
        this.tileColumns = tileColumns;
        int count = tileRows * tileColumns;
        PATCH_TASKS.keySet().forEach(task -> patches.put(task, unasked(count * PATCHES_ACROSS * PATCHES_ACROSS)));
        TILE_TASKS.keySet().forEach(task -> tiles.put(task, unasked(count)));
    }

    private static int[] unasked(int places) {
        int[] values = new int[places];
        Arrays.fill(values, -1);
        return values;
    }

    private static Map<String, Integer> patchTasks() {
        Map<String, Integer> tasks = new LinkedHashMap<>();
        tasks.put(OBJECT, GLYPHS_FROM + PixelFont.COUNT);
        tasks.put(COLOUR, Colour.values().length);
        tasks.put(CELL_ROW, 2 * World.LONGEST_SIDE);
        tasks.put(CELL_COLUMN, 2 * World.LONGEST_SIDE);
        tasks.put(QUARTER, 4);
        for (Side side : Side.values()) {
            tasks.put(next(side), GLYPHS_FROM);
            tasks.put(nextColour(side), Colour.values().length);
        }
        tasks.put(BACKDROP, Backdrop.values().length);
        tasks.put(KEY, Field.values().length + 1);
        tasks.put(CHARACTER, IN_TITLE + 1);
        tasks.put(INK, 2);
        return tasks;
    }

    private static Map<String, Integer> tileTasks() {
        Map<String, Integer> tasks = new LinkedHashMap<>();
        for (Shape shape : Shape.values()) {
            tasks.put(counting(shape), COUNTS);
        }
        for (Colour colour : Colour.values()) {
            tasks.put(counting(colour), COUNTS);
        }
        for (Being being : Being.values()) {
            tasks.put(counting(being), 2);
        }
        for (Shape shape : Shape.values()) {
            tasks.put(countingAll(shape), COUNTS);
        }
        for (Colour colour : Colour.values()) {
            tasks.put(countingAll(colour), COUNTS);
        }
        tasks.put(ALL_SHAPES, ALL_COUNTS);
        tasks.put("scene", Backdrop.values().length + 1);
        return tasks;
    }

    /** The task that counts one shape, colour or being in a tile. */
    static String counting(Enum<?> what) {
        return "count_" + what.name().toLowerCase(Locale.ROOT);
    }

    /** The task that names what lies in the next cell on a side of a thing; 0 is nothing. */
    static String next(Side side) {
        return "next_" + side.name().toLowerCase(Locale.ROOT);
    }

    /** The task that names the colour of the shape there. */
    static String nextColour(Side side) {
        return next(side) + "_colour";
    }

    /** The task that counts one shape or colour in the whole picture, up to four. */
    static String countingAll(Enum<?> what) {
        return "all_" + what.name().toLowerCase(Locale.ROOT);
    }

    /** The class of one shape, colour or other thing among its like: its place in the enum. */
    @SuppressWarnings("EnumOrdinal") // classes are numbered in the order of declaration, as all labels are
    static int number(Enum<?> what) {
        return what.ordinal();
    }

    /** @param row of the patch in the whole picture */
    void patch(String task, int row, int column, int value) {
        int tile = row / PATCHES_ACROSS * tileColumns + column / PATCHES_ACROSS;
        int inTile = row % PATCHES_ACROSS * PATCHES_ACROSS + column % PATCHES_ACROSS;
        patches.get(task)[tile * PATCHES_ACROSS * PATCHES_ACROSS + inTile] = value;
    }

    void tile(String task, int tile, int value) {
        tiles.get(task)[tile] = value;
    }

    /** All tasks of all places, always in the same order. */
    List<Labels> finish() {
        List<Labels> all = new ArrayList<>();
        patches.forEach((task, values) -> all.add(new Labels(task, PATCH_TASKS.get(task), Place.PATCH, values)));
        tiles.forEach((task, values) -> all.add(new Labels(task, TILE_TASKS.get(task), Place.TILE, values)));
        return List.copyOf(all);
    }
}
