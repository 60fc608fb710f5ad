package sightline.plan;

import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.knockout.SweepCost;

/** Counts what a plan costs. */
final class PlannedCost {
    private PlannedCost() {}

    static SweepCost of(SweepPlan plan) {
        Outline asked = plan.outline();
        ModelShape shape = plan.shape();
        int answer = asked.answerTokens();
        long wanted = asked.allTracks().stream()
                .mapToLong(track -> track.windows().of(shape.layers()).size())
                .sum();
        long distinct = 1L + plan.variants().size();
        long naive = 0;
        for (int token = 0; token < answer; token++) {
            naive += distinct * shape.layers() * (asked.promptTokens() + token);
        }
        double hidden = shape.hidden();
        double keyWidth = (double) shape.keyValueHeads() * shape.headSize();
        double perState = 2 * hidden * hidden + 6 * hidden * shape.intermediate(); // output and MLP
        long states = 0;
        double matrix = 0;
        double attention = 0;
        int below = plan.embeddings().length;
        for (LayerPlan layer : plan.layers()) {
            states += layer.size();
            matrix += layer.size() * perState;
            if (layer.medium() == Medium.IMAGE) {
                matrix += layer.asking().length * 2 * hidden * hidden;
            } else {
                matrix += layer.queried().length * 2 * hidden * hidden + below * 4 * hidden * keyWidth;
            }
            attention += layer.keys() * 4 * hidden;
            below = layer.size();
        }
        double head = below * 2 * hidden * shape.vocabulary();
        return new SweepCost(answer * (wanted + 1), answer * distinct, states, naive, matrix, attention, head);
    }
}
