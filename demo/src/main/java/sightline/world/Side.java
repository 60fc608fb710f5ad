package sightline.world;

import java.util.Optional;

/** The directions that questions name. */
enum Side {
    LEFT("left of", 0, -1),
    RIGHT("right of", 0, 1),
    ABOVE("above", -1, 0),
    BELOW("below", 1, 0);

    private final String words;
    private final int rows;
    private final int columns;

    Side(String words, int rows, int columns) {
        this.words = words;
        this.rows = rows;
        this.columns = columns;
    }

    String words() {
        return words;
    }

    /** What lies in the next cell on this side. */
    Optional<Item> next(ShapeScene scene, Item item) {
        return scene.at(item.row() + rows, item.column() + columns);
    }
}
