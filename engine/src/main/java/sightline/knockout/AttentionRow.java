package sightline.knockout;

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
}
