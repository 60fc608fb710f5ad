package sightline.ask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sightline.error.InputException;
import sightline.image.RgbImage;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.PictureTokens;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.model.VisionLanguageModel;
import sightline.region.PatchBox;
import sightline.region.PatchGrid;
import sightline.region.PixelBox;
import sightline.region.RandomBoxes;
import sightline.sweep.CellMap;

/** What an inquiry cuts of a picture: the boxes on its patches, their tokens, and what is traced of them. */
final class RegionCuts {
    /** Random boxes that the region is held against. */
    static final int DRAWS = 20;

    /** A question has no id; its draws are those of sample 0. */
    private static final long SAMPLE = 0;

    private final RegionsAsked asked;
    private final PatchGrid grid;
    private final PictureTokens picture;
    private final Medium imageMedium;
    private final List<PatchBox> boxes;

    private RegionCuts(
            RegionsAsked asked, PatchGrid grid, PictureTokens picture, Medium imageMedium, List<PatchBox> boxes) {
        this.asked = asked;
        this.grid = grid;
        this.picture = picture;
        this.imageMedium = imageMedium;
        this.boxes = boxes;
    }

    /**
     * Those of a picture.
     *
     * @throws InputException if a box does not touch it, or class tokens are asked for and the model has none
     */
    static RegionCuts on(RgbImage picture, RegionsAsked asked, VisionLanguageModel model, PictureTokens tokens) {
        PatchGrid grid = model.processor().patches(picture.width(), picture.height());
        if (asked.classTokens() && grid.classTokens(grid.whole()).isEmpty()) {
            throw new InputException(
                    "--class-tokens",
                    "has no meaning for " + model.config().architecture()
                            + ": none of this model's picture tokens is a class token",
                    "",
                    "Leave it out");
        }
        List<PatchBox> boxes = asked.boxes().stream()
                .map(box -> grid.patches(box).orElseThrow(() -> beside(box, picture)))
                .toList();
        return new RegionCuts(asked, grid, tokens, model.rules().interventions().imageMedium(), boxes);
    }

    private static InputException beside(PixelBox box, RgbImage picture) {
        return new InputException(
                "--region",
                "from (" + box.left() + ", " + box.top() + ") to (" + box.right() + ", " + box.bottom()
                        + ") holds nothing that the model sees of the picture, which is " + picture.width() + " x "
                        + picture.height() + " pixels",
                "a box on the picture",
                "Count from its top left, in pixels of the file");
    }

    /** The tokens of boxes. */
    private BitSet tokens(List<PatchBox> some) {
        BitSet tokens = new BitSet();
        for (PatchBox box : some) {
            tokens.or(grid.tokens(box));
            if (asked.classTokens()) {
                tokens.or(grid.classTokens(box));
            }
        }
        return tokens;
    }

    /** What is cut around each layer; nothing without a region. */
    List<Intervention> aroundLayers() {
        return boxes.isEmpty() ? List.of() : List.of(inside(boxes, Target.LAST), inside(boxes, Target.QUESTION));
    }

    private Intervention inside(List<PatchBox> some, Target target) {
        return RegionCut.of(RegionCut.INSIDE, tokens(some), target, imageMedium);
    }

    /**
     * Traces all of it in all layers at once.
     *
     * @param request whose prompt, answer, foils, rows and temperature count
     * @param sweep answers requests about this picture
     * @param occluded the answer's uncut trace with the region painted over, if that is asked for
     */
    Regions trace(
            SweepRequest request, Masking masking, Function<SweepRequest, Trace> sweep, Optional<Trace> occluded) {
        List<Curve> whole = List.of();
        List<Regions.Control> controls = new ArrayList<>();
        if (!boxes.isEmpty()) {
            List<List<PatchBox>> drawn = new ArrayList<>();
            for (int draw = 0; draw < DRAWS; draw++) { // one set of boxes for both targets
                new RandomBoxes(SAMPLE, RegionCut.name(RegionCut.INSIDE, Target.ALL))
                        .of(grid, boxes, draw)
                        .ifPresent(drawn::add);
            }
            List<Intervention> cuts = new ArrayList<>();
            for (Target target : Target.values()) {
                cuts.add(inside(boxes, target));
                cuts.add(RegionCut.outside(tokens(boxes), picture, target, imageMedium));
            }
            int own = cuts.size();
            for (List<PatchBox> one : drawn) {
                cuts.add(inside(one, Target.LAST));
                cuts.add(inside(one, Target.ALL));
            }
            List<Track> tracks =
                    cuts.stream().map(cut -> Track.wholeDepth(cut, masking)).toList();
            List<Curve> curves = sweep.apply(request.withTracks(tracks)).tracked();
            whole = curves.subList(0, own);
            for (int draw = 0; draw < drawn.size(); draw++) {
                controls.add(new Regions.Control(
                        drawn.get(draw), curves.get(own + 2 * draw), curves.get(own + 2 * draw + 1)));
            }
        }
        Optional<CellMap.Found> map = asked.map().stream()
                .mapToObj(side ->
                        new CellMap(request, masking, grid, asked.mapTarget(), imageMedium, sweep).find(side, SAMPLE))
                .findFirst();
        return new Regions(grid, boxes, tokens(boxes), picture, whole, controls, occluded, map);
    }
}
