package sightline.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.dataset.AnsweredQuestion;
import sightline.draw.HashCircle;
import sightline.error.InputException;

/** Another picture for each picture of a dataset, of another cluster; which one does not depend on the samples' order. */
final class SwapPartners {
    private SwapPartners() {}

    /**
     * The partners of all pictures, by name; none if the plan does not ask for them.
     *
     * @param dataset all of its samples
     * @throws InputException if a picture has none
     */
    static Map<String, String> of(RunPlan plan, List<AnsweredQuestion> dataset) {
        Map<String, String> partners = new HashMap<>();
        if (plan.settings().additions().has(Control.SWAP)) {
            List<String> pictures =
                    dataset.stream().map(AnsweredQuestion::image).distinct().toList();
            HashCircle circle = HashCircle.of("swap", pictures);
            for (String picture : pictures) {
                partners.put(
                        picture,
                        circle.partner(picture, plan.dataset()::cluster).orElseThrow(() -> alone(plan)));
            }
        }
        return partners;
    }

    private static InputException alone(RunPlan plan) {
        return new InputException(
                "--control",
                "holds swap, but all samples of " + plan.samples() + " are about one picture or document",
                "samples about several",
                "Leave swap out, or trace more samples");
    }
}
