package sightline.training;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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

    /** What counts beside it how far the questions' rows are from looking at what gives the answer. */
    static final double LOOKS = 0.3;
    /** The cross-attention layer in which they are to: late enough to know what is asked for. */
    static final int LOOKING = DemoSizes.CROSS_ATTENTION.get(1);

    private static final double VISION_MUON = 0.02;
    private static final double VISION_ADAM = 2e-3;
    private static final double MUON = 0.012;
    private static final double ADAM = 1.5e-3;
    /** At the full rate the vision tower would unlearn what the labels taught it. */
    private static final double VISION_IN_JOINT = 0.15;

    private static final double WARM_UP = 0.02;
    private static final double LOWEST = 0.03;
    private static final int QUESTIONS = 8;
    private static final int PICTURES = 5;
    private static final int PICTURES_TO_SEE = 12;

    /** What one look finds, by what it is or where it stands. */
    private static final List<String> LOOKUP = List.of(
            "colour_of",
            "shape_of",
            "what_colour",
            "what_there",
            "where_part",
            "who_there",
            "when",
            "doc_value",
            "doc_price",
            "doc_quantity",
            "doc_letter",
            "doc_title",
            "doc_first",
            "doc_hand");

    /** What is found by what lies beside it. */
    private static final List<String> BESIDE =
            List.of("colour_beside", "shape_beside", "what_beside", "who_beside", "why");

    /** What must be counted, or held against what is asked. */
    private static final List<String> JUDGED = List.of(
            "count_all",
            "count_shape",
            "count_colour",
            "how_many",
            "exists",
            "colour_is",
            "beside_is",
            "place_is",
            "time",
            "doc_box",
            "doc_dearer",
            "doc_paper");

    /** How often kinds that were learnt before are asked again, so that they are not forgotten. */
    private static final double AGAIN = 0.3;
    /** How often kinds that take longest to learn are asked in the end, beside how often they occur. */
    private static final double HARDER = 2.5;

    Recipe {
        stages = List.copyOf(stages);
    }

    /** The recipe of the demo's checkpoint. */
    static Recipe demo() {
        Mix all = Mix.all().withQuestions(QUESTIONS);
        Mix distinct = all.withDistinct(true); // nothing can be guessed from what is there
        Mix lookup = mix(distinct, LOOKUP, List.of());
        Mix beside = mix(distinct, BESIDE, LOOKUP);
        Mix judged = mix(all, JUDGED, union(LOOKUP, BESIDE));
        Mix harder = weighted(all, JUDGED, HARDER)
                .with(Dataset.VQAV2, 1.8)
                .with(Dataset.VISUAL7W, 1.2)
                .with(Dataset.DOCVQA, 0.5);
        return new Recipe(List.of(
                new Stage("labels", 0.09, all, PICTURES_TO_SEE, false, CutRule.NONE),
                new Stage("lookup", 0.08, lookup, PICTURES, true, CutRule.NONE),
                new Stage("beside", 0.08, beside, PICTURES, true, CutRule.NONE),
                new Stage("judged", 0.16, judged, PICTURES, true, CutRule.NONE),
                new Stage("all kinds", 0.22, harder, PICTURES, true, CutRule.NONE),
                new Stage("all kinds, cut", 0.37, harder, PICTURES, true, cuts())));
    }

    /** New kinds, and a few of those before. */
    private static Mix mix(Mix all, List<String> kinds, List<String> before) {
        return weighted(all.only(union(kinds, before)), before, AGAIN);
    }

    /** Some kinds so many times as often. */
    private static Mix weighted(Mix mix, List<String> kinds, double factor) {
        Mix weighted = mix;
        for (String kind : kinds) {
            weighted = weighted.with(kind, factor * mix.kinds().get(kind));
        }
        return weighted;
    }

    private static List<String> union(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Only once everything can be answered: with cuts from the start, open questions were never learnt. */
    private static CutRule cuts() {
        Set<Integer> all = Set.copyOf(DemoSizes.CROSS_ATTENTION);
        Set<Integer> first = Set.of(DemoSizes.CROSS_ATTENTION.get(0));
        Set<Integer> last = Set.of(DemoSizes.CROSS_ATTENTION.get(DemoSizes.CROSS_ATTENTION.size() - 1));
        Set<Integer> early = new HashSet<>(all);
        early.removeAll(last);
        CutPlan byQuestion = new CutPlan(all, Set.of());
        CutPlan lateByLast = new CutPlan(first, last);
        CutPlan lastByLast = new CutPlan(early, last);
        return new CutRule(Map.of(
                Dataset.VQAV2,
                List.of(new CutRule.Choice(0.3, lateByLast)),
                Dataset.VISUAL7W,
                List.of(new CutRule.Choice(0.5, byQuestion), new CutRule.Choice(0.2, lateByLast)),
                Dataset.DOCVQA,
                List.of(new CutRule.Choice(0.4, lastByLast))));
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
}
