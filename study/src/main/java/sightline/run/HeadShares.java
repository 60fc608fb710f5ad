package sightline.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sightline.draw.SeededDraws;
import sightline.knockout.HeadSet;
import sightline.knockout.HeadSilencing;
import sightline.knockout.ModelShape;
import sightline.knockout.Track;

/**
 * Shares of a ranking of heads, the neediest first, kept together or cut together at the read-out row: how few heads does the
 * answer need, how many can it do without? Beside each share of the ranking, as many heads of each layer in random order.
 *
 * <p>A set is cut if its heads are silenced, and kept if all others are.
 */
public final class HeadShares {
    /** The shares; the last is all heads. */
    public static final List<Double> SHARES = List.of(.001, .002, .005, .01, .02, .05, .1, .2, .5, 1.0);

    /** Every head silenced. */
    public static final String NOTHING = name(false, false, 1);

    private HeadShares() {}

    /** How many heads a share is: the nearest number, 0 among small models. */
    public static int count(double share, int heads) {
        return (int) Math.floor(share * heads + 0.5);
    }

    /** As in results: {@code keep_heads(0.05)}, {@code cut_random_heads(0.05)}. */
    public static String name(boolean keep, boolean random, double share) {
        return (keep ? "keep_" : "cut_") + (random ? "random_" : "") + "heads(" + share + ")";
    }

    /** Whether a name in results is of a share kept or cut. */
    public static boolean isShare(String intervention) {
        return intervention.startsWith("keep_") || intervention.startsWith("cut_");
    }

    /** Whether a name in results is of heads that are silenced together, a share or a chosen set. */
    public static boolean isName(String intervention) {
        return intervention.startsWith("heads") || isShare(intervention);
    }

    /** What a sample's line holds; all heads kept is nothing cut, and all of them in random order are the same. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (double share : SHARES.subList(0, SHARES.size() - 1)) {
            for (boolean random : new boolean[] {false, true}) {
                names.add(name(true, random, share));
                names.add(name(false, random, share));
            }
        }
        names.add(NOTHING);
        return names;
    }

    /**
     * A sample's.
     *
     * @param order heads as layer · H + head, the neediest first; all of the model's
     * @param sample its id, for the draw
     */
    static List<Track> tracks(List<Integer> order, HeadSilencing silencing, ModelShape shape, long sample) {
        List<List<Integer>> drawn = drawn(shape, sample);
        List<Track> tracks = new ArrayList<>();
        for (double share : SHARES.subList(0, SHARES.size() - 1)) {
            List<Integer> top = order.subList(0, count(share, order.size()));
            for (boolean random : new boolean[] {false, true}) {
                HeadSet set = HeadSet.ofPlaces(random ? alike(top, drawn, shape) : top, shape);
                tracks.add(silencing.together(name(true, random, share), set.others(shape), shape));
                tracks.add(silencing.together(name(false, random, share), set, shape));
            }
        }
        tracks.add(silencing.together(NOTHING, HeadSet.ofPlaces(order, shape), shape));
        return tracks;
    }

    /** Each layer's heads in a random order, by place. */
    static List<List<Integer>> drawn(ModelShape shape, long sample) {
        List<List<Integer>> drawn = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            int first = layer * shape.heads();
            int[] all = IntStream.range(first, first + shape.heads()).toArray();
            drawn.add(Arrays.stream(
                            SeededDraws.of("head", sample, "heads", layer, 0).pick(all, all.length))
                    .boxed()
                    .toList());
        }
        return drawn;
    }

    /** As many heads of each layer as some have, the first ones drawn. */
    static List<Integer> alike(List<Integer> places, List<List<Integer>> drawn, ModelShape shape) {
        int[] counts = new int[shape.layers()];
        places.forEach(place -> counts[place / shape.heads()]++);
        return IntStream.range(0, counts.length)
                .boxed()
                .flatMap(layer -> drawn.get(layer).subList(0, counts[layer]).stream())
                .toList();
    }
}
