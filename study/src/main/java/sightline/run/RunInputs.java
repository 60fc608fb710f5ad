package sightline.run;

import java.nio.file.Files;
import sightline.error.InputException;

/** What can be said of a plan's inputs before a folder is made or a model loaded. */
final class RunInputs {
    private RunInputs() {}

    /**
     * Refuses what cannot be traced.
     *
     * @param samples how many the dataset has
     */
    static void require(RunPlan plan, int samples) {
        requireImages(plan);
        requireSome(plan, samples);
    }

    private static void requireSome(RunPlan plan, int samples) {
        if (plan.portion().start() >= samples) {
            throw new InputException(
                    "--start_idx",
                    "is " + plan.portion().start() + ", but " + plan.samples() + " has " + samples + " samples",
                    "a number below that",
                    "Give a smaller one");
        }
    }

    private static void requireImages(RunPlan plan) {
        if (!Files.isDirectory(plan.images())) {
            throw new InputException(
                    plan.images().toString(),
                    Files.exists(plan.images()) ? "is a file" : "does not exist",
                    "the folder of the dataset's pictures",
                    "Check the path given to --images");
        }
    }
}
