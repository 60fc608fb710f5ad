package sightline.ask;

import java.util.List;
import sightline.model.Processor;
import sightline.run.FoilTokens;

/**
 * What an answer is held against, as it would be said.
 *
 * @param texts tokens, or whole texts
 * @param whole whether the whole answer is held against whole texts
 */
record FoilWords(List<String> texts, boolean whole) {
    static FoilWords of(FoilTokens foils, Processor processor) {
        return foils.whole().isEmpty()
                ? new FoilWords(foils.first().stream().map(processor::token).toList(), false)
                : new FoilWords(
                        foils.whole().stream()
                                .map(text -> processor.decode(text.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray()))
                                .toList(),
                        true);
    }
}
