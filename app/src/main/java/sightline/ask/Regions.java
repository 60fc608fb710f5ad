package sightline.ask;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import sightline.knockout.Curve;
import sightline.knockout.PictureTokens;
import sightline.knockout.Trace;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.sweep.CellMap;

/**
 * What came of cutting parts of a picture, in all layers at once.
 *
 * @param grid the picture's patches
 * @param boxes the region; none if only a map was asked for
 * @param tokens the region's vision tokens, by number
 * @param picture how many there are
 * @param whole the region's and all other tokens' cuts
 * @param controls random boxes; fewer than {@link RegionCuts#DRAWS}, or none, if there is no other place
 * @param occluded the uncut answer with the region painted over, if it was asked for
 * @param map the picture's cells, if they were asked for
 */
public record Regions(
        PatchGrid grid,
        List<PatchBox> boxes,
        BitSet tokens,
        PictureTokens picture,
        List<Curve> whole,
        List<Control> controls,
        Optional<Trace> occluded,
        Optional<CellMap.Found> map) {
    public Regions {
        Objects.requireNonNull(grid);
        boxes = List.copyOf(boxes);
        tokens = (BitSet) tokens.clone();
        whole = List.copyOf(whole);
        controls = List.copyOf(controls);
    }

    @Override
    public BitSet tokens() {
        return (BitSet) tokens.clone();
    }

    /** All that was cut in all layers at once. */
    Stream<Curve> cuts() {
        return Stream.concat(
                whole.stream(), controls.stream().flatMap(control -> Stream.of(control.toLast(), control.toAll())));
    }

    /**
     * A draw of random boxes.
     *
     * @param boxes as many as the region has, of the same sizes
     * @param toLast their tokens cut from the last row
     * @param toAll from all rows that see the picture
     */
    record Control(List<PatchBox> boxes, Curve toLast, Curve toAll) {}
}
