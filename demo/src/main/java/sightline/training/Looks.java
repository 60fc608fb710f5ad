package sightline.training;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where the rows at which questions end are to look, in one cross-attention layer: at the places that give the answer.
 * Left to find that out by itself, the model takes far longer than the demo's training for what depends on places.
 *
 * @param rows which rows, counted through all sequences
 * @param sequences the sequence of each
 * @param shown (looks, vision tokens): 0 where a row is to look, -∞ elsewhere
 */
record Looks(int[] rows, int[] sequences, Tensor shown) {
    /** How many rows are to look somewhere. */
    int count() {
        return rows.length;
    }

    /**
     * Sum over looks of -log of the attention that falls where it shall, in the heads of the first group; the other heads
     * are free.
     *
     * @param q (sequences, rows, heads, size)
     * @param k (sequences, vision tokens, groups, size)
     * @param mask (sequences, 1, rows, vision tokens), 0 or -∞
     */
    Tensor loss(Tensor q, Tensor k, Tensor mask) {
        long size = q.size(3);
        long led = q.size(2) / k.size(2);
        Tensor at = sightline.tensor.HostArrays.indices(rows);
        Tensor asks = torch.index_select(q.reshape(q.size(0) * q.size(1), q.size(2), size), 0, at)
                .narrow(1, 0, led); // (looks, heads, size)
        Tensor offered = torch.index_select(k.select(2, 0), 0, sightline.tensor.HostArrays.indices(sequences));
        Tensor open = torch.index_select(mask.reshape(q.size(0) * q.size(1), 1, k.size(1)), 0, at);
        Tensor scores = torch.matmul(asks, offered.transpose(1, 2))
                .mul(new Scalar(1 / Math.sqrt((double) size)))
                .add(open);
        Tensor where = torch.log_softmax(scores, 2).add(shown.unsqueeze(1));
        return torch.logsumexp(where, 2).mean(1L).sum().neg();
    }
}
