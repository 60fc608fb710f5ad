package sightline.world;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sightline.dataset.Dataset;

/**
 * What is asked, and how often: a step of a curriculum.
 *
 * @param styles weight of each style; one that is left out never occurs
 * @param kinds weight of each kind of question within its style; one that is left out is never asked
 * @param distinct whether the shapes of a scene all differ, and its colours too: then nothing can be guessed from what is
 *     there without where it is. Such scenes may hold a single shape, and their labels count nothing
 * @param questions how many a scene gets at most, at least 1; a small scene may offer fewer
 */
public record Mix(Map<Dataset, Double> styles, Map<String, Double> kinds, boolean distinct, int questions) {
    private static final int QUESTIONS = 12;

    /** @throws IllegalArgumentException for a weight that is negative or not finite, an unknown kind, or nothing to ask */
    public Mix {
        styles = Collections.unmodifiableMap(new TreeMap<>(styles)); // in order, so that equal mixes read alike
        kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
        requireWeights(styles.values());
        requireWeights(kinds.values());
        for (String kind : kinds.keySet()) {
            if (!World.kinds().contains(kind)) {
                throw new IllegalArgumentException("no kind '" + kind + "'; there are " + World.kinds());
            }
        }
        if (questions < 1) {
            throw new IllegalArgumentException(questions + " questions");
        }
        double open = 0;
        for (Dataset style : Dataset.values()) {
            open += weight(style, styles, kinds);
        }
        if (open == 0) {
            throw new IllegalArgumentException("nothing to ask: no style with a weight has a kind with a weight");
        }
    }

    private static void requireWeights(Collection<Double> weights) {
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight " + weight);
            }
        }
    }

    /** All styles alike, all kinds in the world's own measure. */
    public static Mix all() {
        Map<Dataset, Double> styles = new LinkedHashMap<>();
        for (Dataset style : Dataset.values()) {
            styles.put(style, 1.0);
        }
        return new Mix(styles, World.weights(), false, QUESTIONS);
    }

    /** One style alone. */
    public static Mix of(Dataset style) {
        return new Mix(Map.of(style, 1.0), World.weights(), false, QUESTIONS);
    }

    /** The same with only these kinds, each as often as before. */
    public Mix only(List<String> some) {
        Map<String, Double> fewer = new LinkedHashMap<>();
        some.forEach(
                kind -> fewer.put(kind, kinds.getOrDefault(kind, World.weights().getOrDefault(kind, 1.0))));
        return new Mix(styles, fewer, distinct, questions);
    }

    /** The same with another weight for one kind. */
    public Mix with(String kind, double weight) {
        Map<String, Double> changed = new LinkedHashMap<>(kinds);
        changed.put(kind, weight);
        return new Mix(styles, changed, distinct, questions);
    }

    /** The same with another weight for one style. */
    public Mix with(Dataset style, double weight) {
        Map<Dataset, Double> changed = new LinkedHashMap<>(styles);
        changed.put(style, weight);
        return new Mix(changed, kinds, distinct, questions);
    }

    /** The same on scenes whose shapes and colours all differ, or on any. */
    public Mix withDistinct(boolean distinctScenes) {
        return new Mix(styles, kinds, distinctScenes, questions);
    }

    /** The same with another number of questions. */
    public Mix withQuestions(int most) {
        return new Mix(styles, kinds, distinct, most);
    }

    /** How often a style occurs: never without a kind to ask. */
    double weight(Dataset style) {
        return weight(style, styles, kinds);
    }

    private static double weight(Dataset style, Map<Dataset, Double> styles, Map<String, Double> kinds) {
        double sum = 0;
        for (String kind : World.kinds(style)) {
            sum += kinds.getOrDefault(kind, 0.0);
        }
        return sum > 0 ? styles.getOrDefault(style, 0.0) : 0;
    }
}
