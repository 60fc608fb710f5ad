package sightline.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.PictureTokens;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.Track;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.RandomBoxes;

/**
 * What is cut of a sample's answer region, in all layers at once: its tokens from the last row, the question and all rows, all
 * others from all rows, and one draw of random boxes of its size.
 */
public final class RegionTracks {
    private static final String RANDOM = "random_boxes";
    private static final List<Target> RANDOM_TARGETS = List.of(Target.LAST, Target.ALL);

    private RegionTracks() {}

    /**
     * The names of what is cut, as lines of a journal have them.
     *
     * @param random whether there is another place for the boxes
     */
    static List<String> names(boolean random) {
        List<String> names = new ArrayList<>();
        for (Target target : Target.values()) {
            names.add(RegionCut.name(RegionCut.INSIDE, target));
        }
        names.add(RegionCut.name(RegionCut.OUTSIDE, Target.ALL));
        if (random) {
            RANDOM_TARGETS.forEach(target -> names.add(RegionCut.name(RANDOM, target)));
        }
        return names;
    }

    /** The cuts of the region itself, and of all but it. */
    public static List<String> cuts() {
        return names(false);
    }

    /** The cut of random boxes beside one of the region; empty if there is none. */
    public static Optional<String> random(String cut) {
        return RANDOM_TARGETS.stream()
                .filter(target -> RegionCut.name(RegionCut.INSIDE, target).equals(cut))
                .findFirst()
                .map(target -> RegionCut.name(RANDOM, target));
    }

    /** Whether a name is one of them. */
    public static boolean isName(String intervention) {
        return names(true).contains(intervention);
    }

    /**
     * The tracks, those of one masking after those of the other.
     *
     * @param boxes the region
     * @param random the draw; empty if there is no other place
     */
    static List<Track> of(
            PatchGrid grid,
            List<PatchBox> boxes,
            Optional<List<PatchBox>> random,
            PictureTokens picture,
            Medium imageMedium,
            List<Masking> maskings) {
        BitSet inside = tokens(grid, boxes);
        List<Intervention> cuts = new ArrayList<>();
        for (Target target : Target.values()) {
            cuts.add(RegionCut.of(RegionCut.INSIDE, inside, target, imageMedium));
        }
        cuts.add(RegionCut.outside(inside, picture, Target.ALL, imageMedium));
        random.ifPresent(drawn -> RANDOM_TARGETS.forEach(
                target -> cuts.add(RegionCut.of(RANDOM, tokens(grid, drawn), target, imageMedium))));
        return maskings.stream()
                .flatMap(masking -> cuts.stream().map(cut -> Track.wholeDepth(cut, masking)))
                .toList();
    }

    /** The draw of a sample. */
    static Optional<List<PatchBox>> random(PatchGrid grid, List<PatchBox> boxes, long sample) {
        return new RandomBoxes(sample, RegionCut.name(RegionCut.INSIDE, Target.ALL)).of(grid, boxes, 0);
    }

    private static BitSet tokens(PatchGrid grid, List<PatchBox> boxes) {
        BitSet tokens = new BitSet();
        boxes.forEach(box -> tokens.or(grid.tokens(box)));
        return tokens;
    }
}
