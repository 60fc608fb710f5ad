package sightline.knockout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import sightline.checkpoint.TextConfig;
import sightline.model.Cut;
import sightline.model.Mllama;
import sightline.model.Progress;
import sightline.model.TextDecoder;
import sightline.model.VisionMemory;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * The sweep by definition, the oracle of any faster one: one full text pass for each variant and answer token. Variants
 * that cut the same edges in the same layers are one; one that cuts nothing is the baseline.
 */
public final class NaiveSweep implements Sweep {
    private final Mllama model;

    /** @param model not closed by this sweep */
    public NaiveSweep(Mllama model) {
        this.model = model;
    }

    @Override
    public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
        try (TensorOwner.Use use = model.use(seen)) {
            return trace(request, seen, progress);
        }
    }

    private Trace trace(SweepRequest request, VisionMemory seen, Progress progress) {
        TextConfig config = model.config().text();
        int tokens = request.answer().length;
        List<Edit> edits = Edit.distinct(request, config);
        Map<Edit, double[]> probabilities = new HashMap<>();
        edits.forEach(edit -> probabilities.put(edit, new double[tokens]));
        double[] baseline = new double[tokens];
        List<List<Trace.Candidate>> candidates = new ArrayList<>();
        int done = 0;
        for (int token = 0; token < tokens; token++) {
            try (Scope scope = Scope.open()) {
                Readout uncut = pass(request, token, seen, Cut.PerLayer.NONE);
                baseline[token] = uncut.probabilities(new int[] {0})[0];
                candidates.addAll(uncut.candidates(new int[] {0}));
            }
            progress.done(++done, tokens * (1 + edits.size()));
            for (Edit edit : edits) {
                Cut cut = edit.pathway().cut(request.context(token), seen.allTokens(), edit.masking());
                try (Scope scope = Scope.open()) {
                    Readout readout =
                            pass(request, token, seen, layer -> edit.layers().get(layer) ? cut : null);
                    probabilities.get(edit)[token] = readout.probabilities(new int[] {0})[0];
                }
                progress.done(++done, tokens * (1 + edits.size()));
            }
        }
        List<Curve> curves = Curves.of(request, config, baseline, probabilities);
        return new Trace(request, baseline, candidates, curves, Optional.empty());
    }

    /** One full text pass, read out at the last position. */
    private Readout pass(SweepRequest request, int answerToken, VisionMemory seen, Cut.PerLayer cuts) {
        TextDecoder decoder = model.decoder();
        int[] tokens = request.tokens(answerToken);
        int last = tokens.length - 1;
        Tensor x = decoder.forward(
                tokens, new TextDecoder.Context(seen, request.prompt().imagePosition(), request.rows(), cuts));
        return new Readout(decoder, request, x.narrow(0, last, 1), new int[] {last});
    }
}
