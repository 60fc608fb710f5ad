package sightline.run;

import java.nio.file.Files;
import java.util.List;
import sightline.dataset.AnsweredQuestion;
import sightline.error.InputException;

/** Refuses means that heads cannot have before a run begins: its folder would keep to them. */
public final class HeadMeansCheck {
    private HeadMeansCheck() {}

    /**
     * Checks a plan; nothing if it asks for no means.
     *
     * @param dataset as {@link TraceRun#open} gets it
     * @param sent whether a crew is to trace
     * @throws InputException if a crew is, or if a half of the pictures has too few samples and no means are there yet
     */
    public static void require(RunPlan plan, List<AnsweredQuestion> dataset, boolean sent) {
        if (plan.settings().additions().heads() != HeadFill.MEAN) {
            return;
        }
        if (sent) {
            requireNotSent(plan);
        }
        if (!Files.exists(new RunFolder(plan.folder()).headMeans())) {
            HeadHalves halves = new HeadHalves(plan.dataset(), dataset);
            for (int half = 0; half < 2; half++) {
                HeadCalibration.require(halves.of(half, dataset).size(), HeadCalibration.LEAST);
            }
        }
    }

    static void requireNotSent(RunPlan plan) {
        if (plan.settings().additions().heads() == HeadFill.MEAN) {
            throw new InputException(
                    "--heads",
                    "is mean, and means are not sent to a cluster",
                    "zero with --cluster",
                    "Trace without --cluster, or give --heads zero");
        }
    }
}
