package sightline.scoring;

import java.util.List;
import sightline.dataset.Skip;

/**
 * What scoring a file of answers gave.
 *
 * @param categories in the study's order, then others; only {@code all} if the categories are not known
 * @param skipped entries that could not be read
 * @param unscored answers that lack a score that was asked for
 * @param unknown ids of answers to none of the questions whose categories are known
 */
public record ScoreReport(
        List<CategoryScore> categories, List<Skip> skipped, List<Unscored> unscored, List<Long> unknown) {
    public ScoreReport {
        categories = List.copyOf(categories);
        skipped = List.copyOf(skipped);
        unscored = List.copyOf(unscored);
        unknown = List.copyOf(unknown);
    }

    /**
     * An answer without a score.
     *
     * @param id of its question
     * @param problem why
     */
    public record Unscored(long id, String problem) {}

    /** All answers together. */
    public CategoryScore all() {
        return categories.get(categories.size() - 1);
    }
}
