package sightline.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import sightline.knockout.Curve;
import sightline.knockout.HeadMeans;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Trace;
import sightline.knockout.Windows;

/**
 * All that was traced of one sample.
 *
 * @param trace with its own picture
 * @param foils what the answer is held against in it
 * @param controlled the pathways that random sources stand for, by the name of their control
 * @param pictures by control, the uncut answer with another picture
 * @param means what silenced heads read; empty for 0, or where none was
 * @param region the place that says the answer, if that was asked for
 */
record SampleTrace(
        Trace trace,
        FoilTokens foils,
        Map<String, String> controlled,
        Map<Control, OtherPicture> pictures,
        Optional<HeadMeans> means,
        Optional<TracedRegion> region) {
    SampleTrace {
        Objects.requireNonNull(foils);
        controlled = Map.copyOf(controlled);
        pictures = new TreeMap<>(pictures);
        Objects.requireNonNull(means);
    }

    /**
     * Another picture.
     *
     * @param image its file's name; empty if it is made
     * @param trace of nothing but the uncut answer
     */
    record OtherPicture(Optional<String> image, Trace trace) {}

    /** What acts at whole depth. */
    List<Curve> wholeDepth() {
        return trace.tracked().stream()
                .filter(curve -> curve.windows() instanceof Windows.WholeDepth)
                .toList();
    }

    /** The pathways that were cut and have too few other sources, or none, to draw from. */
    List<String> withoutRandom() {
        return trace.curves().stream()
                .map(curve -> curve.intervention().name())
                .distinct()
                .filter(pathway -> !controlled.containsValue(pathway))
                .toList();
    }

    /** Random sources' curves. */
    List<Curve> random() {
        return aroundLayers(true);
    }

    /** What is kept alone around each layer. */
    List<Curve> kept() {
        return aroundLayers(false);
    }

    private List<Curve> aroundLayers(boolean drawn) {
        return trace.tracked().stream()
                .filter(curve -> curve.windows() instanceof Windows.Around)
                .filter(curve -> !HeadSilencing.is(curve.intervention()))
                .filter(curve -> controlled.containsKey(curve.intervention().name()) == drawn)
                .toList();
    }

    /** What is cut in every range of layers. */
    List<Curve> triangles() {
        return trace.tracked().stream()
                .filter(curve -> curve.windows() instanceof Windows.StartByEnd)
                .toList();
    }
}
