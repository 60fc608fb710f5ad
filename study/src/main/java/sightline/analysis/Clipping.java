package sightline.analysis;

import java.util.Locale;
import sightline.dataset.Dataset;

/** Whether a sample's rise counts as 0 before the mean is taken. */
public enum Clipping {
    /** Rises count as they are. */
    NONE,
    /** As in the published plots: VQAv2 all pathways, DocVQA all but question_to_last, Visual7W none. */
    PUBLISHED,
    /** Rises count as 0. */
    ALL;

    /** Whether a pathway's rises count as 0 in a dataset. */
    public boolean clips(Dataset dataset, String pathway) {
        return switch (this) {
            case NONE -> false;
            case ALL -> true;
            case PUBLISHED -> dataset.clippedInPlots(pathway);
        };
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
