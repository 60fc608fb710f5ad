package sightline.knockout;

import java.util.EnumMap;
import java.util.Map;
import sightline.text.TokenRole;

/**
 * What one text row attends to in one layer, with nothing cut.
 *
 * @param layer from 0
 * @param medium what the layer reads
 * @param row text row
 * @param weights [head][key]: softmax weights of query heads over text rows up to the last one in context, or over all vision
 *     tokens; 0 where there is no edge. A row that reads a mean weighs its keys alike
 */
@SuppressWarnings("ArrayRecordComponent") // one number per head and key: megabytes
public record AttentionRow(int layer, Medium medium, int row, float[][] weights) {
    /**
     * What the weights of one row take in all layers.
     *
     * @param textRows in context
     */
    public static long bytes(ModelShape shape, int textRows, PictureTokens picture) {
        long text = (long) shape.layersOf(Medium.TEXT).size() * textRows;
        long image = (long) shape.layersOf(Medium.IMAGE).size() * picture.all();
        return (text + image) * shape.heads() * Float.BYTES;
    }

    /** The mean over heads, by key. */
    public double[] mean() {
        double[] mean = new double[weights[0].length];
        for (float[] head : weights) {
            for (int key = 0; key < mean.length; key++) {
                mean[key] += head[key];
            }
        }
        for (int key = 0; key < mean.length; key++) {
            mean[key] /= weights.length;
        }
        return mean;
    }

    /**
     * The mean over heads by the role of the text row attended to, in a layer that reads text.
     *
     * @param roles the prompt's; what comes behind it is the answer
     */
    public Map<TokenRole, Double> byRole(TokenRole... roles) {
        Map<TokenRole, Double> shares = new EnumMap<>(TokenRole.class);
        double[] mean = mean();
        for (int key = 0; key <= row; key++) {
            shares.merge(key < roles.length ? roles[key] : TokenRole.ANSWER, mean[key], Double::sum);
        }
        return shares;
    }
}
