package sightline.region;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sightline.draw.SeededDraws;

/**
 * The control of boxes: as many patch rows and columns elsewhere on the picture, each place as likely that overlaps none of the
 * boxes. One draw serves all layers: a box that moved from layer to layer could be read in the next one.
 *
 * @param sample the sample's id, for the seed
 * @param pathway the pathway's name, for the seed
 */
public record RandomBoxes(long sample, String pathway) {
    /** A draw that serves all layers is that of the first. */
    private static final int LAYER = 0;

    /**
     * A draw.
     *
     * @param boxes what it is the control of; of several, each gets a place of its own, in their order
     * @param draw number of the draw, from 0
     * @return empty if there is no such place
     */
    public Optional<List<PatchBox>> of(PatchGrid grid, List<PatchBox> boxes, int draw) {
        SeededDraws draws = SeededDraws.of("region", sample, pathway, LAYER, draw);
        List<PatchBox> drawn = new ArrayList<>();
        for (PatchBox box : boxes) {
            List<PatchBox> places = places(
                    grid, box, Stream.concat(boxes.stream(), drawn.stream()).toList());
            if (places.isEmpty()) {
                return Optional.empty();
            }
            int[] picked = draws.pick(IntStream.range(0, places.size()).toArray(), 1);
            drawn.add(places.get(picked[0]));
        }
        return Optional.of(drawn);
    }

    /** Where a box of this size fits, from the top, then from the left, without overlapping any of the taken ones. */
    static List<PatchBox> places(PatchGrid grid, PatchBox size, List<PatchBox> taken) {
        List<PatchBox> places = new ArrayList<>();
        for (int row = 0; row + size.rows() <= grid.rows(); row++) {
            for (int column = 0; column + size.columns() <= grid.columns(); column++) {
                PatchBox place = new PatchBox(row, column, size.rows(), size.columns());
                if (taken.stream().noneMatch(place::overlaps)) {
                    places.add(place);
                }
            }
        }
        return places;
    }
}
