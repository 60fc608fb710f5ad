package sightline.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import sightline.dataset.AnsweredQuestion;

/**
 * Which of a dataset's samples are traced. Choosing changes no sample's prompt or numbers.
 *
 * @param start samples skipped at the beginning
 * @param limit the most samples behind these; empty for all
 * @param shard the part of them that this process traces
 */
public record Portion(int start, OptionalInt limit, Shard shard) {
    /** Everything. */
    public static final Portion ALL = new Portion(0, OptionalInt.empty(), Shard.WHOLE);

    public Portion {
        if (start < 0 || limit.orElse(0) < 0) {
            throw new IllegalArgumentException("start " + start + ", limit " + limit + ", expected 0 or more");
        }
    }

    /** A sample and its place in the dataset, from 0. */
    record Numbered(int index, AnsweredQuestion sample) {}

    /** The samples of all shards, in the dataset's order. */
    List<Numbered> chosen(List<AnsweredQuestion> dataset) {
        int first = Math.min(start, dataset.size());
        int end = limit.isEmpty() ? dataset.size() : (int) Math.min(dataset.size(), first + (long) limit.getAsInt());
        List<Numbered> chosen = new ArrayList<>();
        for (int i = first; i < end; i++) {
            chosen.add(new Numbered(i, dataset.get(i)));
        }
        return chosen;
    }

    /**
     * This shard's samples, a list for each picture. The whole dataset is shared out, whatever start and limit are: shards
     * under different ones must not meet in a sample.
     */
    List<List<Numbered>> mine(List<AnsweredQuestion> dataset) {
        List<Numbered> chosen = chosen(dataset);
        Map<String, List<Numbered>> byPicture = ALL.chosen(dataset).stream()
                .collect(Collectors.groupingBy(
                        numbered -> numbered.sample().image(), LinkedHashMap::new, Collectors.toList()));
        return shard.of(List.copyOf(byPicture.values())).stream()
                .map(picture -> picture.stream()
                        .filter(numbered -> isIn(chosen, numbered.index()))
                        .toList())
                .filter(picture -> !picture.isEmpty())
                .toList();
    }

    private static boolean isIn(List<Numbered> stretch, int index) {
        return !stretch.isEmpty()
                && index >= stretch.get(0).index()
                && index <= stretch.get(stretch.size() - 1).index();
    }
}
