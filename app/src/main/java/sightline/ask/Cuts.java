package sightline.ask;

import sightline.error.InputException;
import sightline.knockout.Curve;
import sightline.knockout.Intervention;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.SweepRequest;
import sightline.knockout.Window;

/** Where a cut can act, and what it changed. */
final class Cuts {
    /** Keeps the change of a tiny probability finite (METHOD section 5). */
    private static final double FLOOR = 1e-5;

    private Cuts() {}

    /**
     * Refuses pathways that have nothing to cut in this prompt.
     *
     * @throws InputException for a pathway whose source or target is empty at every answer token
     */
    static void requireEdges(SweepRequest request, PictureTokens picture) {
        for (Intervention intervention : request.interventions()) {
            if (!request.canChange(intervention, picture)) {
                throw new InputException(
                        "--pathways",
                        intervention.name() + " has nothing to cut in this prompt and answer",
                        "a pathway whose source and target are there",
                        "Leave it out or choose another");
            }
        }
    }

    /**
     * Change of the whole answer's probability in percent of its uncut value, per layer: (p − q) / q · 100 with q = full +
     * 1e-5 (METHOD section 5). Not a number where the window around a layer holds no layer of the pathway's kind.
     *
     * @param full the answer's probability with nothing cut
     */
    static double[] changes(Curve curve, double full, ModelShape shape) {
        double[] change = curve.probability();
        for (int layer = 0; layer < change.length; layer++) {
            Window window = Window.around(layer, curve.k(), change.length);
            boolean acts = !curve.intervention().layers(window, shape).isEmpty();
            change[layer] = acts ? change(change[layer], full) : Double.NaN;
        }
        return change;
    }

    /**
     * The same of one probability.
     *
     * @param full the answer's probability with nothing cut
     */
    static double change(double probability, double full) {
        double q = full + FLOOR;
        return (probability - q) / q * 100;
    }
}
