package sightline.ask;

import java.util.List;
import java.util.OptionalInt;
import sightline.knockout.RegionCut.Target;
import sightline.region.PixelBox;

/**
 * Which parts of the picture are cut.
 *
 * @param boxes on the stored picture; together they are the region
 * @param classTokens whether the class tokens of touched tiles belong to it
 * @param occlude whether the picture is seen again with the region painted over
 * @param map patches along the side of the cells that are cut one by one; none are if it is empty
 * @param mapTarget the rows that they are cut from
 */
public record RegionsAsked(
        List<PixelBox> boxes, boolean classTokens, boolean occlude, OptionalInt map, Target mapTarget) {
    /** Nothing. */
    static final RegionsAsked NONE = new RegionsAsked(List.of(), false, false, OptionalInt.empty(), Target.LAST);

    public RegionsAsked {
        boxes = List.copyOf(boxes);
    }

    boolean any() {
        return map.isPresent() || !boxes.isEmpty();
    }
}
