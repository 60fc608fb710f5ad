package sightline.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import sightline.knockout.Curve;
import sightline.knockout.Lens;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.knockout.Reading;
import sightline.knockout.Track;
import sightline.knockout.Window;
import sightline.knockout.Windows;
import sightline.plan.Variant;

/** The windows under which a lens is read ({@link Reading.Lens}). */
final class WorstWindows {
    private WorstWindows() {}

    /**
     * One of them.
     *
     * @param window its number
     */
    record Worst(Track track, int window, Variant variant) {
        Lens.Cut lens(List<Lens> tokens) {
            return new Lens.Cut(track, window, tokens);
        }
    }

    /** The curves' tracks; none if no lens is asked for. */
    static List<Track> tracks(Outline asked) {
        if (asked.readings().stream().noneMatch(Reading.Lens.class::isInstance)) {
            return List.of();
        }
        Stream<Track> around =
                Track.aroundLayers(asked.interventions(), asked.windowSizes(), asked.maskings()).stream();
        Stream<Track> chosen = asked.tracks().stream().filter(track -> track.windows() instanceof Windows.Only);
        return Stream.concat(around, chosen).toList();
    }

    /** Every variant that may turn out to be one; the baseline left out. */
    static Set<Variant> candidates(Outline asked, ModelShape shape) {
        Set<Variant> variants = new LinkedHashSet<>();
        for (Track track : tracks(asked)) {
            for (Window window : track.windows().of(shape.layers())) {
                Variant variant = Variant.of(track, window, shape);
                if (!variant.isBaseline()) {
                    variants.add(variant);
                }
            }
        }
        return variants;
    }

    /** The most harmful windows, from the curves. */
    static List<Worst> of(Outline asked, ModelShape shape, Function<Track, Curve> curves) {
        List<Worst> worst = new ArrayList<>();
        for (Track track : tracks(asked)) {
            double[] answer = curves.apply(track).probability();
            List<Window> windows = track.windows().of(shape.layers());
            int least = 0;
            for (int window = 1; window < answer.length; window++) {
                if (answer[window] < answer[least]) {
                    least = window;
                }
            }
            worst.add(new Worst(track, least, Variant.of(track, windows.get(least), shape)));
        }
        return worst;
    }
}
