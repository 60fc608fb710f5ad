package sightline.answering;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import sightline.dataset.Answers;
import sightline.dataset.OfficialQuestion;
import sightline.error.InputException;
import sightline.files.OwnFiles;

/** Sees to it that writing the file of answers again loses none that are in it. */
final class KeptAnswers {
    private KeptAnswers() {}

    /** The list that says whether the file of answers is as we wrote it; it lies in the folder beside it. */
    static OwnFiles list(AnswerPlan plan) {
        return OwnFiles.in(plan.out().toAbsolutePath().getParent(), plan.work());
    }

    /**
     * Refuses to replace the file that is there if somebody has edited it, or it has answers to questions that are not asked now.
     *
     * @throws InputException that says what would be lost
     */
    static void require(AnswerPlan plan, List<OfficialQuestion> samples) {
        try (OwnFiles own = list(plan)) {
            own.requireOwn(plan.out());
        }
        if (Answers.none(plan.out())) {
            return;
        }
        Set<Long> asked = new HashSet<>();
        samples.forEach(sample -> asked.add(sample.id()));
        AtomicInteger all = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        Answers.read(plan.dataset(), plan.out(), answer -> {
            all.incrementAndGet();
            lost.addAndGet(asked.contains(answer.id()) ? 0 : 1);
        });
        if (lost.get() > 0) {
            throw new InputException(
                    plan.out().toString(),
                    "has " + all + " answers, and " + lost + " of them are to none of the " + samples.size()
                            + " questions asked now",
                    "at least the questions that are answered there, so that none is lost",
                    "Give a larger --limit or none, choose another --out, or move that file away");
        }
    }
}
