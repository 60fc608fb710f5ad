package sightline.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sightline.error.InputException;

/** Reads the files in which the datasets are published by their makers. */
public final class OfficialDataset {
    private OfficialDataset() {}

    /**
     * Reads all questions; of Visual7W those of the test split.
     *
     * @param annotations VQAv2's annotations, Visual7W's {@code dataset_v7w_telling.json}, or DocVQA's file with question
     *     types
     * @param questions VQAv2's questions; the others have them in their one file
     * @throws InputException if a file cannot be read or is not such a file. Single faulty entries are skipped
     */
    public static OfficialQuestions read(Dataset dataset, Path annotations, Optional<Path> questions) {
        boolean two = dataset.questionsApart();
        if (questions.isPresent() != two) {
            throw new InputException(
                    two ? annotations.toString() : questions.get().toString(),
                    two
                            ? "has only " + dataset.title() + "'s answers"
                            : "is not needed: " + dataset + " has its questions in one file",
                    two ? "a file with the questions too" : "only the annotations",
                    two ? "Give it with --questions" : "Leave --questions out");
        }
        OfficialQuestions samples = dataset.form().official(annotations, questions);
        requireAny(annotations, samples.samples(), samples.skipped());
        return samples;
    }

    static void requireAny(Path file, List<?> usable, List<Skip> skipped) {
        if (usable.isEmpty()) {
            throw new InputException(
                    file.toString(),
                    skipped.isEmpty()
                            ? "holds no question"
                            : "has no usable entry; " + skipped.size() + " are faulty, the first: " + skipped.get(0),
                    "at least one question",
                    "Check that this is the right file of the dataset");
        }
    }
}
