package sightline.training;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import sightline.dataset.Dataset;

/**
 * Which rows read the picture during training. Left alone, the last row of so small a model reads question and picture by
 * itself, and no picture ever passes through the question, as it does in the real model. So in some sequences rows are cut
 * off where they shall not rely on the picture; in the others nothing is cut, as when the model is used.
 *
 * @param choices of plans, by style; what is left of 1 cuts nothing
 */
record CutRule(Map<Dataset, List<Choice>> choices) {
    /** Nothing is ever cut. */
    static final CutRule NONE = new CutRule(Map.of());

    /** A plan and how often it is taken. */
    record Choice(double share, CutPlan plan) {}

    CutRule {
        choices = Collections.unmodifiableMap(
                new TreeMap<>(choices)); // in order: a training is told by its recipe's text
    }

    /** A plan for a sequence of this style. */
    CutPlan pick(Dataset style, SplittableRandom random) {
        double at = random.nextDouble();
        for (Choice choice : choices.getOrDefault(style, List.of())) {
            at -= choice.share();
            if (at < 0) {
                return choice.plan();
            }
        }
        return CutPlan.NONE;
    }
}
