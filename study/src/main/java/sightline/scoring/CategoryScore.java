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
 */
public record CategoryScore(
        String category, int answers, int kept, int full, OptionalDouble paper, OptionalDouble official) {
    /** Adds up. */
    static final class Sum {
        private int answers;
        private int kept;
        private int full;
        private int papers;
        private double paper;
        private int officials;
        private double official;

        void add(Score score) {
            answers++;
            if (score.kept().orElse(false)) {
                kept++;
                full += score.paper().orElse(score.official().orElse(0)) >= 1 ? 1 : 0;
            }
            if (score.paper().isPresent()) {
                papers++;
                paper += score.paper().getAsDouble();
            }
            if (score.official().isPresent()) {
                officials++;
                official += score.official().getAsDouble();
            }
        }

        CategoryScore of(String category) {
            return new CategoryScore(category, answers, kept, full, mean(paper, papers), mean(official, officials));
        }

        private static OptionalDouble mean(double sum, int count) {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
    }
}
