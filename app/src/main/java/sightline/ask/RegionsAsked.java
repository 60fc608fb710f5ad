package sightline.ask;

import java.util.List;
import sightline.region.PixelBox;

/**
 * Which parts of the picture are cut.
 *
 * @param boxes on the stored picture; together they are the region
 * @param classTokens whether the class tokens of touched tiles belong to it
 * @param occlude whether the picture is seen again with the region painted over
 * @param map whether each cell of the picture is cut
 */
record RegionsAsked(List<PixelBox> boxes, boolean classTokens, boolean occlude, boolean map) {
    /** Nothing. */
    static final RegionsAsked NONE = new RegionsAsked(List.of(), false, false, false);

    RegionsAsked {
        boxes = List.copyOf(boxes);
    }

    boolean any() {
        return map || !boxes.isEmpty();
    }
}
