package sightline.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sightline.dataset.Dataset;
import sightline.knockout.AnswerMeasures;
import sightline.run.InterventionFacts;
import sightline.run.KnownPathways;

/** Made-up samples of a model with four layers, of which 1 and 3 read the picture. Each has a picture of its own. */
final class MeasuredSamples {
    static final CurveKey IMAGE = new CurveKey("image_to_last", 1, "paper");
    static final CurveKey QUESTION = new CurveKey("question_to_last", 1, "paper");

    private static final List<Integer> CROSSING = List.of(1, 3);

    private MeasuredSamples() {}

    static TracedSample sample(int i, double p, Map<CurveKey, double[]> curves, Optional<SampleMeasures> measures) {
        return new TracedSample(i, List.of("what"), i + ".png", "q", "a", 1, p, curves, measures, SampleAdditions.NONE);
    }

    static AnswerMeasures answer(double logOdds, boolean flip) {
        return new AnswerMeasures(1, -1, logOdds, flip ? -1 : 1, 0, flip ? 2 : 1, flip, 0);
    }

    static SampleMeasures measures(boolean greedy, CurveKey key, AnswerMeasures... layers) {
        return new SampleMeasures(answer(1.1, !greedy), Map.of(key, new MeasureRows(layers)), false);
    }

    static TracedDataset data(List<TracedSample> samples, String... maskings) {
        List<InterventionFacts> interventions = Stream.of(IMAGE, QUESTION)
                .map(key -> KnownPathways.named(key.pathway(), Arrays.asList(maskings), 4, CROSSING))
                .toList();
        return new TracedDataset(
                Dataset.VISUAL7W, "x", 4, CROSSING, TracedDataset.byName(interventions), samples, 0, Optional.empty());
    }
}
