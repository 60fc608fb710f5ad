package sightline.analysis;

import java.util.Locale;

/** Whether a sample's rise counts as 0 before the mean is taken. */
public enum Clipping {
    /** Rises count as they are. */
    NONE,
    /** As in the published plots: VQAv2 all pathways, DocVQA all but question_to_last, Visual7W none. */
    PUBLISHED,
    /** Rises count as 0. */
    ALL;

    /** Whether a pathway's rises count as 0 in a dataset, given by its name on the command line. */
    public boolean clips(String dataset, String pathway) {
        return switch (this) {
            case NONE -> false;
            case ALL -> true;
            case PUBLISHED ->
                switch (dataset) {
                    case "vqav2" -> true;
                    case "docvqa" -> !pathway.equals("question_to_last");
                    default -> false;
                };
        };
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
