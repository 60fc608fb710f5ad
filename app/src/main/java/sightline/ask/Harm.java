package sightline.ask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.Curve;
import sightline.knockout.Trace;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.CutDecoder;

/**
 * A pathway's most harmful window, where the answer's probability is smallest, and what the model says there.
 *
 * @param curve the pathway's
 * @param layer the window's middle
 * @param change of the answer's probability, percent
 * @param measures of the answer there
 * @param said what greedy decoding gives in its place; empty if it gives the answer, or was not asked
 */
public record Harm(Curve curve, int layer, double change, AnswerMeasures measures, Optional<Words> said) {
    /**
     * Words that come instead of the answer.
     *
     * @param tokens ids, those that agree with the answer too
     * @param finished whether the model ended them
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Words(String text, int[] tokens, boolean finished) {}

    /**
     * Each curve's, in the trace's order; without those that nothing was cut in. None if greedy decoding does not give the
     * answer with nothing cut: what it says under a cut then tells nothing of the cut.
     *
     * @param most the most tokens that are decoded from where the answer is left; 0 decodes nothing
     */
    static List<Harm> of(VisionLanguageModel model, VisionMemory seen, Trace trace, int most) {
        List<Harm> all = new ArrayList<>();
        for (Curve curve : greedy(trace) ? trace.curves() : List.<Curve>of()) {
            double[] change = Cuts.changes(curve, trace.probability(), model.shape());
            int layer = mostHarmful(change);
            if (layer >= 0) {
                AnswerMeasures measures = curve.answer(layer, trace.request().answer());
                Optional<Words> said = measures.flip() && most > 0
                        ? Optional.of(
                                words(model, new CutDecoder(model, trace.request(), seen).say(curve, layer, most)))
                        : Optional.empty();
                all.add(new Harm(curve, layer, change[layer], measures, said));
            }
        }
        return all;
    }

    /**
     * What comes in place of the answer where cuts in all layers change it, by the intervention's name; none as above.
     *
     * @param cuts of the trace's request
     * @param most as above
     */
    static Map<String, Words> instead(
            VisionLanguageModel model, VisionMemory seen, Trace trace, Stream<Curve> cuts, int most) {
        Map<String, Words> all = new HashMap<>();
        CutDecoder decoder = new CutDecoder(model, trace.request(), seen);
        cuts.filter(curve -> most > 0 && greedy(trace))
                .filter(curve -> curve.answer(0, trace.request().answer()).flip())
                .forEach(curve -> all.put(curve.intervention().name(), words(model, decoder.say(curve, 0, most))));
        return all;
    }

    /** Whether greedy decoding gives the answer with nothing cut. */
    static boolean greedy(Trace trace) {
        return !trace.answer().flip();
    }

    private static Words words(VisionLanguageModel model, CutDecoder.Said said) {
        return new Words(model.processor().decode(said.tokens()), said.tokens(), said.finished());
    }

    /** The layer of the smallest change, the first among equals; −1 if all are no numbers. */
    private static int mostHarmful(double... change) {
        int layer = -1;
        for (int l = 0; l < change.length; l++) {
            if (!Double.isNaN(change[l]) && (layer < 0 || change[l] < change[layer])) {
                layer = l;
            }
        }
        return layer;
    }
}
