package sightline.mllama;

import java.util.ArrayList;
import java.util.List;

/**
 * An arrangement of tiles that cover a picture.
 *
 * @param rows tiles from top to bottom
 * @param columns tiles from left to right
 */
public record AspectRatio(int rows, int columns) {
    /** Tiles in all. */
    public int tiles() {
        return rows * columns;
    }

    /**
     * Every arrangement of up to {@code maxTiles} tiles, rows outermost. The aspect-ratio id of an arrangement is 1 + its
     * index here; 0 stands for no picture.
     */
    public static List<AspectRatio> upTo(int maxTiles) {
        List<AspectRatio> all = new ArrayList<>();
        for (int rows = 1; rows <= maxTiles; rows++) {
            for (int columns = 1; columns <= maxTiles / rows; columns++) {
                all.add(new AspectRatio(rows, columns));
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
