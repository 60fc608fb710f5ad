package sightline.training;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which cross-attention layers the rows of one sequence read nothing of the picture, during training.
 *
 * @param last layers in which the prompt's last row and the answer's rows read nothing
 * @param question layers in which all rows before them read nothing
 */
record CutPlan(Set<Integer> last, Set<Integer> question) {
    /** Nothing is cut. */
    static final CutPlan NONE = new CutPlan(Set.of(), Set.of());

    CutPlan {
        last = Collections.unmodifiableSet(new TreeSet<>(last));
        question = Collections.unmodifiableSet(new TreeSet<>(question));
    }

    boolean cutsLast(int layer) {
        return last.contains(layer);
    }

    boolean cutsQuestion(int layer) {
        return question.contains(layer);
    }
}
