package sightline.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import sightline.dataset.Dataset;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.JointCut;
import sightline.run.Control;
import sightline.run.KnownPathways;

/** Samples with all that can be traced beside curves, whose truth is known: three questions a picture, four layers. */
public final class AddedSamples {
    /** Cutting it in layer 3 takes 30 % and 1 nat, and changes every second answer. */
    public static final CurveKey IMAGE = new CurveKey("image_to_last", 1, "zero");

    /** Cutting it in layer 2 takes about 40 %. */
    public static final CurveKey TEXT = new CurveKey("question_text_to_last", 1, "zero");

    /** Log-odds by subset of {@link JointCut#PATHWAYS}, by bits: {@code joint_three} of the golden file. */
    private static final double[] JOINT = {0, -1.0, -0.2, -1.4, -0.5, -3.0, -0.6, -3.3};

    private AddedSamples() {}

    /** A dataset whose samples have others beside their curves. */
    public static TracedDataset with(TracedDataset data, Function<TracedSample, SampleAdditions> additions) {
        return new TracedDataset(
                data.dataset(),
                data.title(),
                data.layers(),
                data.crossAttentionLayers(),
                data.interventions(),
                data.samples().stream()
                        .map(sample -> sample.with(additions.apply(sample)))
                        .toList(),
                0,
                data.run());
    }

    /**
     * A dataset. Nothing left is 2 or 4 nats worse than nothing cut, by turns; keeping the image brings back half of the 2, all
     * of the 4; keeping the text nothing. Another picture costs 4 nats, a blank one next to none.
     *
     * @param samples how many; every fourth has no random sources
     * @param random change by the text's random sources in layer 2, percent, on average
     */
    public static TracedDataset dataset(int samples, double random) {
        Random noise = new Random(3);
        List<TracedSample> all = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            double p = 0.8;
            double logP = -0.2 - 0.1 * noise.nextDouble();
            Map<CurveKey, double[]> curves = new LinkedHashMap<>();
            curves.put(IMAGE, new double[] {p, p, p, 0.7 * p});
            curves.put(TEXT, new double[] {p, p, p * (0.6 + 0.05 * noise.nextGaussian()), p});
            Map<CurveKey, MeasureRows> rows = Map.of(
                    IMAGE,
                    new MeasureRows(
                            measures(logP, 0),
                            measures(logP, 0),
                            measures(logP, 0),
                            new AnswerMeasures(1, logP - 1, -1, -1, 1, 2, i % 2 == 0, 0.1)));
            double shift = noise.nextGaussian();
            Map<CurveKey, double[]> control = new HashMap<>();
            if (i % 4 > 0) {
                double cut = p * (1 + random / 100 + 0.05 * noise.nextGaussian());
                control.put(TEXT, new double[] {p, p, cut, p});
            }
            all.add(new TracedSample(
                    i,
                    List.of("object"),
                    "picture" + i / 3 + ".png",
                    "q",
                    "a",
                    1,
                    p,
                    curves,
                    Optional.of(new SampleMeasures(measures(logP, shift), rows, false)),
                    new SampleAdditions(
                            wholeDepth(logP, i % 2 == 0 ? 2 : 4, shift),
                            Map.of(
                                    Control.SWAP,
                                    new AnswerNumbers(0.1, logP - 4, -4),
                                    Control.BLANK,
                                    new AnswerNumbers(0.75, logP - 0.05, 1)),
                            control)));
        }
        return new TracedDataset(
                Dataset.VQAV2,
                "VQAv2",
                4,
                List.of(1, 3),
                TracedDataset.byName(List.of(
                        KnownPathways.named("image_to_last", List.of("zero"), 4, List.of(1, 3)),
                        KnownPathways.named("question_text_to_last", List.of("zero"), 4, List.of(1, 3)))),
                all,
                0,
                Optional.empty());
    }

    private static Map<WholeDepth, AnswerNumbers> wholeDepth(double logP, double worth, double shift) {
        Map<WholeDepth, AnswerNumbers> whole = new HashMap<>();
        double nothing = logP - worth;
        whole.put(new WholeDepth("keep(nothing)", "zero"), new AnswerNumbers(0, nothing, 0));
        double kept = worth == 2 ? nothing + 1 : logP;
        whole.put(new WholeDepth("keep(image_to_last)", "zero"), new AnswerNumbers(0, kept, 0));
        whole.put(new WholeDepth("keep(question_text_to_last)", "zero"), new AnswerNumbers(0, nothing, 0));
        List<List<String>> subsets = JointCut.byBits(JointCut.PATHWAYS);
        for (int bits = 1; bits < subsets.size(); bits++) {
            whole.put(
                    new WholeDepth(JointCut.name(subsets.get(bits)), "zero"),
                    new AnswerNumbers(0, 0, JOINT[bits] + shift));
        }
        return whole;
    }

    private static AnswerMeasures measures(double logP, double logOdds) {
        return new AnswerMeasures(1, logP, logOdds, 1, 1, 1, false, 0);
    }
}
