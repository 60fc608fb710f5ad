package sightline.knockout;

import java.util.Locale;

/**
 * What cross-attention does with rows that may see no image token: those before {@code <|image|>}. Three readings exist
 * and give different numbers (METHOD section 3).
 */
public enum RowReading {
    /** Such a row attends to all vision tokens, padding tiles included, as if unmasked; its MLP output is dropped. */
    TRANSFORMERS,
    /** Such a row's attention and MLP outputs are dropped: the model as it was trained. */
    META,
    /** Such a row reads the mean over all vision tokens, padding tiles included; its MLP is kept. The published tracing. */
    PAPER;

    /** The name used on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
