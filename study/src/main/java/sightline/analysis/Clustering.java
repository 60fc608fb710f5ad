package sightline.analysis;

import java.util.Locale;
import java.util.Optional;
import sightline.dataset.Dataset;
import sightline.error.InputException;

/** Which samples are not independent of one another. */
public enum Clustering {
    /** Those on one picture. */
    IMAGE {
        @Override
        String cluster(TracedSample sample) {
            return sample.image();
        }
    },
    /** Those on one document of DocVQA. */
    DOCUMENT {
        @Override
        String cluster(TracedSample sample) {
            return Dataset.DOCVQA.cluster(sample.image());
        }
    },
    /** Each is taken to be independent. */
    NONE {
        @Override
        String cluster(TracedSample sample) {
            return String.valueOf(sample.id());
        }
    };

    /** The name of a sample's cluster. */
    abstract String cluster(TracedSample sample);

    /**
     * Refuses what a dataset does not have.
     *
     * @throws InputException if its samples cannot belong together so
     */
    public void requireFor(Dataset dataset) {
        if (this == DOCUMENT && dataset != Dataset.DOCVQA) {
            throw new InputException(
                    "--clusters",
                    "is 'document', but " + dataset.title() + " has none",
                    "image or none",
                    "Leave it out: DocVQA is clustered by document, other datasets by picture");
        }
    }

    /** The widest that a dataset's results allow: documents in DocVQA, else pictures; none if samples do not tell theirs. */
    static Clustering usual(TracedDataset data) {
        if (!data.imagesKnown()) {
            return NONE;
        }
        return data.dataset() == Dataset.DOCVQA ? DOCUMENT : IMAGE;
    }

    /**
     * The wanted one, else the usual one.
     *
     * @throws InputException if the results cannot be clustered so
     */
    static Clustering of(TracedDataset data, Optional<Clustering> wanted) {
        Clustering choice = wanted.orElse(usual(data));
        choice.requireFor(data.dataset());
        if (choice != NONE && !data.imagesKnown()) {
            throw new InputException(
                    "--clusters",
                    "is '" + choice + "', but the results of " + data.title() + " do not tell the samples' pictures",
                    "none",
                    "Leave it out");
        }
        return choice;
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
