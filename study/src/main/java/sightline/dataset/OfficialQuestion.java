package sightline.dataset;

import java.util.List;
import java.util.Objects;

/**
 * A question of an official file.
 *
 * @param question of its choices the right one is the first; at least one category
 * @param imageId the picture's id; -1 for DocVQA, which names files
 * @param imageField the picture as the file writes it: DocVQA's path with its folder, otherwise equal to its image
 * @param groundTruths what people answered, at least one
 * @param place where the file names its picture, for reports
 * @param questionFile the file that has the question, as the user named it, for reports
 */
public record OfficialQuestion(
        Question question,
        long imageId,
        String imageField,
        List<GroundTruth> groundTruths,
        Place place,
        String questionFile) {
    public OfficialQuestion {
        Objects.requireNonNull(question);
        Objects.requireNonNull(imageField);
        Objects.requireNonNull(place);
        Objects.requireNonNull(questionFile);
        groundTruths = List.copyOf(groundTruths);
    }

    /** Its id. */
    public long id() {
        return question.id();
    }

    /** The picture's file, relative to the folder of images. */
    public String image() {
        return question.image();
    }

    /** Its categories, at least one. */
    public List<String> categories() {
        return question.categories();
    }

    /**
     * A place in a file.
     *
     * @param file as the user named it
     * @param entry in the file's list, from 0
     * @param field inside the entry
     */
    public record Place(String file, int entry, String field) {
        Skip skip(String problem) {
            return new Skip(file, entry, field, problem);
        }
    }
}
