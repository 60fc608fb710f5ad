package sightline.scoring;

import java.util.Locale;
import sightline.dataset.Dataset;
import sightline.error.InputException;

/** Which scores are computed. */
public enum ScoringRules {
    /** As the published study counts; what it keeps is kept. */
    PAPER,
    /**
     * As the dataset's makers count; answers of full score are kept, for DocVQA all above the threshold. For VQAv2 as its
     * evaluation code counts since March 2021.
     */
    OFFICIAL,
    /** As VQAv2's makers counted until March 2021; answers of full score are kept. For VQAv2 alone. */
    OFFICIAL_2016,
    /** All that the dataset has; what the published study keeps is kept. */
    BOTH;

    boolean paper() {
        return this == PAPER || this == BOTH;
    }

    boolean official() {
        return this == OFFICIAL || this == BOTH;
    }

    boolean official2016(Dataset dataset) {
        return dataset.rulesChanged() && (this == OFFICIAL_2016 || this == BOTH);
    }

    /**
     * Checks that a dataset has this metric.
     *
     * @throws InputException if it has not
     */
    public void requireFor(Dataset dataset) {
        if (this == OFFICIAL_2016 && !dataset.rulesChanged()) {
            throw new InputException(
                    "--metric",
                    "only VQAv2's official rules have changed since 2016, not those of " + dataset,
                    "paper, official or both",
                    "Take official");
        }
    }

    /** The name on the command line and in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
