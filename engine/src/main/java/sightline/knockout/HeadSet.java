package sightline.knockout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Query heads of any layers, silenced together.
 *
 * @param heads each once, by layer, then by number; none is allowed
 */
public record HeadSet(List<Head> heads) {
    private static final Pattern HEAD = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /**
     * A query head.
     *
     * @param layer from 0
     * @param head its number within the layer, from 0
     */
    public record Head(int layer, int head) {
        /** As on the command line and in results: {@code 8.3}. */
        @Override
        public String toString() {
            return layer + "." + head;
        }
    }

    public HeadSet {
        heads = heads.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Head::layer).thenComparingInt(Head::head))
                .toList();
    }

    /**
     * Heads by place.
     *
     * @param places layer · heads of a layer + head
     */
    public static HeadSet ofPlaces(List<Integer> places, ModelShape shape) {
        return new HeadSet(places.stream()
                .map(place -> new Head(place / shape.heads(), place % shape.heads()))
                .toList());
    }

    /**
     * Reads a set.
     *
     * @param text heads as {@code LAYER.HEAD}, separated by commas: {@code 8.3,8.5}
     * @return empty if it is none, or names a head twice
     */
    public static Optional<HeadSet> parse(String text) {
        List<Head> heads = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            Matcher matcher = HEAD.matcher(one.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            heads.add(new Head(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        }
        HeadSet set = new HeadSet(heads);
        return set.heads.size() == heads.size() ? Optional.of(set) : Optional.empty();
    }

    /** The first head that a model does not have. */
    public Optional<Head> beyond(ModelShape shape) {
        return heads.stream()
                .filter(head -> head.layer() >= shape.layers() || head.head() >= shape.heads())
                .findFirst();
    }

    /** All heads of a model that are not in this set. */
    public HeadSet others(ModelShape shape) {
        List<Head> others = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int head = 0; head < shape.heads(); head++) {
                others.add(new Head(layer, head));
            }
        }
        others.removeAll(heads);
        return new HeadSet(others);
    }

    /** By layer, as {@link HeadSilencing#together} takes them. */
    List<BitSet> byLayer(ModelShape shape) {
        List<BitSet> layers = IntStream.range(0, shape.layers())
                .mapToObj(layer -> new BitSet())
                .toList();
        heads.forEach(head -> layers.get(head.layer()).set(head.head()));
        return layers;
    }

    /** The heads, separated by commas. */
    @Override
    public String toString() {
        return heads.stream().map(Head::toString).collect(Collectors.joining(","));
    }
}
