package sightline.knockout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.model.Cut;
import sightline.model.Masking;
import sightline.model.Mllama;
import sightline.model.Progress;
import sightline.model.TextDecoder;
import sightline.model.VisionMemory;
import sightline.tensor.Scope;

/**
 * The sweep by definition, the oracle of any faster one: one full text pass for each variant and answer token. Variants
 * that cut the same edges in the same layers are one; one that cuts nothing is the baseline.
 */
public final class NaiveSweep implements Sweep {
    private final Mllama model;

    public NaiveSweep(Mllama model) {
        this.model = model;
    }

    /** What makes two variants of one answer token the same. */
    private record Edit(Pathway pathway, Masking masking, BitSet layers) {}

    @Override
    public Trace run(SweepRequest request, VisionMemory seen, Progress progress) {
        int layers = model.config().text().layers();
        int tokens = request.answer().length;
        double[] baseline = new double[tokens];
        List<List<Trace.Candidate>> candidates = new ArrayList<>();
        List<Map<Edit, Double>> known = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        int passes = tokens * (1 + distinctEdits(request).size());
        int[] done = {0};
        for (int i = 0; i < tokens; i++) {
            Readout uncut = readout(request, i, seen, Cut.PerLayer.NONE);
            baseline[i] = uncut.probability(request.answer()[i]);
            candidates.add(uncut.candidates());
            known.add(new HashMap<>());
            progress.done(++done[0], passes);
        }
        for (Pathway pathway : request.pathways()) {
            for (int k : request.windowSizes()) {
                for (Masking masking : request.maskings()) {
                    double[][] probability = new double[tokens][layers];
                    for (int i = 0; i < tokens; i++) {
                        for (int layer = 0; layer < layers; layer++) {
                            Edit edit = edit(pathway, k, layer, masking);
                            int token = i;
                            probability[i][layer] = edit.layers().isEmpty()
                                    ? baseline[i]
                                    : known.get(i).computeIfAbsent(edit, e -> {
                                        double p = probability(request, token, seen, e);
                                        progress.done(++done[0], passes);
                                        return p;
                                    });
                        }
                    }
                    curves.add(new Curve(pathway, k, masking, probability));
                }
            }
        }
        return new Trace(request, baseline, candidates, curves);
    }

    private Edit edit(Pathway pathway, int k, int layer, Masking masking) {
        Window window = Window.around(layer, k, model.config().text().layers());
        return new Edit(
                pathway,
                masking,
                SweepRequest.cutLayers(pathway, window, model.config().text()));
    }

    /** The edits of one answer token, without the baseline. */
    private java.util.Set<Edit> distinctEdits(SweepRequest request) {
        java.util.Set<Edit> edits = new java.util.HashSet<>();
        for (Pathway pathway : request.pathways()) {
            for (int k : request.windowSizes()) {
                for (Masking masking : request.maskings()) {
                    for (int layer = 0; layer < model.config().text().layers(); layer++) {
                        edits.add(edit(pathway, k, layer, masking));
                    }
                }
            }
        }
        edits.removeIf(edit -> edit.layers().isEmpty());
        return edits;
    }

    private double probability(SweepRequest request, int answerToken, VisionMemory seen, Edit edit) {
        Cut cut = edit.pathway().cut(request.context(answerToken), seen.allTokens(), edit.masking());
        return readout(request, answerToken, seen, layer -> edit.layers().get(layer) ? cut : null)
                .probability(request.answer()[answerToken]);
    }

    /** One full text pass, read out at the last position. */
    private Readout readout(SweepRequest request, int answerToken, VisionMemory seen, Cut.PerLayer cuts) {
        try (Scope scope = Scope.open()) {
            int[] tokens = request.tokens(answerToken);
            TextDecoder decoder = model.decoder();
            Tensor x = decoder.forward(
                    tokens, new TextDecoder.Context(seen, request.prompt().imagePosition(), request.rows(), cuts));
            return new Readout(decoder.logits(x.narrow(0, tokens.length - 1L, 1)), request.temperature());
        }
    }
}
