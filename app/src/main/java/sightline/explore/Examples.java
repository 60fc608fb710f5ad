package sightline.explore;

import java.util.ArrayList;
import java.util.List;
import sightline.dataset.Dataset;
import sightline.image.RgbImage;
import sightline.world.DemoDatasets;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
import sightline.world.World;

/** Pictures of the demo's world to begin with, each with a question. */
final class Examples {
    private static final List<Dataset> STYLES = List.of(Dataset.VQAV2, Dataset.VQAV2, Dataset.VISUAL7W, Dataset.DOCVQA);

    /**
     * A question to begin with.
     *
     * @param picture its name
     * @param prompt the wording around the question
     * @param others more questions that the demo's model has learned to answer
     */
    record Example(
            String picture, String title, String question, String prompt, List<String> choice, List<Other> others) {}

    /** Another question about the same picture. */
    record Other(String question, List<String> choice) {}

    private final List<Example> all = new ArrayList<>();
    private final List<RgbImage> pictures = new ArrayList<>();

    Examples() {
        for (int number = 0; number < STYLES.size(); number++) {
            Dataset style = STYLES.get(number);
            Scene scene =
                    World.scene(DemoDatasets.HELD_OUT + number, Mix.of(style).withQuestions(4));
            SceneQuestion asked = scene.questions().get(0);
            pictures.add(scene.picture());
            all.add(new Example(
                    "e" + number,
                    style.title(),
                    asked.question(),
                    style.prompt().name(),
                    asked.choices(),
                    scene.questions().stream()
                            .skip(1)
                            .filter(other -> !other.question().equals(asked.question()))
                            .map(other -> new Other(other.question(), other.choices()))
                            .distinct()
                            .toList()));
        }
    }

    List<Example> all() {
        return List.copyOf(all);
    }

    RgbImage picture(int number) {
        if (number >= pictures.size()) {
            throw new RequestRefusal(RequestRefusal.MISSING, "There is no such example.");
        }
        return pictures.get(number);
    }
}
