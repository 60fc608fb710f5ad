package sightline.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One sample's results.
 *
 * @param id in its dataset
 * @param categories those that it belongs to
 * @param image its picture's name; empty if the results do not tell
 * @param question as asked; empty if the results do not tell
 * @param answer what was traced; empty if the results do not tell
 * @param tokens m, the answer's tokens; 0 if the results do not tell
 * @param probability of the whole answer, nothing cut
 * @param curves the whole answer's probability per layer, by what was cut; arrays of length L that nobody changes
 * @param measures of the whole answer beside its probability; empty if the results do not tell
 * @param additions what was traced beside the curves
 */
public record TracedSample(
        long id,
        List<String> categories,
        String image,
        String question,
        String answer,
        int tokens,
        double probability,
        Map<CurveKey, double[]> curves,
        Optional<SampleMeasures> measures,
        SampleAdditions additions) {
    public TracedSample {
        categories = List.copyOf(categories);
        curves = Map.copyOf(curves);
        Objects.requireNonNull(measures);
        Objects.requireNonNull(additions);
    }

    /** Results that tell probabilities alone. */
    public TracedSample(
            long id,
            List<String> categories,
            String image,
            String question,
            String answer,
            int tokens,
            double probability,
            Map<CurveKey, double[]> curves) {
        this(
                id,
                categories,
                image,
                question,
                answer,
                tokens,
                probability,
                curves,
                Optional.empty(),
                SampleAdditions.NONE);
    }

    /** The same with more that acts in all layers, traced in a second round. */
    TracedSample with(Map<WholeDepth, AnswerNumbers> more) {
        Map<WholeDepth, AnswerNumbers> all = new HashMap<>(additions.wholeDepth());
        all.putAll(more);
        return with(additions.withWholeDepth(all));
    }

    /** The same with these beside its curves. */
    TracedSample with(SampleAdditions others) {
        return new TracedSample(id, categories, image, question, answer, tokens, probability, curves, measures, others);
    }

    /** Whether the study keeps it: q = p + 1e-5 is at least the threshold. */
    public boolean kept(double threshold) {
        return Change.reference(probability) >= threshold;
    }
}
