package sightline.world;

import java.util.List;
import sightline.image.RgbImage;

/**
 * A generated picture with all that is asked about it.
 *
 * @param picture exactly as large as its canvas of tiles, so that the processor resizes nothing
 * @param tileRows rows of tiles
 * @param tileColumns columns of tiles
 * @param labels what is where, for training the vision tower
 * @param questions what can be asked
 * @param words what is written, in reading order; none where shapes are shown
 */
public record Scene(
        RgbImage picture,
        int tileRows,
        int tileColumns,
        List<Labels> labels,
        List<SceneQuestion> questions,
        List<Word> words) {
    /**
     * One thing to tell at every place.
     *
     * @param task its name, e.g. {@code object}; the same tasks in the same order in every scene of any style
     * @param classes how many answers there are
     * @param place what {@code values} counts
     * @param values [tile · places per tile + place]: the class, or -1 where the task asks nothing
     */
    public record Labels(String task, int classes, Place place, int[] values) {}

    /** Where a label sits. */
    public enum Place {
        /** Each patch of a tile, rows first. */
        PATCH,
        /** Each tile's class token. */
        TILE
    }
}
