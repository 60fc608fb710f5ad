package sightline.model;

import org.bytedeco.pytorch.Tensor;

/**
 * A decoder as sweeps drive it: rows in, layer by layer, logits out. Rows are text rows, of any variants of one text. Tensors
 * handed out belong to the scope that was open when the method was called.
 */
public interface Decoder {
    /**
     * Embeddings (rows, hidden).
     *
     * @param ids each row's token
     * @param rows each row's place in the text
     * @param seen the picture; in some families it gives the embeddings of rows that stand for it
     */
    Tensor embed(int[] ids, int[] rows, VisionMemory seen);

    /** Cosines and sines for rows at the places first … first + count − 1 of the text. */
    Rotation rotation(int first, int count);

    /**
     * A layer that reads text.
     *
     * @throws IllegalArgumentException if this layer reads the picture
     */
    TextBlock textBlock(int layer);

    /**
     * A layer that reads the picture.
     *
     * @throws IllegalArgumentException if this layer reads text
     */
    ImageBlock imageBlock(int layer);

    /** Final norm and output head: x (rows, hidden) -> logits (rows, vocabulary) in at least float32. */
    Tensor logits(Tensor x);
}
