package sightline.sweep;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Masking;
import sightline.knockout.Outline;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.Variant;
import sightline.tensor.Scope;
import sightline.tensor.TensorOwner;

/**
 * The sweep by definition, the oracle of any faster one: one full text pass for each variant and answer token. Variants
 * that cut the same edges in the same layers are one; one that cuts nothing is the baseline.
 */
public final class NaiveSweep implements Sweep {
    private final VisionLanguageModel model;

    /** @param model not closed by this sweep */
    public NaiveSweep(VisionLanguageModel model) {
        this.model = model;
    }

    @Override
    public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
        try (TensorOwner.Use use = model.use(seen)) {
            return trace(request, seen, progress);
        }
    }

    private Trace trace(SweepRequest request, VisionMemory seen, Progress progress) {
        Outline asked = request.outline(seen.tokens());
        int tokens = request.answer().length;
        List<Variant> variants = Variant.distinct(asked, model.shape());
        Findings findings = new Findings(request, model.shape());
        int done = 0;
        for (int token = 0; token < tokens; token++) {
            FullPass pass = new FullPass(model, seen, asked.layout(token), request.rows(), request.tokens(token));
            try (Scope whole = Scope.open()) { // of the uncut pass, whose logits the others are compared with
                Readout uncut = new Readout(
                        model.decoder(),
                        request,
                        lastRow(request, token, pass.run(layer -> List.of(), Masking.ZERO)),
                        new int[] {last(request, token)},
                        0);
                findings.uncut(uncut, 0);
                progress.done(++done, tokens * (1 + variants.size()));
                for (Variant variant : variants) {
                    try (Scope scope = Scope.open()) {
                        Tensor states = pass.run(variant::acts, variant.masking());
                        findings.under(variant, token, uncut.cut(lastRow(request, token, states)), 0);
                    }
                    progress.done(++done, tokens * (1 + variants.size()));
                }
            }
        }
        return findings.trace(new NaiveInside(model, request, seen).inside(findings), Optional.empty());
    }

    private static int last(SweepRequest request, int answerToken) {
        return request.prompt().length() + answerToken - 1;
    }

    private static Tensor lastRow(SweepRequest request, int answerToken, Tensor states) {
        return states.narrow(0, last(request, answerToken), 1);
    }
}
