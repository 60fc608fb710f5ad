package sightline.dataset;

import java.util.List;
import java.util.Objects;

/**
 * A question of an official file.
 *
 * @param dataset where it comes from
 * @param id its id there
 * @param image the picture's file, relative to the folder of images
 * @param imageId the picture's id; -1 for DocVQA, which names files
 * @param imageField the picture as the file writes it: DocVQA's path with its folder, otherwise equal to {@code image}
 * @param question as people asked it
 * @param choices Visual7W: the right answer, then the three wrong ones, as in the file; otherwise empty
 * @param groundTruths what people answered, at least one
 * @param categories those that it belongs to, at least one
 * @param place where the file names its picture, for reports
 * @param questionFile the file that has the question, as the user named it, for reports
 */
public record OfficialQuestion(
        Dataset dataset,
        long id,
        String image,
        long imageId,
        String imageField,
        String question,
        List<String> choices,
        List<GroundTruth> groundTruths,
        List<String> categories,
        Place place,
        String questionFile) {
    public OfficialQuestion {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(image);
        Objects.requireNonNull(imageField);
        Objects.requireNonNull(question);
        Objects.requireNonNull(place);
        Objects.requireNonNull(questionFile);
        choices = List.copyOf(choices);
        groundTruths = List.copyOf(groundTruths);
        categories = List.copyOf(categories);
    }

    /** Whether the picture's file has the name that the published files imply by its id. */
    public boolean publishedImage() {
        return dataset != Dataset.VQAV2 || image.equals(ImageNames.coco(ImageNames.PUBLISHED_SUBSET, imageId));
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
