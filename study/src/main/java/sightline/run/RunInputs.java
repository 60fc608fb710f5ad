package sightline.run;

import java.nio.file.Files;
import java.util.List;
import sightline.dataset.AnsweredQuestion;
import sightline.error.InputException;

/** What can be said of a plan's inputs before a folder is made or a model loaded. */
final class RunInputs {
    private RunInputs() {}

    /**
     * Refuses what cannot be traced.
     *
     * @param dataset all of its samples
     */
    static void require(RunPlan plan, List<AnsweredQuestion> dataset) {
        requireImages(plan);
        requireSome(plan, dataset.size());
        requirePictures(plan, dataset);
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

    private static void requirePictures(RunPlan plan, List<AnsweredQuestion> dataset) {
        Shard shard = plan.portion().shard();
        long pictures = dataset.stream().map(AnsweredQuestion::image).distinct().count();
        if (shard.of() > pictures) {
            throw new InputException(
                    "--shard",
                    "is " + shard + ", but " + plan.samples() + " is about " + pictures
                            + (pictures == 1 ? " picture" : " pictures")
                            + ", and all questions about one are in one shard",
                    "at most " + pictures + " shards",
                    "Give fewer");
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
