package sightline.llama;

import org.bytedeco.pytorch.Tensor;
import sightline.model.Rotation;
import sightline.model.Weights;
import sightline.tensor.Compute;
import sightline.tensor.Linear;
import sightline.tensor.Ops;

/** What a Llama decoder has before and behind its layers: embedding table and rotary embeddings, final norm and output head. */
public final class LlamaEnds {
    private final LlamaConfig config;
    private final Compute compute;
    private final Tensor embedding;
    private final RotaryEmbedding rotary;
    private final Tensor finalNorm;
    private final Linear head;

    /**
     * Takes them from the weights.
     *
     * @param decoder what the names of the table and the norm begin with, the dot included
     * @param head name of the output head
     */
    public LlamaEnds(Weights weights, LlamaConfig config, String decoder, String head) {
        this.config = config;
        this.compute = weights.compute();
        embedding = weights.table(decoder + "embed_tokens.weight");
        rotary = new RotaryEmbedding(config, weights);
        finalNorm = weights.vector(decoder + "norm.weight");
        this.head = weights.linear(head, false);
    }

    /** Embeddings (ids, hidden) of tokens. */
    public Tensor embed(int... ids) {
        return compute.place(Ops.rows(embedding, ids));
    }

    /** Cosines and sines for rows at the places first … first + count − 1 of the text. */
    public Rotation rotation(int first, int count) {
        return rotary.at(first, count);
    }

    /** Final norm and output head: x (rows, hidden) -> logits (rows, vocabulary) in at least float32. */
    public Tensor logits(Tensor x) {
        Tensor normed = Ops.rmsNorm(x, finalNorm, config.rmsNormEps(), compute);
        return head.apply(normed).to(compute.accurate().scalarType());
    }
}
