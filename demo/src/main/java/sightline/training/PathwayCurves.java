package sightline.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sightline.dataset.Dataset;
import sightline.knockout.Curve;
import sightline.knockout.Interventions;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.SharedSweep;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.SceneQuestion;
import sightline.world.World;

/**
 * What knocking each published pathway out costs the right answer, in percent of its probability, averaged over some
 * unseen questions: whether a checkpoint shows all pathways at work. Published settings.
 */
final class PathwayCurves {
    private static final double LEAST = 0.5;

    private final VisionLanguageModel model;
    private final Prompter prompter;

    /** Changes summed over samples, [layer] by pathway. */
    private static final class Sums {
        private final Map<String, double[]> byPathway = new LinkedHashMap<>();
        private int samples;
    }

    PathwayCurves(VisionLanguageModel model, Prompter prompter) {
        this.model = model;
        this.prompter = prompter;
    }

    /**
     * Traces those right answers that the model would give with p ≥ 0.5.
     *
     * @param samples questions of each style
     * @param k window size
     * @return lines of Markdown, a table row a style and pathway
     */
    List<String> lines(int samples, int k) {
        int layers = model.shape().layers();
        List<String> lines = new ArrayList<>();
        lines.add("Change of the right answer's probability in percent, windows of " + k + " around each layer, "
                + "right answers with p ≥ 0.5 out of " + samples + " questions a style:");
        lines.add("");
        StringBuilder head = new StringBuilder("| style, pathway |");
        for (int layer = 0; layer < layers; layer++) {
            head.append(' ').append(layer).append(" |");
        }
        lines.add(head.toString());
        lines.add("|---|" + "---|".repeat(layers));
        for (Dataset style : Dataset.values()) {
            Sums sums;
            try (SharedSweep sweep = new SharedSweep(model)) {
                sums = changes(sweep, style, samples, k);
            }
            for (String pathway : Interventions.PUBLISHED) {
                StringBuilder row = new StringBuilder("| " + style + " " + pathway + " (" + sums.samples + ") |");
                double[] changes = sums.byPathway.get(pathway);
                for (int layer = 0; layer < layers; layer++) {
                    row.append(
                            changes == null
                                    ? " – |"
                                    : String.format(Locale.ROOT, " %.0f |", 100 * changes[layer] / sums.samples));
                }
                lines.add(row.toString());
            }
        }
        return lines;
    }

    private Sums changes(SharedSweep sweep, Dataset style, int samples, int k) {
        Sums sums = new Sums();
        for (int i = 0; i < samples; i++) {
            long seed = Seeds.heldOut(style.toString().hashCode() * 1_000_003L + 900_000 + i);
            Scene scene = World.scene(seed, Mix.of(style).withQuestions(1));
            SceneQuestion question = scene.questions().get(0);
            ModelInputs inputs = new ModelInputs(prompter.picture(scene.picture()), prompter.prompt(question));
            SweepRequest request = SweepRequest.published(
                    model.rules().interventions(), inputs.prompt(), prompter.answer(question), List.of(k));
            try (VisionMemory seen = model.see(inputs.picture())) {
                Trace trace = sweep.run(request, seen, Progress.NONE);
                if (trace.probability() < LEAST) {
                    continue;
                }
                sums.samples++;
                for (Curve curve : trace.curves()) {
                    double[] sum = sums.byPathway.computeIfAbsent(
                            curve.intervention().name(),
                            pathway -> new double[model.shape().layers()]);
                    double[] probability = curve.probability();
                    for (int layer = 0; layer < sum.length; layer++) {
                        sum[layer] += probability[layer] / trace.probability() - 1;
                    }
                }
            }
        }
        return sums;
    }
}
