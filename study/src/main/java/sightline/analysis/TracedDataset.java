package sightline.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sightline.dataset.Dataset;
import sightline.knockout.Window;
import sightline.run.InterventionFacts;
import sightline.run.NamedRun;

/**
 * A dataset's results under one model.
 *
 * @param dataset whose questions were traced
 * @param title as people write it; tells apart several runs on one dataset
 * @param layers L
 * @param crossAttentionLayers those that read the image, in order
 * @param interventions by pathway, at least of those that have curves
 * @param samples that were traced
 * @param failed how many were not
 * @param run whose results these are; empty for published results
 */
public record TracedDataset(
        Dataset dataset,
        String title,
        int layers,
        List<Integer> crossAttentionLayers,
        Map<String, InterventionFacts> interventions,
        List<TracedSample> samples,
        long failed,
        Optional<NamedRun> run) {
    public TracedDataset {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(title);
        Objects.requireNonNull(run);
        crossAttentionLayers = List.copyOf(crossAttentionLayers);
        interventions = Map.copyOf(interventions);
        samples = List.copyOf(samples);
    }

    /** Interventions by their names. */
    public static Map<String, InterventionFacts> byName(List<InterventionFacts> interventions) {
        Map<String, InterventionFacts> byName = new LinkedHashMap<>();
        interventions.forEach(one -> byName.put(one.name(), one));
        return byName;
    }

    /** The dataset's name as on the command line. */
    public String name() {
        return dataset.toString();
    }

    /** Beside layer 0, the layers whose numbers stand under an axis. */
    public List<Integer> landmarks() {
        return LayerScale.landmarks(layers, crossAttentionLayers);
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
        List<String> ordered = new ArrayList<>(
                dataset.categories().stream().filter(found::contains).toList());
        found.stream().filter(category -> !ordered.contains(category)).forEach(ordered::add);
        return ordered;
    }

    /** Whether every sample tells how many tokens its answer has. */
    public boolean tokensKnown() {
        return samples.stream().allMatch(sample -> sample.tokens() > 0);
    }

    /** Whether every sample tells its picture. */
    public boolean imagesKnown() {
        return samples.stream().noneMatch(sample -> sample.image().isEmpty());
    }

    /** How many samples tell no measures beside probabilities: an earlier version traced them, or they were published. */
    public long unmeasured() {
        return samples.stream().filter(sample -> sample.measures().isEmpty()).count();
    }

    /** How many answers greedy decoding does not give, sampled ones say: they are left out of flips. */
    public long notGreedy() {
        return samples.stream()
                .flatMap(sample -> sample.measures().stream())
                .filter(measures -> !measures.greedy())
                .count();
    }

    /** Whether any sample's first token is held against foils that the run names. */
    public boolean foiled() {
        return samples.stream().flatMap(sample -> sample.measures().stream()).anyMatch(SampleMeasures::foiled);
    }

    /** How many samples have measures, but foils that the run names do not apply to them. */
    public long notFoiled() {
        return samples.stream()
                .flatMap(sample -> sample.measures().stream())
                .filter(measures -> !measures.foiled())
                .count();
    }

    /**
     * What a pathway does.
     *
     * @throws IllegalArgumentException if nothing is known of it
     */
    public InterventionFacts intervention(String pathway) {
        InterventionFacts facts = interventions.get(pathway);
        if (facts == null) {
            throw new IllegalArgumentException("no record of " + pathway);
        }
        return facts;
    }

    /** Whether the window around a layer holds one in which this pathway can be cut. */
    public boolean acts(CurveKey key, int layer) {
        Window window = Window.around(layer, key.k(), layers);
        InterventionFacts facts = intervention(key.pathway());
        for (int l = window.first(); l <= window.last(); l++) {
            if (facts.actsIn(l)) {
                return true;
            }
        }
        return false;
    }
}
