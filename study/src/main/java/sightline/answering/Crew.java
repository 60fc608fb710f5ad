package sightline.answering;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Other processes that work on samples, on this machine or others. What goes there and comes back is JSON text, so that nothing
 * depends on how they are reached.
 */
public interface Crew {
    /**
     * Has samples worked on. Those of one picture stay together.
     *
     * @param job what each process must know
     * @param pictures the samples of each, at least one, as the job's step writes them
     * @param keep takes each sample's result, as the job's step writes it: once, whatever fails or is repeated, and one after
     *     the other. What it throws ends the work
     * @param stop asked again and again whether to end here; what the processes have in hand is then given up
     * @return whether it was stopped before the end
     * @throws sightline.error.InputException if a process cannot do the job; it names the host
     */
    boolean work(Job job, List<List<String>> pictures, Consumer<String> keep, BooleanSupplier stop);
}
