package sightline.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The numbers of the published plots, quirks included: the mean divides by all kept samples, also those that lack the
 * pathway; a category is drawn only if all four pathways occur in it; the stages leave out the layer before each
 * cross-attention layer, although their labels name it; a sample counts in the stages once per category it is in.
 */
public final class PublishedPlots {
    /** Samples are kept from here on. */
    public static final double THRESHOLD = 0.5;

    /** The pathways that a category must have to be drawn. */
    public static final List<String> PATHWAYS =
            List.of("last_to_last", "image_to_last", "question_to_last", "image_to_question");

    private PublishedPlots() {}

    /**
     * A plot of one category.
     *
     * @param count kept samples
     * @param curves per pathway the mean change in percent by layer; empty if it is not drawn
     */
    public record CategoryPlot(int count, Optional<Map<String, double[]>> curves) {}

    /**
     * Consecutive layers.
     *
     * @param label counts layers from 1, and names more of them than are averaged
     * @param first zero-based
     * @param last inclusive
     */
    public record Stage(String label, int first, int last) {}

    /** A category's plot, clipped as published for its dataset. */
    public static CategoryPlot category(TracedDataset data, String category, int k, String masking) {
        List<TracedSample> kept = data.samples().stream()
                .filter(sample -> sample.categories().contains(category) && sample.kept(THRESHOLD))
                .toList();
        Map<String, double[]> means = means(data, kept, k, masking, Clipping.PUBLISHED);
        return new CategoryPlot(
                kept.size(), means.keySet().containsAll(PATHWAYS) ? Optional.of(means) : Optional.empty());
    }

    /** Kept samples, each as often as it has categories. */
    public static List<TracedSample> perCategory(TracedDataset data) {
        List<TracedSample> kept = new ArrayList<>();
        for (String category : data.categories()) {
            data.samples().stream()
                    .filter(sample -> sample.categories().contains(category) && sample.kept(THRESHOLD))
                    .forEach(kept::add);
        }
        return kept;
    }

    /** Mean change by layer over a whole dataset, unclipped: what the stages average. */
    public static Map<String, double[]> wholeDataset(TracedDataset data, int k, String masking) {
        return means(data, perCategory(data), k, masking, Clipping.NONE);
    }

    /** The absolute mean of each stage. */
    public static double[] stageMeans(double[] mean, List<Stage> stages) {
        return stages.stream()
                .mapToDouble(stage -> {
                    double sum = 0;
                    for (int layer = stage.first(); layer <= stage.last(); layer++) {
                        sum += mean[layer];
                    }
                    return Math.abs(sum / (stage.last() - stage.first() + 1));
                })
                .toArray();
    }

    /** The published stages, for any model whose cross-attention layers stand apart by two or more. */
    public static List<Stage> stages(int layers, List<Integer> crossAttentionLayers) {
        List<Integer> starts =
                crossAttentionLayers.stream().filter(layer -> layer > 0).collect(Collectors.toList());
        starts.add(0, 0);
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int first = starts.get(i);
            boolean end = i == starts.size() - 1;
            int next = end ? layers : starts.get(i + 1);
            String label = (i == 0 ? 1 : first + 1) + "-" + next;
            stages.add(new Stage(label, first, end ? layers - 1 : Math.max(first, next - 2)));
        }
        return stages;
    }

    private static Map<String, double[]> means(
            TracedDataset data, List<TracedSample> kept, int k, String masking, Clipping clipping) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (String pathway : PATHWAYS) {
            boolean clips = clipping.clips(data.dataset(), pathway);
            for (TracedSample sample : kept) {
                double[] curve = sample.curves().get(new CurveKey(pathway, k, masking));
                if (curve != null) {
                    double reference = Change.reference(sample.probability());
                    double[] sum = sums.computeIfAbsent(pathway, name -> new double[curve.length]);
                    for (int layer = 0; layer < curve.length; layer++) {
                        double change = Change.percent(curve[layer], reference);
                        sum[layer] += clips ? Math.min(0, change) : change;
                    }
                }
            }
        }
        sums.values().forEach(sum -> {
            for (int layer = 0; layer < sum.length; layer++) {
                sum[layer] /= kept.size();
            }
        });
        return sums;
    }
}
