package sightline.scoring;

import java.util.Locale;

/** Which scores are computed. */
public enum Metric {
    /** As the published study counts; what it keeps is kept. */
    PAPER,
    /** As the dataset's makers count; answers of full score are kept, for DocVQA all above the threshold. */
    OFFICIAL,
    /** Both; what the published study keeps is kept. */
    BOTH;

    boolean paper() {
        return this != OFFICIAL;
    }

    boolean official() {
        return this != PAPER;
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
