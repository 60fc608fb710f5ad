package sightline.knockout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sightline.checkpoint.TextConfig;
import sightline.model.Masking;

/** Lays out the probabilities of distinct edits as one curve per pathway, window size and masking. */
final class Curves {
    private Curves() {}

    /**
     * The curves in the request's order.
     *
     * @param baseline per answer token
     * @param probabilities per edit that cuts anything: per answer token
     */
    static List<Curve> of(
            SweepRequest request, TextConfig config, double[] baseline, Map<Edit, double[]> probabilities) {
        List<Curve> curves = new ArrayList<>();
        for (Pathway pathway : request.pathways()) {
            for (int k : request.windowSizes()) {
                for (Masking masking : request.maskings()) {
                    double[][] curve = new double[baseline.length][config.layers()];
                    for (int layer = 0; layer < config.layers(); layer++) {
                        Edit edit = Edit.of(pathway, k, layer, masking, config);
                        double[] tokens = edit.isBaseline() ? baseline : probabilities.get(edit);
                        for (int token = 0; token < tokens.length; token++) {
                            curve[token][layer] = tokens[token];
                        }
                    }
                    curves.add(new Curve(pathway, k, masking, curve));
                }
            }
        }
        return curves;
    }
}
