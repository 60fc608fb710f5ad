package sightline.run;

import java.util.List;
import java.util.Objects;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.sweep.Strategy;
import sightline.text.EncodedPrompt;

/**
 * What is traced of every sample.
 *
 * @param pathways what to cut, by name; none for the baseline alone
 * @param sizes window sizes k, each at least 1
 * @param maskings what a row reads if nothing is left
 * @param rows what rows before the image token read
 * @param temperature of the readout
 * @param strategy how sweeps are computed
 * @param additions what is traced beside the curves around each layer
 * @param foils what answers' first tokens are held against
 * @param flipEnd whether an answer that no longer ends behind its tokens flips, too
 */
public record RunSettings(
        List<String> pathways,
        List<Integer> sizes,
        List<Masking> maskings,
        RowReading rows,
        double temperature,
        Strategy strategy,
        TraceAdditions additions,
        Foils foils,
        boolean flipEnd) {
    public RunSettings {
        pathways = List.copyOf(pathways);
        sizes = List.copyOf(sizes);
        maskings = List.copyOf(maskings);
        Objects.requireNonNull(rows);
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(additions);
        Objects.requireNonNull(foils);
    }

    /** The curves around each layer alone. */
    public RunSettings(
            List<String> pathways,
            List<Integer> sizes,
            List<Masking> maskings,
            RowReading rows,
            double temperature,
            Strategy strategy) {
        this(pathways, sizes, maskings, rows, temperature, strategy, TraceAdditions.NONE, Foils.LIKELIEST, false);
    }

    /** The same with these additions. */
    public RunSettings with(TraceAdditions more) {
        return new RunSettings(pathways, sizes, maskings, rows, temperature, strategy, more, foils, flipEnd);
    }

    /** The same with these foils. */
    public RunSettings with(Foils others) {
        return new RunSettings(pathways, sizes, maskings, rows, temperature, strategy, additions, others, flipEnd);
    }

    /** The same with this rule of what flips. */
    public RunSettings withFlipEnd(boolean asked) {
        return new RunSettings(pathways, sizes, maskings, rows, temperature, strategy, additions, foils, asked);
    }

    /** The published settings: four pathways, k = 9, reading and masking {@code paper}, temperature 0.6. */
    public static RunSettings published() {
        return new RunSettings(
                Interventions.PUBLISHED,
                List.of(9),
                List.of(Masking.PAPER),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE,
                Strategy.SHARED);
    }

    /**
     * What is asked of one sample: those pathways that have something to cut there. Without choices, for instance, none
     * can be cut off. What is traced beside the curves is asked of all.
     */
    SweepRequest request(EncodedPrompt prompt, int[] answer, Interventions family, PictureTokens picture) {
        SweepRequest all = new SweepRequest(prompt, answer, family.named(pathways), sizes, maskings, rows, temperature);
        List<Intervention> possible = all.interventions().stream()
                .filter(intervention -> all.canChange(intervention, picture))
                .toList();
        return new SweepRequest(prompt, answer, possible, sizes, maskings, rows, temperature)
                .withTracks(additions.tracks(family, sizes, maskings));
    }

    /** The uncut answer alone. */
    SweepRequest baseline(EncodedPrompt prompt, int[] answer) {
        return new SweepRequest(prompt, answer, List.of(), List.of(), List.of(), rows, temperature);
    }
}
