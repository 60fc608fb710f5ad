package sightline.dataset;

import java.util.List;

/** The order in which Visual7W's four choices are shown. */
public final class ChoiceOrder {
    private ChoiceOrder() {}

    /**
     * Shuffles the choices of one question. The order depends on seed and id alone, so that it stays the same whichever
     * questions are asked before.
     *
     * @param choices the right answer, then the wrong ones, as in the file
     * @param seed the run's
     * @param id the question's
     */
    public static List<String> shuffled(List<String> choices, long seed, long id) {
        // The two spread over all bits: neighbouring ids must not share an order.
        long mixed = (seed * 0x9E3779B97F4A7C15L ^ id) * 0xBF58476D1CE4E5B9L;
        return new PythonRandom((mixed ^ (mixed >>> 31)) & Long.MAX_VALUE).shuffled(choices);
    }
}
