package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How the files of one dataset are written, official and published ones (docs/formats.md). Has no state. */
interface DatasetForm {
    /**
     * Reads the official files.
     *
     * @param questions of a dataset with {@link Dataset#questionsApart}
     */
    OfficialQuestions official(Path annotations, Optional<Path> questions);

    /** What people answered, in the field {@code gt_answer} of a file of answers. */
    List<GroundTruth> truths(Entry entry, Texts texts) throws Entry.Unusable;

    /** The same, written. */
    JsonNode json(List<GroundTruth> truths);

    /** The categories that a file of answers tells. */
    default List<String> answerCategories(Entry entry) throws Entry.Unusable {
        return List.of();
    }

    /** The choices in the order shown that a file of answers tells. */
    default List<String> answerChoices(Entry entry) throws Entry.Unusable {
        return List.of();
    }

    /** The score that a file of answers tells. */
    default OptionalDouble score(Entry entry) throws Entry.Unusable {
        return OptionalDouble.empty();
    }

    /** Adds what a file of answers tells of the question behind its text. */
    default void addAnswered(ObjectNode json, Question question) {}

    /** Adds what a correct answer tells of its question, with what tracing needs. */
    void addOfficial(ObjectNode json, OfficialQuestion official);

    /** The picture's file that an entry of a filtered dataset is about. */
    String image(Entry entry) throws Entry.Unusable;

    /** The categories of an entry of a filtered dataset, at least one. */
    List<String> categories(Entry entry) throws Entry.Unusable;

    /** The choices of an entry of a filtered dataset. */
    default ShownChoices choices(Entry entry, long id) throws Entry.Unusable {
        return new ShownChoices(List.of(), false);
    }

    /**
     * Choices of a filtered dataset.
     *
     * @param choices in the order in which the model saw them
     * @param guessed whether the entry does not tell that order
     */
    record ShownChoices(List<String> choices, boolean guessed) {
        public ShownChoices {
            choices = List.copyOf(choices);
        }
    }
}
