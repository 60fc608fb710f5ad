package sightline.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sightline.dataset.Dataset;
import sightline.knockout.Window;
import sightline.knockout.Medium;
import sightline.run.RunFacts;

/**
 * A dataset's results under one model.
 *
 * @param name as on the command line
 * @param title as people write it; tells apart several runs on one dataset
 * @param layers L
 * @param crossAttentionLayers those that read the image, in order
 * @param samples that were traced
 * @param failed how many were not
 * @param run what the run's manifest says; empty for published results
 */
public record TracedDataset(
        String name,
        String title,
        int layers,
        List<Integer> crossAttentionLayers,
        List<TracedSample> samples,
        long failed,
        Optional<RunFacts> run) {
    public TracedDataset {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        Objects.requireNonNull(run);
        crossAttentionLayers = List.copyOf(crossAttentionLayers);
        samples = List.copyOf(samples);
    }

    /** A dataset's name as people write it. */
    public static String title(String name) {
        return switch (name) {
            case "vqav2" -> "VQAv2";
            case "visual7w" -> "Visual7W";
            case "docvqa" -> "DocVQA";
            default -> name;
        };
    }

    /** All that was cut, sorted. */
    public Set<CurveKey> keys() {
        Set<CurveKey> keys = new TreeSet<>();
        samples.forEach(sample -> keys.addAll(sample.curves().keySet()));
        return keys;
    }

    /** The categories that have samples: those of the study in its order, then others as they come. */
    public List<String> categories() {
        Set<String> found = new LinkedHashSet<>();
        samples.forEach(sample -> found.addAll(sample.categories()));
        List<String> ordered = new ArrayList<>();
        for (Dataset dataset : Dataset.values()) {
            if (dataset.toString().equals(name)) {
                dataset.categories().stream().filter(found::contains).forEach(ordered::add);
            }
        }
        found.stream().filter(category -> !ordered.contains(category)).forEach(ordered::add);
        return ordered;
    }

    /** Whether every sample tells how many tokens its answer has. */
    public boolean tokensKnown() {
        return samples.stream().allMatch(sample -> sample.tokens() > 0);
    }

    /** Whether the window around a layer holds one in which this pathway can be cut. */
    public boolean acts(CurveKey key, int layer) {
        Window window = Window.around(layer, key.k(), layers);
        boolean cross = cutsCrossAttention(key.pathway());
        for (int l = window.first(); l <= window.last(); l++) {
            if (crossAttentionLayers.contains(l) == cross) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pathway is cut in cross-attention layers; the others are cut in self-attention. */
    public static boolean cutsCrossAttention(String pathway) {
        return Pathways.named(pathway)
                .map(named -> named.medium() == Medium.CROSS_ATTENTION)
                .orElse(pathway.startsWith("image_to_"));
    }
}
