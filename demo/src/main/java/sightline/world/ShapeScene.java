package sightline.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Shapes and beings before they are painted. Cells are {@value #CELL} pixels wide and hold at most one thing.
 *
 * @param tileRows rows of tiles
 * @param tileColumns columns of tiles
 */
record ShapeScene(int tileRows, int tileColumns, Backdrop backdrop, List<Item> items) {
    static final int CELL = World.TILE / 2;

    ShapeScene {
        items = List.copyOf(items);
    }

    int rows() {
        return 2 * tileRows;
    }

    int columns() {
        return 2 * tileColumns;
    }

    Optional<Item> at(int row, int column) {
        return items.stream()
                .filter(item -> item.row() == row && item.column() == column)
                .findFirst();
    }

    boolean isTop(Item item) {
        return item.row() < tileRows;
    }

    boolean isLeft(Item item) {
        return item.column() < tileColumns;
    }

    /** The places of a thing, numbered as in {@link SceneQuestion#shownAt}. */
    List<Integer> places(Item item) {
        List<Integer> places = new ArrayList<>();
        int across = CELL / World.PATCH;
        int tile = item.row() / 2 * tileColumns + item.column() / 2;
        for (int row = item.row() % 2 * across; row < (item.row() % 2 + 1) * across; row++) {
            for (int column = item.column() % 2 * across; column < (item.column() % 2 + 1) * across; column++) {
                places.add(tile * World.PLACES + 1 + row * LabelSheet.PATCHES_ACROSS + column);
            }
        }
        return places;
    }

    List<Integer> places(List<Item> some) {
        return some.stream().flatMap(item -> places(item).stream()).toList();
    }

    /** All tiles as wholes. */
    List<Integer> tiles() {
        return Stream.iterate(0, tile -> tile + World.PLACES)
                .limit((long) tileRows * tileColumns)
                .toList();
    }

    List<Item> shapes() {
        return items.stream().filter(Item::isShape).toList();
    }

    List<Item> beings() {
        return items.stream().filter(item -> !item.isShape()).toList();
    }

    List<Item> shapes(Predicate<Item> of) {
        return shapes().stream().filter(of).toList();
    }

    int count(Shape shape) {
        return shapes(item -> item.shape() == shape).size();
    }

    int count(Colour colour) {
        return shapes(item -> item.colour() == colour).size();
    }

    boolean holds(Colour colour, Shape shape) {
        return !shapes(item -> item.shape() == shape && item.colour() == colour).isEmpty();
    }

    List<Shape> shapeNames() {
        return shapes().stream().map(Item::shape).distinct().toList();
    }

    List<Colour> colours() {
        return shapes().stream().map(Item::colour).distinct().toList();
    }

    /** The ways to name an item that fit no other: {@code circle}, {@code red shape}, {@code red circle}, {@code dog}. */
    List<String> names(Item item) {
        List<String> names = new ArrayList<>();
        if (!item.isShape()) {
            names.add(item.being().word()); // a scene never holds two of the same kind
            return names;
        }
        boolean byShape = count(item.shape()) == 1;
        boolean byColour = count(item.colour()) == 1;
        if (byShape) {
            names.add(item.shape().word());
        }
        if (byColour) {
            names.add(item.colour().word() + " shape");
        }
        if (!byShape
                && !byColour
                && shapes(other -> other.phrase().equals(item.phrase())).size() == 1) {
            names.add(item.phrase());
        }
        return names;
    }
}
