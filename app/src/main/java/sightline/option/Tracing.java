package sightline.option;

import java.util.List;
import java.util.Objects;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.sweep.Strategy;
import sightline.text.EncodedPrompt;

/**
 * What is cut and how; the part of a {@link SweepRequest} that does not depend on the sample.
 *
 * @param pathways what to cut, by name; may be empty, for the baseline alone
 * @param sizes window sizes k
 * @param rows what rows before the image token read
 * @param masking what a row reads if nothing is left
 * @param temperature of the readout
 * @param strategy how the sweep is computed
 * @param flipEnd whether an answer that no longer ends behind its tokens flips, too
 * @param verify how many samples are traced again with the naive sweep
 */
public record Tracing(
        List<String> pathways,
        List<Integer> sizes,
        RowReading rows,
        Masking masking,
        double temperature,
        Strategy strategy,
        boolean flipEnd,
        int verify) {
    public Tracing {
        pathways = List.copyOf(pathways);
        sizes = List.copyOf(sizes);
        Objects.requireNonNull(rows);
        Objects.requireNonNull(masking);
        Objects.requireNonNull(strategy);
    }

    /**
     * The request for a sample.
     *
     * @param family the interventions of the model's family
     */
    public SweepRequest request(EncodedPrompt prompt, int[] answer, Interventions family) {
        return new SweepRequest(prompt, answer, family.named(pathways), sizes, List.of(masking), rows, temperature);
    }

    /** The uncut answer alone. */
    public SweepRequest baseline(EncodedPrompt prompt, int[] answer) {
        return new SweepRequest(prompt, answer, List.of(), List.of(), List.of(), rows, temperature);
    }
}
