package sightline.plan;

import sightline.knockout.Interventions;
import sightline.knockout.Layout;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;

/** What is particular to a model family in an experiment: what its text rows read, and where its pathways run. */
public interface FamilyRules {
    /** The interventions that have a name in this family. */
    Interventions interventions();

    /**
     * What a text row reads with nothing changed: of text rows all up to itself, by softmax, or nothing; of vision tokens the
     * first so many, by softmax or their mean.
     *
     * @param medium what the layer reads
     */
    RowView uncut(Medium medium, int row, Layout layout, RowReading reading);

    /**
     * How many keys a row takes the mean of that has no edge left, under {@link sightline.knockout.Masking#PAPER}; of text
     * rows those up to itself, or all in context.
     */
    int allKeys(Medium medium, int row, Layout layout);

    /**
     * How many of the first text rows depend on the picture and the words before it alone, and are the same in every question:
     * their states are computed once for a picture.
     */
    default int sharedRows(Layout layout) {
        return 0;
    }

    /** Whether the MLP of a layer that reads the picture counts as 0 in this row. */
    boolean dropsImageMlp(int row, Layout layout, RowReading reading);
}
