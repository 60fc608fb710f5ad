package sightline.training;

import java.nio.file.Path;
import java.util.Optional;
import sightline.error.InputException;

/**
 * What a training is. One that is gone on with must be the same in all of it, or the model would be a mixture.
 *
 * @param model its configuration
 * @param recipe its stages
 * @param seed of the first weights and the pictures
 * @param length of the whole, e.g. {@code 90 minutes}
 */
record TrainingPlan(String model, String recipe, long seed, String length) {
    /** What keeps this training from going on in a folder where another was begun. */
    Optional<InputException> difference(TrainingPlan begun, Path folder) {
        if (!model.equals(begun.model) || !recipe.equals(begun.recipe)) {
            return Optional.of(new InputException(
                    "--out",
                    folder + " holds a training by another version of Sightline: its "
                            + (model.equals(begun.model) ? "recipe" : "model") + " is another",
                    "a new or empty folder, or a training of this version",
                    "Choose another folder, or go on with the version that began it"));
        }
        if (seed != begun.seed) {
            return Optional.of(new InputException(
                    "--seed",
                    "is " + seed + ", but " + folder + " holds a training with seed " + begun.seed,
                    "the same seed to go on with it",
                    "Give --seed " + begun.seed + " or choose another folder"));
        }
        if (!length.equals(begun.length)) {
            return Optional.of(new InputException(
                    "--minutes",
                    "would make a training of " + length + ", but " + folder + " holds one of " + begun.length,
                    "the same length to go on with it: rates and stages follow it",
                    "Give the same --minutes or choose another folder"));
        }
        return Optional.empty();
    }
}
