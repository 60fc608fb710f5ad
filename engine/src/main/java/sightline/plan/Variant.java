package sightline.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.Masking;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.knockout.Reading;
import sightline.knockout.Track;
import sightline.knockout.Window;

/**
 * An intervention in some layers. Two windows that hold the same layers of its media are one variant.
 *
 * @param layers the layers in which it really acts; empty for the baseline
 */
public record Variant(Intervention intervention, Masking masking, BitSet layers) {
    /** The variant of a track in one of its windows. */
    public static Variant of(Track track, Window window, ModelShape shape) {
        return new Variant(
                track.intervention(), track.masking(), track.intervention().layers(window, shape));
    }

    /** Written out, as is {@link RowView}'s: what Java makes for records takes tens of milliseconds at its first call. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Variant its
                && layers.equals(its.layers)
                && masking == its.masking
                && Objects.equals(intervention, its.intervention); // which compares references first
    }

    @Override
    public int hashCode() {
        return 31 * intervention.hashCode() + layers.hashCode() + masking.hashCode();
    }

    /** What is done in a layer; empty where it does not act. */
    public List<Act> acts(int layer) {
        return layers.get(layer) ? intervention.at(layer).acts() : List.of();
    }

    /** Whether it changes nothing. */
    public boolean isBaseline() {
        return layers.isEmpty();
    }

    /**
     * All variants that a request's readings need and that change anything, each once, in the request's order.
     *
     * @throws IllegalArgumentException if an intervention silences a head that the model does not have, or by
     *     means of another model's shape
     */
    public static List<Variant> distinct(Outline asked, ModelShape shape) {
        if (!readsUnderInterventions(asked)) {
            return List.of();
        }
        Set<Variant> variants = new LinkedHashSet<>();
        for (Track track : asked.allTracks()) {
            requireHeads(track.intervention(), shape);
            for (Window window : track.windows().of(shape.layers())) {
                Variant variant = of(track, window, shape);
                if (!variant.isBaseline()) {
                    variants.add(variant);
                }
            }
        }
        return new ArrayList<>(variants);
    }

    private static void requireHeads(Intervention intervention, ModelShape shape) {
        for (Act act : intervention.acts()) {
            if (act.edit() instanceof Edit.Silence silence) {
                requireHeads(intervention, silence, shape);
            } else if (act.edit() instanceof Edit.SilenceByLayer each) {
                if (each.layers() != shape.layers()) {
                    throw new IllegalArgumentException(intervention + " silences heads in " + each.layers()
                            + " layers, expected " + shape.layers());
                }
                IntStream.range(0, each.layers()).forEach(layer -> requireHeads(intervention, each.at(layer), shape));
            }
        }
    }

    private static void requireHeads(Intervention intervention, Edit.Silence silence, ModelShape shape) {
        int heads = silence.heads().length();
        if (heads > shape.heads()) {
            throw new IllegalArgumentException(
                    intervention + " silences head " + (heads - 1) + ", expected 0 to " + (shape.heads() - 1));
        }
        silence.means().ifPresent(means -> {
            int width = shape.heads() * shape.headSize();
            if (means.layers() != shape.layers() || means.width() != width) {
                throw new IllegalArgumentException(means + " are means of " + means.layers() + " layers of "
                        + means.width() + " channels, expected " + shape.layers() + " of " + width);
            }
        });
    }

    private static boolean readsUnderInterventions(Outline asked) {
        for (Reading reading : asked.readings()) {
            if (reading.underInterventions()) {
                return true;
            }
        }
        return false;
    }
}
