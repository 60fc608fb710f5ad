package sightline.selection;

import java.nio.file.Path;
import java.util.List;
import sightline.dataset.Skip;

/**
 * What a selection gave.
 *
 * @param categories in the order of the drawing, then others, then {@code all}
 * @param skipped entries that could not be used
 * @param remarks what one should know: clauses without a full stop
 * @param files written
 * @param filtered the file to trace
 */
public record SelectionReport(
        List<CategoryCount> categories, List<Skip> skipped, List<String> remarks, List<Path> files, Path filtered) {
    public SelectionReport {
        categories = List.copyOf(categories);
        skipped = List.copyOf(skipped);
        remarks = List.copyOf(remarks);
        files = List.copyOf(files);
    }
}
