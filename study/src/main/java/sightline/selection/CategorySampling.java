package sightline.selection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.dataset.PythonRandom;

/** The published drawing: one generator, category after category in a fixed order, then each list sorted. */
public final class CategorySampling {
    private CategorySampling() {}

    /**
     * Draws ids.
     *
     * @param order of the categories; it decides the result, since they share a generator
     * @param ids by category, in the order of the answers; a category may be missing
     * @param perCategory how many of each; of a category that has fewer all are taken
     * @param seed the published one is 42
     * @return sorted ids, of every category in the order given
     */
    public static Map<String, List<Long>> draw(
            List<String> order, Map<String, List<Long>> ids, int perCategory, long seed) {
        PythonRandom random = new PythonRandom(seed);
        Map<String, List<Long>> drawn = new LinkedHashMap<>();
        for (String category : order) {
            List<Long> pool = ids.getOrDefault(category, List.of());
            int count = Math.min(perCategory, pool.size());
            drawn.put(category, random.sample(pool, count).stream().sorted().toList());
        }
        return drawn;
    }
}
