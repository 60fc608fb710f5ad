package sightline.dataset;

import java.util.List;
import java.util.Objects;

/**
 * A question about a picture: what official files, answers, selections, journals and runs have in common.
 *
 * @param dataset where it comes from
 * @param id its id there
 * @param image the picture's file, relative to the folder of images; empty in a file of answers, which does not tell
 * @param text as people asked it
 * @param choices the answers to choose from: of an official file the right one first, otherwise in the order in which the
 *     model saw them; empty without choices
 * @param categories those that it belongs to, DocVQA's may be several; empty in a file that does not tell
 */
public record Question(
        Dataset dataset, long id, String image, String text, List<String> choices, List<String> categories) {
    public Question {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(image);
        Objects.requireNonNull(text);
        choices = List.copyOf(choices);
        categories = List.copyOf(categories);
    }

    /** The same about another picture. */
    public Question about(String otherImage) {
        return new Question(dataset, id, otherImage, text, choices, categories);
    }

    /** The same with its choices in another order. */
    public Question withChoices(List<String> shown) {
        return new Question(dataset, id, image, text, shown, categories);
    }

    /** The same without its categories: what a model is asked, and so what its answer depends on. */
    public Question withoutCategories() {
        return new Question(dataset, id, image, text, choices, List.of());
    }
}
