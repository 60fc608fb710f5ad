package sightline.llava;

import org.bytedeco.pytorch.Tensor;
import sightline.knockout.PictureTokens;
import sightline.model.OwnedMemory;

/** One picture as LLaVA's decoder reads it: rows in place of the image tokens' embeddings. */
final class LlavaMemory extends OwnedMemory {
    private final Tensor rows;

    /** @param rows (tokens, hidden), in the format of hidden states */
    LlavaMemory(LlavaDecoder reader, PictureTokens tokens, Tensor rows) {
        super(reader, tokens);
        this.rows = owner().own(rows);
    }

    /** (tokens, hidden) */
    Tensor rows() {
        owner().requireOpen();
        return rows;
    }
}
