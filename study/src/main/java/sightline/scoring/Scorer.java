package sightline.scoring;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import sightline.dataset.AnswerEntry;
import sightline.dataset.GroundTruth;

/** Scores answers one by one. Not safe for several threads. */
public final class Scorer {
    private static final double ENOUGH_MATCHES = 3;

    private final ScoringRules metric;
    private final PaperNormaliser normaliser = new PaperNormaliser();
    private final OfficialVqa officialVqa = new OfficialVqa(OfficialVqa.Rules.OF_2021);
    private final OfficialVqa officialVqa2016 = new OfficialVqa(OfficialVqa.Rules.OF_2016);

    public Scorer(ScoringRules metric) {
        this.metric = metric;
    }

    private record Paper(double score, boolean kept) {}

    /** Scores one answer. */
    public AnswerScore score(AnswerEntry answer) {
        String problem = "";
        Optional<Paper> paper = Optional.empty();
        if (metric.paper()) {
            try {
                paper = Optional.of(paper(answer));
            } catch (UnscorableException e) {
                problem = "the published rules cannot score it: " + e.getMessage();
            }
        }
        OptionalDouble official = OptionalDouble.empty();
        OptionalDouble official2016 = OptionalDouble.empty();
        boolean earlier = metric.official2016(answer.dataset());
        if (answer.groundTruths().isEmpty() && (metric.official() || earlier)) {
            problem = problem.isEmpty() ? "no ground-truth answers" : problem;
        } else {
            official = metric.official() ? OptionalDouble.of(official(answer)) : official;
            official2016 = earlier
                    ? OptionalDouble.of(officialVqa2016.score(answer.answer(), answer.groundTruths()))
                    : official2016;
        }
        OptionalDouble score = paper.map(p -> OptionalDouble.of(p.score())).orElse(OptionalDouble.empty());
        Optional<Boolean> kept = metric.paper()
                ? paper.map(Paper::kept)
                : keptByOfficial(answer, official.isPresent() ? official : official2016);
        return new AnswerScore(score, kept, official, official2016, problem);
    }

    private static Optional<Boolean> keptByOfficial(AnswerEntry answer, OptionalDouble official) {
        if (official.isEmpty()) {
            return Optional.empty();
        }
        double score = official.getAsDouble();
        return Optional.of(
                switch (answer.dataset()) {
                    case VQAV2, VISUAL7W -> score >= 1;
                    case DOCVQA -> score > 0;
                });
    }

    /**
     * The entry as it is kept: DocVQA's with its score, rounded to four digits as published.
     *
     * @param score the entry's
     */
    public AnswerEntry kept(AnswerEntry answer, AnswerScore score) {
        return switch (answer.dataset()) {
            case VQAV2, VISUAL7W -> answer;
            case DOCVQA ->
                answer.withAnlsScore(Anls.written((metric.paper() ? score.paper() : score.official()).orElseThrow()));
        };
    }

    private Paper paper(AnswerEntry answer) {
        return switch (answer.dataset()) {
            case VQAV2 -> paperVqa(answer);
            case VISUAL7W -> {
                boolean same = visual7w(answer.answer())
                        .equals(visual7w(answer.groundTruths().get(0).text()));
                yield new Paper(same ? 1 : 0, same);
            }
            case DOCVQA -> {
                requireTruths(answer, "ValueError");
                double anls = Anls.paper(answer.answer(), texts(answer));
                yield new Paper(anls, anls > 0);
            }
        };
    }

    private Paper paperVqa(AnswerEntry answer) {
        requireTruths(answer, "ZeroDivisionError");
        String said = normaliser.normalise(answer.answer());
        int matches = 0;
        for (GroundTruth truth : answer.groundTruths()) {
            if (normaliser.normalise(truth.text()).equals(said)) {
                matches++;
            }
        }
        return new Paper(
                Math.min(1, matches / ENOUGH_MATCHES),
                matches == answer.groundTruths().size());
    }

    private static void requireTruths(AnswerEntry answer, String error) {
        if (answer.groundTruths().isEmpty()) {
            throw new UnscorableException("no ground-truth answers (" + error + ")");
        }
    }

    private double official(AnswerEntry answer) {
        return switch (answer.dataset()) {
            case VQAV2 -> officialVqa.score(answer.answer(), answer.groundTruths());
            case VISUAL7W -> answer.answer().equals(answer.groundTruths().get(0).text()) ? 1 : 0;
            case DOCVQA -> Anls.official(answer.answer(), texts(answer));
        };
    }

    private static List<String> texts(AnswerEntry answer) {
        return answer.groundTruths().stream().map(GroundTruth::text).toList();
    }

    /** Only ASCII letters and digits count, after lowering. */
    static String visual7w(String text) {
        StringBuilder rest = new StringBuilder();
        PythonUnicode.lower(text)
                .chars()
                .filter(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                .forEach(c -> rest.append((char) c));
        return rest.toString();
    }
}
