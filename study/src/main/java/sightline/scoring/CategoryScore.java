package sightline.scoring;

import java.util.OptionalDouble;

/**
 * The scores of one category's answers.
 *
 * @param category its name; {@code all} for all answers
 * @param answers how many there are
 * @param kept how many were kept
 * @param full how many were kept with the full score, 1
 * @param paper mean of the published study's scores, of those that have one
 * @param official mean of the official scores, of those that have one
 * @param official2016 mean of the official scores by VQAv2's rules of 2016, of those that have one
 */
public record CategoryScore(
        String category,
        int answers,
        int kept,
        int full,
        OptionalDouble paper,
        OptionalDouble official,
        OptionalDouble official2016) {
    /** Adds up. */
    static final class Sum {
        private int answers;
        private int kept;
        private int full;
        private final Mean paper = new Mean();
        private final Mean official = new Mean();
        private final Mean official2016 = new Mean();

        void add(AnswerScore score) {
            answers++;
            if (score.kept().orElse(false)) {
                kept++;
                double deciding = score.paper()
                        .orElse(score.official().orElse(score.official2016().orElse(0)));
                full += deciding >= 1 ? 1 : 0;
            }
            paper.add(score.paper());
            official.add(score.official());
            official2016.add(score.official2016());
        }

        CategoryScore of(String category) {
            return new CategoryScore(
                    category, answers, kept, full, paper.value(), official.value(), official2016.value());
        }
    }

    private static final class Mean {
        private int count;
        private double sum;

        void add(OptionalDouble score) {
            score.ifPresent(value -> {
                count++;
                sum += value;
            });
        }

        OptionalDouble value() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
    }
}
