package sightline.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import sightline.run.InsideLine;

/**
 * What was read inside the decoder of one sample, of the whole answer: its log-probability is a sum over its tokens, all else a
 * mean over them. NaN where a layer has nothing to read. Nobody changes the arrays.
 *
 * @param lens nats of the answer at temperature 1, under the most harmful window of what was cut, by entry: the embedding, then
 *     behind each layer; with nothing cut by {@link #UNCUT}
 * @param settled the layer behind which, and behind all later ones, every token of the answer is the likeliest with nothing cut;
 *     −1 the embedding, L where it is not at the end either
 * @param attention by role of the text row attended to, [layer]
 * @param edges by pathway
 * @param gates by layer that reads the picture: both gates' tanh, then what attention and MLP add, relative to the stream
 */
@SuppressWarnings("ArrayRecordComponent") // some hundred numbers a sample
public record SampleInside(
        Map<CurveKey, float[]> lens,
        int settled,
        Map<String, float[]> attention,
        Map<String, Edges> edges,
        Map<Integer, float[]> gates) {
    /** Nothing is cut. */
    public static final CurveKey UNCUT = new CurveKey("", 0, "");

    /** Nothing was read. */
    public static final SampleInside NONE = new SampleInside(Map.of(), 0, Map.of(), Map.of(), Map.of());

    public SampleInside {
        lens = Map.copyOf(lens);
        attention = Map.copyOf(attention);
        edges = Map.copyOf(edges);
        gates = Map.copyOf(gates);
    }

    /**
     * What a pathway's edges carry, [layer].
     *
     * @param attention on them
     * @param value length of what comes over them, relative to all that is read
     * @param left attention that a cut leaves, by masking
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Edges(float[] attention, float[] value, Map<String, float[]> left) {
        public Edges {
            left = Map.copyOf(left);
        }
    }

    static SampleInside of(InsideLine line) {
        Map<CurveKey, float[]> lens = new HashMap<>();
        int settled = 0;
        for (InsideLine.LensRows rows : line.lens()) {
            boolean uncut = rows.pathway() == null;
            lens.put(uncut ? UNCUT : new CurveKey(rows.pathway(), rows.k(), rows.masking()), sum(rows.logP()));
            if (uncut) {
                settled = settled(rows.rank());
            }
        }
        Map<String, float[]> attention = new TreeMap<>();
        line.attention().forEach((role, rows) -> attention.put(role, mean(rows)));
        Map<String, Edges> edges = new LinkedHashMap<>();
        for (InsideLine.EdgeRows rows : line.edges()) {
            Map<String, float[]> left = new TreeMap<>();
            rows.left().forEach((masking, numbers) -> left.put(masking, mean(numbers)));
            edges.put(rows.pathway(), new Edges(mean(rows.attention()), mean(rows.value()), left));
        }
        Map<Integer, float[]> gates = new TreeMap<>();
        for (InsideLine.GateRows rows : line.gates()) {
            gates.put(
                    rows.layer(),
                    new float[] {rows.attentionGate(), rows.mlpGate(), mean(rows.attention()), mean(rows.mlp())});
        }
        return new SampleInside(lens, settled, attention, edges, gates);
    }

    private static float[] sum(float[]... tokens) {
        float[] sum = new float[tokens[0].length];
        for (float[] token : tokens) {
            for (int entry = 0; entry < sum.length; entry++) {
                sum[entry] += token[entry];
            }
        }
        return sum;
    }

    private static int settled(int[]... ranks) {
        int entry = ranks[0].length;
        while (entry > 0 && allFirst(entry - 1, ranks)) {
            entry--;
        }
        return entry - 1;
    }

    private static boolean allFirst(int entry, int[]... ranks) {
        return Arrays.stream(ranks).allMatch(token -> token[entry] == 1);
    }

    /** Over the tokens that have a number there. */
    private static float[] mean(Float[]... tokens) {
        float[] mean = new float[tokens[0].length];
        for (int layer = 0; layer < mean.length; layer++) {
            int count = 0;
            for (Float[] token : tokens) {
                if (token[layer] != null) {
                    mean[layer] += token[layer];
                    count++;
                }
            }
            mean[layer] /= count; // NaN without any
        }
        return mean;
    }

    private static float mean(float... tokens) {
        float sum = 0;
        for (float token : tokens) {
            sum += token;
        }
        return sum / tokens.length;
    }
}
