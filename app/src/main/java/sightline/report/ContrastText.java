package sightline.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sightline.analysis.CategoryContrast;
import sightline.analysis.DatasetSummary;
import sightline.terminal.Glyphs;
import sightline.terminal.NumberText;

/** What the terminal says of differences between categories. */
final class ContrastText {
    private ContrastText() {}

    /** How many there are, and the largest; empty where no categories can be compared. */
    static Optional<String> of(DatasetSummary summary, Glyphs glyphs) {
        List<CategoryContrast> all =
                summary.contrasts().stream().filter(one -> one.strongest() >= 0).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<CategoryContrast> clear =
                all.stream().filter(one -> one.significant(one.strongest())).toList();
        String largest = clear.stream()
                .max(Comparator.comparingDouble(one -> Math.abs(one.difference()[one.strongest()])))
                .map(one -> "; the largest: " + glyphs.pathway(one.key().pathway()) + ", " + one.category() + " less "
                        + one.other() + ", layer " + one.strongest() + ", "
                        + NumberText.points(one.difference()[one.strongest()], glyphs))
                .orElse("");
        return Optional.of("Categories differ in " + clear.size() + " of " + all.size()
                + " pairs and cuts (contrasts.csv)" + largest + ".");
    }
}
