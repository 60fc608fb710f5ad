package sightline.analysis;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the axis under curves counts. */
public enum LayerScale {
    /** Layers, by their numbers. */
    LAYERS,
    /** The part of the model's layers that lies before, in percent: models of different depth side by side. */
    DEPTH;

    /**
     * A number under an axis.
     *
     * @param layer where it stands; −0.5 is the first layer's left end
     */
    public record Mark(double layer, String text) {}

    /** Beside layer 0, the layers whose numbers stand under an axis: those that read the picture; in a model without, round ones. */
    public static List<Integer> landmarks(int layers, List<Integer> readingPicture) {
        int step = layers <= 12 ? 2 : layers <= 24 ? 4 : 8;
        return readingPicture.isEmpty()
                ? IntStream.range(1, layers)
                        .filter(layer -> layer % step == 0)
                        .boxed()
                        .toList()
                : readingPicture;
    }

    /** The numbers under a dataset's curves, from the left. */
    public List<Mark> marks(TracedDataset data) {
        if (this == DEPTH) {
            return IntStream.rangeClosed(0, 4)
                    .mapToObj(quarter -> new Mark(quarter * data.layers() / 4.0 - 0.5, String.valueOf(25 * quarter)))
                    .toList();
        }
        return IntStream.concat(
                        IntStream.of(0),
                        data.landmarks().stream().mapToInt(Integer::intValue).filter(layer -> layer > 0))
                .mapToObj(layer -> new Mark(layer, String.valueOf(layer)))
                .toList();
    }

    /** What the numbers are. */
    public String unit() {
        return this == DEPTH ? "% of depth" : "layer";
    }

    /** The name used on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
