package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Curve;
import sightline.knockout.Layout;
import sightline.knockout.SweepRequest;
import sightline.knockout.Track;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.Variant;
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * Says what a model answers under a cut, greedily. The cut's target "last" moves on with each token, as it does from one
 * answer token to the next. One full text pass for each token, by definition, as {@link NaiveSweep} does it: layers × all
 * rows of the text, which is about a ninth of a published sweep at 11B shapes.
 */
public final class CutDecoder {
    private final VisionLanguageModel model;
    private final SweepRequest request;
    private final VisionMemory seen;

    /**
     * @param model not closed by this
     * @param request whose cuts, and whose answer until it is left
     */
    public CutDecoder(VisionLanguageModel model, SweepRequest request, VisionMemory seen) {
        this.model = model;
        this.request = request;
        this.seen = seen;
    }

    /**
     * What is said.
     *
     * @param tokens ids: the answer's until it is left, then others; without an end token
     * @param finished whether the model ended it; otherwise it was stopped
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Said(int[] tokens, boolean finished) {}

    /**
     * Goes on from where the answer is left: at a token, or behind the last one where the curve tells that it does not end there.
     *
     * @param curve of this request, with its measures
     * @param window its number; one around each layer has the layer's
     * @param most the most tokens from there on, at least 1
     * @return the answer itself, unfinished, if greedy decoding does not leave it
     */
    public Said say(Curve curve, int window, int most) {
        int[] answer = request.answer();
        int left = left(curve, window, answer);
        List<Integer> said = new ArrayList<>();
        Arrays.stream(answer).limit(left).forEach(said::add);
        if (left == answer.length && curve.ends(window).orElse(true)) {
            return new Said(answer, false);
        }
        try (TensorOwner.Use use = model.use(seen)) {
            int next = left < answer.length
                    ? curve.measures()[left][window].top(answer[left])
                    : next(curve, window, answer);
            while (!model.generation().endTokens().contains(next)) {
                if (next == model.config().imageToken()) { // no answer can go on behind it
                    return new Said(ids(said), false);
                }
                said.add(next);
                if (said.size() - left == most || request.prompt().length() + said.size() >= positions()) {
                    return new Said(ids(said), false);
                }
                next = next(curve, window, ids(said));
            }
        }
        return new Said(ids(said), true);
    }

    /** The first answer token that greedy decoding does not say. */
    private static int left(Curve curve, int window, int... answer) {
        int first = Arrays.mismatch(curve.said(window, answer), answer);
        return first < 0 ? answer.length : first;
    }

    private int positions() {
        return model.shape().positions();
    }

    private int next(Curve curve, int window, int... said) {
        Track track = new Track(curve.intervention(), curve.windows(), curve.masking());
        Variant variant =
                Variant.of(track, curve.windows().of(model.shape().layers()).get(window), model.shape());
        int[] prompted = request.prompt().ids();
        int[] tokens = Arrays.copyOf(prompted, prompted.length + said.length);
        System.arraycopy(said, 0, tokens, prompted.length, said.length);
        Layout layout = new Layout(request.prompt().roles(), said.length, seen.tokens());
        try (Scope scope = Scope.open()) {
            Tensor states =
                    new FullPass(model, seen, layout, request.rows(), tokens).run(variant::acts, variant.masking());
            Tensor logits = model.decoder().logits(states.narrow(0, tokens.length - 1L, 1));
            return Math.toIntExact(HostArrays.longs(Ops.firstLargest(logits))[0]);
        }
    }

    private static int[] ids(List<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
