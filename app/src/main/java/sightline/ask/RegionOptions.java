package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Option;
import sightline.error.InputException;
import sightline.knockout.RegionCut.Target;
import sightline.option.Options;
import sightline.region.PixelBox;

/** Which parts of the picture are cut. */
final class RegionOptions {
    private static final String EXAMPLE = "100,50,200,150";
    private static final Target[] ROWS = {Target.LAST, Target.ALL};

    @Option(
            names = "--region",
            arity = "1",
            paramLabel = "X,Y,WIDTH,HEIGHT",
            description = "Also cut the picture's tokens in this box, in pixels of the picture as it is stored: around"
                    + " each layer, and in all layers at once beside all other tokens and random boxes. Several are one"
                    + " region.")
    private List<String> boxes = List.of();

    @Option(names = "--class-tokens", description = "Cut the class tokens of the tiles that --region touches as well.")
    private boolean classTokens;

    @Option(
            names = "--occlude",
            description =
                    "Also fill --region with the picture's mean colour, see the picture again, and read the answer.")
    private boolean occlude;

    @Option(
            names = "--map",
            arity = "0..1",
            fallbackValue = "8",
            paramLabel = "N",
            description =
                    "Also cut each cell of N x N patches, 8 x 8 unless told otherwise, in all layers at once; then"
                            + " cells one after the other.")
    private String map;

    @Option(
            names = "--map-to",
            paramLabel = "ROWS",
            description =
                    "Cut the cells of --map from these rows: last (the default), or all from the image token on, which"
                            + " also shows what the question's rows carry and takes as long as all rows of the text take a cell.")
    private String mapTo;

    /** What is asked for. */
    RegionsAsked asked() {
        requireRegion("--class-tokens", classTokens);
        requireRegion("--occlude", occlude);
        if (mapTo != null && map == null) {
            throw new InputException("--map-to", "is given without --map", "a map", "Add --map, or leave it out");
        }
        Target target = mapTo == null ? Target.LAST : Options.oneOf("--map-to", mapTo, ROWS);
        OptionalInt side = map == null ? OptionalInt.empty() : OptionalInt.of(Options.integer("--map", map, 1, "8"));
        return new RegionsAsked(boxes.stream().map(RegionOptions::box).toList(), classTokens, occlude, side, target);
    }

    private void requireRegion(String option, boolean given) {
        if (given && boxes.isEmpty()) {
            throw new InputException(option, "is given without --region", "a box", "For example --region " + EXAMPLE);
        }
    }

    private static PixelBox box(String value) {
        List<Double> numbers = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            try {
                numbers.add(Double.parseDouble(part.strip()));
            } catch (NumberFormatException e) {
                throw wrong(value);
            }
        }
        if (numbers.size() != 4
                || !numbers.stream().allMatch(Double::isFinite)
                || numbers.get(2) <= 0
                || numbers.get(3) <= 0) {
            throw wrong(value);
        }
        double x = numbers.get(0);
        double y = numbers.get(1);
        return new PixelBox(x, y, x + numbers.get(2), y + numbers.get(3));
    }

    private static InputException wrong(String value) {
        return Options.wrong("--region", value, "left, top, width and height in pixels, the last two above 0", EXAMPLE);
    }
}
