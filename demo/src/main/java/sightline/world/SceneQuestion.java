package sightline.world;

import java.util.List;
import sightline.dataset.Dataset;

/**
 * A question about a scene.
 *
 * @param style the dataset whose style it has; decides the wording around it
 * @param kind what it asks for, finer than the categories, e.g. {@code count_shape}; for accuracy tables
 * @param question as people would ask it
 * @param choices four in Visual7W's style, the right one among them, in the order shown; otherwise empty
 * @param answer the right one
 * @param categories the dataset's categories that it belongs to
 * @param shownAt the places that give the answer: tiles in rows, in each first the tile as a whole, then its patches in
 *     rows; empty if there are none
 */
public record SceneQuestion(
        Dataset style,
        String kind,
        String question,
        List<String> choices,
        String answer,
        List<String> categories,
        List<Integer> shownAt) {
    public SceneQuestion {
        choices = List.copyOf(choices);
        categories = List.copyOf(categories);
        shownAt = List.copyOf(shownAt);
    }
}
