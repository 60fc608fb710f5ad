package sightline.training;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import sightline.llama.RotaryEmbedding;
import sightline.mllama.MllamaConfig;

/**
 * Packed sequences as the text twin reads them, filled up to equal length.
 *
 * @param size sequences
 * @param rows of each
 * @param ids (sequences · rows)
 * @param cosines (sequences, rows, 1, head size)
 * @param sines the same; negative in the first half, where the second half is subtracted
 * @param selfMask (sequences, 1, rows, rows), 0 or −∞
 * @param crossMask (sequences, 1, rows, vision tokens), 0 or −∞
 * @param mlpFactor (sequences, rows, 1): 0 in rows before the image token, otherwise 1
 * @param cuts per cross-attention layer (sequences, rows, 1): 0 where a row reads nothing of the picture; absent if none
 * @param answerRows rows, counted through all sequences, at which answer tokens are read out
 * @param targets the token due at each of them
 * @param questionOfRow the question, counted through all sequences, that each belongs to
 * @param looks where rows are to look
 */
record TextBatch(
        int size,
        int rows,
        Tensor ids,
        Tensor cosines,
        Tensor sines,
        Tensor selfMask,
        Tensor crossMask,
        Tensor mlpFactor,
        Map<Integer, Tensor> cuts,
        int[] answerRows,
        int[] targets,
        int[] questionOfRow,
        Looks looks) {

    /** What each row of the cross-attention layer is multiplied by, or null. */
    Tensor cut(int layer) {
        return cuts.get(layer);
    }

    /**
     * Owned by the current pointer scope.
     *
     * @param tiles of each sequence's picture
     * @param cutPlans which rows read nothing, one a sequence
     */
    static TextBatch of(List<PackedSequence> sequences, int[] tiles, List<CutPlan> cutPlans, MllamaConfig config) {
        int rows = sequences.stream().mapToInt(PackedSequence::rows).max().orElseThrow();
        int visionTokens = config.vision().maxTiles() * config.vision().tokensPerTile();
        BatchArrays arrays = new BatchArrays(sequences.size(), rows, visionTokens);
        for (int i = 0; i < sequences.size(); i++) {
            arrays.add(sequences.get(i), tiles[i] * config.vision().tokensPerTile());
        }
        return arrays.batch(config, cutPlans);
    }

    /** Cosines and signed sines of text positions, as the engine computes them. */
    static float[][] rotations(int[] positions, MllamaConfig config) {
        float[] frequencies = RotaryEmbedding.frequencies(config.text().llama());
        int half = frequencies.length;
        float[] cosines = new float[positions.length * 2 * half];
        float[] sines = new float[positions.length * 2 * half];
        for (int row = 0; row < positions.length; row++) {
            for (int i = 0; i < half; i++) {
                float angle = positions[row] * frequencies[i];
                int at = row * 2 * half + i;
                cosines[at] = (float) Math.cos(angle);
                cosines[at + half] = cosines[at];
                sines[at + half] = (float) Math.sin(angle);
                sines[at] = -sines[at + half];
            }
        }
        return new float[][] {cosines, sines};
    }
}
