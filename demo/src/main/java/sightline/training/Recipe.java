package sightline.training;

import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.dataset.Dataset;
import sightline.world.Mix;

/**
 * How the demo's model is trained: the eyes first, then questions from easy to all, at rates that fall along a cosine.
 *
 * @param stages in their order; their shares sum to 1
 */
record Recipe(List<Stage> stages) {
    /** What the labels' loss counts beside that of the answers. */
    static final double LABELS = 0.3;

    private static final double VISION_MUON = 0.02;
    private static final double VISION_ADAM = 2e-3;
    private static final double MUON = 0.012;
    private static final double ADAM = 1.5e-3;
    /** At the full rate the vision tower would unlearn what the labels taught it. */
    private static final double VISION_IN_JOINT = 0.1;

    private static final double WARM_UP = 0.02;
    private static final double LOWEST = 0.03;
    private static final int QUESTIONS = 8;
    private static final int PICTURES = 5;
    private static final int PICTURES_TO_SEE = 12;

    /** What must be found by where it is, on scenes in which all differs: nothing can be guessed from what is there. */
    private static final List<String> RETRIEVAL = List.of(
            "colour_of",
            "shape_of",
            "colour_beside",
            "shape_beside",
            "what_beside",
            "what_colour",
            "where_part",
            "who_beside",
            "who_there",
            "when",
            "doc_value",
            "doc_price",
            "doc_quantity",
            "doc_letter",
            "doc_title",
            "doc_which",
            "doc_first",
            "doc_hand");

    Recipe {
        stages = List.copyOf(stages);
    }

    /** The recipe of the demo's checkpoint. */
    static Recipe demo() {
        Mix all = Mix.all().withQuestions(QUESTIONS);
        Mix retrieval = all.only(RETRIEVAL).withDistinct(true);
        Mix harder = all.with("count_shape", 1.5).with("count_colour", 1.5).with(Dataset.VQAV2, 1.3);
        return new Recipe(List.of(
                new Stage("labels", 0.10, all, PICTURES_TO_SEE, false),
                new Stage("retrieval", 0.15, retrieval, PICTURES, true),
                new Stage("all kinds", 0.75, harder, PICTURES, true)));
    }

    /** The stage at a point of the training, from 0 to 1. */
    Stage at(double done) {
        double end = 0;
        for (Stage stage : stages) {
            end += stage.share();
            if (done < end) {
                return stage;
            }
        }
        return stages.get(stages.size() - 1);
    }

    /** How large steps are at a point of the training, from 0 to 1. */
    Optimiser.Rates rates(double done) {
        double start = 0;
        for (Stage stage : stages) {
            if (stage.asks()) {
                break;
            }
            start += stage.share();
        }
        if (done < start) {
            double within = cosine(done / start);
            return new Optimiser.Rates(VISION_MUON * within, VISION_ADAM * within, 1, 0);
        }
        double within = cosine((done - start) / (1 - start));
        return new Optimiser.Rates(MUON * within, ADAM * within, VISION_IN_JOINT, 1);
    }

    private static double cosine(double done) {
        double fall = LOWEST + (1 - LOWEST) * (1 + Math.cos(Math.PI * Math.min(1, done))) / 2;
        return fall * Math.min(1, (done + WARM_UP / 10) / WARM_UP);
    }

    /** Shares of cuts by style; see {@link CutRule}. */
    static Map<Dataset, List<CutRule.Choice>> cuts() {
        CutPlan byQuestion = new CutPlan(Set.of(3, 8), Set.of());
        CutPlan byLast = new CutPlan(Set.of(3), Set.of(8));
        return Map.of(
                Dataset.VQAV2,
                List.of(new CutRule.Choice(0.75, byQuestion), new CutRule.Choice(0.25, CutPlan.NONE)),
                Dataset.VISUAL7W,
                List.of(
                        new CutRule.Choice(0.4, byQuestion),
                        new CutRule.Choice(0.35, byLast),
                        new CutRule.Choice(0.25, CutPlan.NONE)),
                Dataset.DOCVQA,
                List.of(new CutRule.Choice(0.7, byLast), new CutRule.Choice(0.3, CutPlan.NONE)));
    }
}
