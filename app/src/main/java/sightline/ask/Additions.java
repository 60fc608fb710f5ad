package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sightline.error.InputException;
import sightline.knockout.Curve;
import sightline.knockout.Interventions;
import sightline.knockout.KeepOnly;
import sightline.knockout.Layout;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.RandomSources;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.run.Control;
import sightline.run.TraceAdditions;

/** What an inquiry traces beside the curves around each layer: into the request, and out of the trace. */
final class Additions {
    /** Draws of random sources for each pathway. */
    static final int DRAWS = 20;

    /** A question has no id; its draws are those of sample 0. */
    private static final long SAMPLE = 0;

    private Additions() {}

    /**
     * A request with all of it.
     *
     * @throws InputException if random sources are asked for and no pathway can have any
     */
    static SweepRequest in(
            SweepRequest request, TraceAdditions asked, Interventions family, PictureTokens picture, ModelShape shape) {
        List<Track> tracks = new ArrayList<>(asked.tracks(family, request.windowSizes(), request.maskings()));
        if (asked.has(Control.RANDOM_SOURCES)) {
            List<Track> draws = draws(request, picture, shape);
            if (draws.isEmpty()) {
                throw new InputException(
                        "--control",
                        "holds random_sources, but no pathway has as many other tokens to draw from",
                        "a narrow one in --pathways",
                        "Try --pathways question_text_to_last");
            }
            tracks.addAll(draws);
        }
        tracks.addAll(asked.heads(shape, Optional.empty(), SAMPLE));
        return request.withTracks(tracks);
    }

    /** By pathway and window size, then draw. */
    private static List<Track> draws(SweepRequest request, PictureTokens picture, ModelShape shape) {
        Layout whole = request.outline(picture).layout(request.answer().length - 1);
        List<Track> tracks = new ArrayList<>();
        for (Track track : request.aroundLayers()) {
            for (int draw = 0; draw < DRAWS; draw++) {
                new RandomSources(SAMPLE, draw)
                        .of(track.intervention(), whole, shape)
                        .ifPresent(one -> tracks.add(new Track(one, track.windows(), track.masking())));
            }
        }
        return tracks;
    }

    /** What acts at whole depth. */
    static List<Curve> wholeDepth(Trace trace) {
        return trace.tracked().stream()
                .filter(curve -> curve.windows() instanceof Windows.WholeDepth)
                .toList();
    }

    /** What is kept alone around each layer. */
    static List<Curve> kept(Trace trace) {
        return trace.tracked().stream()
                .filter(curve -> curve.windows() instanceof Windows.Around)
                .filter(curve -> KeepOnly.isName(curve.intervention().name()))
                .toList();
    }

    /** What is cut in every range of layers. */
    static List<Curve> triangles(Trace trace) {
        return trace.tracked().stream()
                .filter(curve -> curve.windows() instanceof Windows.StartByEnd)
                .toList();
    }

    /** A curve's draws of random sources, in their order; none if it has no such control. */
    static List<Curve> draws(Trace trace, Curve curve) {
        String control = RandomSources.name(curve.intervention().name());
        return trace.tracked().stream()
                .filter(one -> one.windows().equals(curve.windows())
                        && one.intervention().name().equals(control))
                .toList();
    }
}
