package sightline.analysis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sightline.statistics.Estimate;

/**
 * What was read inside the decoder of a group's samples, as means.
 *
 * @param lens empty if no lens was read
 * @param attention by role of the text row that is attended to
 * @param edges by pathway
 * @param gates by layer that reads the picture
 */
public record InsideSummary(Optional<Lens> lens, List<Role> attention, List<Edges> edges, List<Gate> gates) {
    /** Nothing was read. */
    public static final InsideSummary NONE = new InsideSummary(Optional.empty(), List.of(), List.of(), List.of());

    public InsideSummary {
        Objects.requireNonNull(lens);
        attention = List.copyOf(attention);
        edges = List.copyOf(edges);
        gates = List.copyOf(gates);
    }

    /** Whether there is anything to show. */
    public boolean any() {
        return lens.isPresent() || !attention.isEmpty() || !edges.isEmpty() || !gates.isEmpty();
    }

    /**
     * Samples, and the clusters that they are of.
     *
     * @param n samples
     * @param clusters of these
     */
    public record Count(int n, int clusters) {}

    /**
     * Lenses.
     *
     * @param uncut the answer's log-probability at temperature 1, nats: the embedding, then behind each layer
     * @param count of the samples
     * @param settles layer from which on the answer is the likeliest, a mean over those samples where it is so at the end
     * @param settled how many these are
     * @param cut under most harmful windows
     */
    public record Lens(LayerMeans uncut, Count count, Estimate settles, Count settled, List<CutLens> cut) {
        public Lens {
            cut = List.copyOf(cut);
        }
    }

    /** The log-probability under the most harmful window of each sample, likewise. */
    public record CutLens(CurveKey key, LayerMeans logP, Count count) {}

    /** Attention to a role, a mean over heads and answer tokens, by layer; NaN in layers that do not read text. */
    public record Role(String role, LayerMeans share, Count count) {}

    /**
     * What a pathway's edges carry, by layer; NaN where it has none.
     *
     * @param left what a cut leaves, by masking
     */
    public record Edges(String pathway, LayerMeans attention, LayerMeans value, List<Left> left, Count count) {
        public Edges {
            left = List.copyOf(left);
        }
    }

    /** What a cut leaves of the attention on its edges, by layer. */
    public record Left(String masking, LayerMeans attention) {}

    /**
     * A layer that reads the picture.
     *
     * @param attentionGate tanh of the gate, the same in all samples
     * @param mlpGate likewise
     * @param attention length of what attention adds, relative to the stream
     * @param mlp the same of the MLP
     */
    public record Gate(
            int layer, double attentionGate, double mlpGate, Estimate attention, Estimate mlp, Count count) {}
}
