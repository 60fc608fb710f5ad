package sightline.model;

import java.util.Locale;

/**
 * What cross-attention does with rows that may see no image token: those before {@code <|image|>}. Three readings exist
 * and give different numbers.
 */
public enum RowReading {
    /** Such a row attends to all vision tokens, padding tiles included, as if unmasked; its MLP output is dropped. */
    TRANSFORMERS(true),
    /** Such a row's attention and MLP outputs are dropped: the model as it was trained. */
    META(true),
    /** Such a row reads the mean over all vision tokens, padding tiles included; its MLP is kept. The published tracing. */
    PAPER(false);

    private final boolean dropsMlp;

    RowReading(boolean dropsMlp) {
        this.dropsMlp = dropsMlp;
    }

    /** Whether the MLP output of a cross-attention layer is multiplied by 0 in such rows. */
    public boolean dropsMlp() {
        return dropsMlp;
    }

    /** The name used on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
