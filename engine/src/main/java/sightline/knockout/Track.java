package sightline.knockout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One intervention under one masking in each of several windows. A {@link Curve} answers it.
 *
 * @param intervention what is changed
 * @param windows in which layers, one window after the other
 * @param masking what a row reads if nothing is left
 */
public record Track(Intervention intervention, Windows windows, Masking masking) {
    /** @throws IllegalArgumentException if the intervention is not one for this masking */
    public Track {
        Objects.requireNonNull(windows);
        if (!intervention.allows(masking)) {
            throw new IllegalArgumentException(
                    intervention + " under masking " + masking + ", expected one of " + intervention.maskings());
        }
    }

    /** Around each layer: one track per intervention, window size and masking, in this order. */
    public static List<Track> aroundLayers(
            List<Intervention> interventions, List<Integer> windowSizes, List<Masking> maskings) {
        List<Track> tracks = new ArrayList<>();
        for (Intervention intervention : interventions) {
            for (int k : windowSizes) {
                for (Masking masking : maskings) {
                    tracks.add(new Track(intervention, new Windows.Around(k), masking));
                }
            }
        }
        return tracks;
    }

    /** At whole depth: one number per answer token. */
    public static Track wholeDepth(Intervention intervention, Masking masking) {
        return new Track(intervention, new Windows.WholeDepth(), masking);
    }
}
