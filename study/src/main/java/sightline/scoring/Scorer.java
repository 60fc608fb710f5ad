package sightline.scoring;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import sightline.dataset.AnswerEntry;
import sightline.dataset.Judging;

/** Scores answers one by one. Not safe for several threads. */
public final class Scorer {
    private final ScoringRules rules;
    private final Map<Judging, Judge> judges = new EnumMap<>(Judging.class);

    public Scorer(ScoringRules rules) {
        this.rules = rules;
    }

    private Judge judge(AnswerEntry answer) {
        return judges.computeIfAbsent(answer.dataset().judging(), Judge::of);
    }

    /** Scores one answer. */
    public AnswerScore score(AnswerEntry answer) {
        Judge judge = judge(answer);
        String problem = "";
        Optional<Judge.Paper> paper = Optional.empty();
        if (rules.paper()) {
            try {
                paper = Optional.of(judge.paper(answer));
            } catch (UnscorableException e) {
                problem = "the published rules cannot score it: " + e.getMessage();
            }
        }
        OptionalDouble official = OptionalDouble.empty();
        OptionalDouble official2016 = OptionalDouble.empty();
        boolean earlier = rules.official2016(answer.dataset());
        if (answer.groundTruths().isEmpty() && (rules.official() || earlier)) {
            problem = problem.isEmpty() ? "no ground-truth answers" : problem;
        } else {
            official = rules.official() ? OptionalDouble.of(judge.official(answer)) : official;
            official2016 = earlier ? judge.official2016(answer) : official2016;
        }
        OptionalDouble score = paper.map(p -> OptionalDouble.of(p.score())).orElse(OptionalDouble.empty());
        Optional<Boolean> kept = rules.paper()
                ? paper.map(Judge.Paper::kept)
                : keptByOfficial(judge, official.isPresent() ? official : official2016);
        return new AnswerScore(score, kept, official, official2016, problem);
    }

    private static Optional<Boolean> keptByOfficial(Judge judge, OptionalDouble official) {
        return official.isPresent() ? Optional.of(judge.isRight(official.getAsDouble())) : Optional.empty();
    }

    /**
     * The entry as it is kept.
     *
     * @param score the entry's
     */
    public AnswerEntry kept(AnswerEntry answer, AnswerScore score) {
        return judge(answer).kept(answer, rules.paper() ? score.paper() : score.official());
    }
}
