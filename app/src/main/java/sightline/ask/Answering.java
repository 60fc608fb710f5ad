package sightline.ask;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sightline.knockout.RowReading;
import sightline.model.Decoding;

/**
 * Where the traced answer comes from.
 *
 * @param text the answer's text, if it is given so
 * @param tokens the answer's token ids, if it is given so
 * @param rows what rows before the image token read while the model answers by itself
 * @param decoding how the model answers by itself, if neither is given
 */
public record Answering(Optional<String> text, Optional<List<Integer>> tokens, RowReading rows, Decoding decoding) {
    public Answering {
        Objects.requireNonNull(text);
        tokens = tokens.map(List::copyOf);
        Objects.requireNonNull(rows);
        Objects.requireNonNull(decoding);
    }
}
