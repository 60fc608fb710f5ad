package sightline.run;

import java.util.List;
import java.util.Objects;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.sweep.Strategy;
import sightline.text.EncodedPrompt;

/**
 * What is traced of every sample.
 *
 * @param pathways what to cut; none for the baseline alone
 * @param sizes window sizes k, each at least 1
 * @param maskings what a row reads if nothing is left
 * @param rows what rows before the image token read
 * @param temperature of the readout
 * @param strategy how sweeps are computed
 */
public record RunSettings(
        List<Pathway> pathways,
        List<Integer> sizes,
        List<Masking> maskings,
        RowReading rows,
        double temperature,
        Strategy strategy) {
    public RunSettings {
        pathways = List.copyOf(pathways);
        sizes = List.copyOf(sizes);
        maskings = List.copyOf(maskings);
        Objects.requireNonNull(rows);
        Objects.requireNonNull(strategy);
    }

    /** The published settings: four pathways, k = 9, reading and masking {@code paper}, temperature 0.6. */
    public static RunSettings published() {
        return new RunSettings(
                Pathway.PUBLISHED,
                List.of(9),
                List.of(Masking.PAPER),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE,
                Strategy.SHARED);
    }

    /**
     * What is asked of one sample: those pathways that have something to cut there. Without choices, for instance, none
     * can be cut off.
     */
    SweepRequest request(EncodedPrompt prompt, int[] answer) {
        SweepRequest all = new SweepRequest(prompt, answer, pathways, sizes, maskings, rows, temperature);
        List<Pathway> possible = pathways.stream().filter(all::canCut).toList();
        return new SweepRequest(prompt, answer, possible, sizes, maskings, rows, temperature);
    }
}
