package sightline.plan;

import java.util.Set;
import sightline.knockout.Interventions;
import sightline.knockout.Layout;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;

/** What is particular to a model family in an experiment: what its text rows read, and where its pathways run. */
public interface FamilyRules {
    /** The interventions that have a name in this family. */
    Interventions interventions();

    /** The row readings that mean something in this family. */
    Set<RowReading> rowReadings();

    /**
     * What a text row reads with nothing changed.
     *
     * @param medium what the layer reads
     */
    RowView uncut(Medium medium, int row, Layout layout, RowReading reading);

    /** How many keys a row takes the mean of that has no edge left, under {@link sightline.knockout.Masking#PAPER}. */
    int allKeys(Medium medium, int row, Layout layout);

    /** Whether the MLP of a layer that reads this medium counts as 0 in this row. */
    boolean dropsMlp(Medium medium, int row, Layout layout, RowReading reading);
}
