package sightline.knockout;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import sightline.checkpoint.TextConfig;
import sightline.model.Masking;
import sightline.model.Medium;
import sightline.model.ModelInputs;
import sightline.model.RowReading;
import sightline.text.EncodedPrompt;

/**
 * All that is asked of one sample: how likely each of the answer's tokens stays when each pathway is cut in each window.
 *
 * @param prompt token ids and roles
 * @param answer the answer's token ids, without the stop token; at least one
 * @param pathways what to cut
 * @param windowSizes k, each at least 1
 * @param maskings what a row reads if nothing is left
 * @param rows what rows before the image token do
 * @param temperature logits are divided by it before softmax, {@value #LEAST_TEMPERATURE} or more; 0.6 in the published
 *     work
 */
public record SweepRequest(
        EncodedPrompt prompt,
        int[] answer,
        List<Pathway> pathways,
        List<Integer> windowSizes,
        List<Masking> maskings,
        RowReading rows,
        double temperature) {
    /** Below this, logits divided by the temperature come near the end of float32. */
    public static final double LEAST_TEMPERATURE = 1e-6;

    /** The temperature of the published work. */
    public static final double PUBLISHED_TEMPERATURE = 0.6;

    /** @throws IllegalArgumentException if the answer is empty, a window size is below 1 or the temperature too small */
    public SweepRequest {
        Objects.requireNonNull(prompt);
        Objects.requireNonNull(rows);
        pathways = List.copyOf(pathways);
        windowSizes = List.copyOf(windowSizes);
        maskings = List.copyOf(maskings);
        answer = answer.clone();
        require(answer.length > 0, "the answer has no tokens; a sweep needs at least one");
        require(windowSizes.stream().allMatch(k -> k >= 1), "window sizes " + windowSizes + ", expected 1 or more");
        require(
                temperature >= LEAST_TEMPERATURE && temperature < Double.POSITIVE_INFINITY,
                "temperature " + temperature + ", expected " + LEAST_TEMPERATURE + " or more");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The published settings: four pathways, reading and masking {@code paper}, temperature 0.6. */
    public static SweepRequest published(ModelInputs inputs, int[] answer, List<Integer> windowSizes) {
        return new SweepRequest(
                inputs.prompt(),
                answer,
                Pathway.PUBLISHED,
                windowSizes,
                List.of(Masking.PAPER),
                RowReading.PAPER,
                PUBLISHED_TEMPERATURE);
    }

    /** What is in context when an answer token is read out. */
    public TextTokens.Context context(int answerToken) {
        return new TextTokens.Context(prompt.roles(), answerToken);
    }

    /** The token ids in context when an answer token is read out: prompt and answer tokens before it. */
    public int[] tokens(int answerToken) {
        int[] prompted = prompt.ids();
        int[] tokens = java.util.Arrays.copyOf(prompted, prompted.length + answerToken);
        System.arraycopy(answer, 0, tokens, prompted.length, answerToken);
        return tokens;
    }

    /** Whether a pathway has anything to cut at any of the answer's tokens. */
    public boolean canCut(Pathway pathway) {
        return IntStream.range(0, answer.length).anyMatch(token -> pathway.cutsAnything(context(token)));
    }

    /** The layers that a window really cuts: those of the pathway's kind. Empty if it changes nothing. */
    public static BitSet cutLayers(Pathway pathway, Window window, TextConfig config) {
        BitSet layers = new BitSet();
        for (int layer = window.first(); layer <= window.last(); layer++) {
            Medium medium = config.isCrossAttention(layer) ? Medium.CROSS_ATTENTION : Medium.SELF_ATTENTION;
            layers.set(layer, medium == pathway.medium());
        }
        return layers;
    }
}
