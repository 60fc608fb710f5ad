package sightline.ask;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import sightline.figure.Veil;
import sightline.image.RgbImage;
import sightline.knockout.AttentionRow;
import sightline.knockout.Medium;
import sightline.region.PatchGrid;

/** The arrays and pictures that {@code ask --attention --out} writes. */
final class AttentionFiles {
    private AttentionFiles() {}

    /**
     * Writes {@code attention_text.npy} and {@code attention_image.npy} (answer tokens, layers of that kind, heads, keys), and
     * for each answer token {@code attention-N.png}: the mean over heads and layers that read the picture, over the picture's
     * patches.
     *
     * @param rows by answer token, then by layer
     */
    static void write(List<AttentionRow> rows, int tokens, RgbImage picture, PatchGrid grid, OutFolder out) {
        if (!out.wanted() || rows.isEmpty()) {
            return;
        }
        for (Medium medium : Medium.values()) {
            List<AttentionRow> its =
                    rows.stream().filter(row -> row.medium() == medium).toList();
            if (!its.isEmpty()) {
                float[][] first = its.get(0).weights();
                out.write(
                        medium == Medium.TEXT ? "attention_text.npy" : "attention_image.npy",
                        file -> Npy.write(
                                file,
                                its.stream()
                                        .flatMap(row -> Stream.of(row.weights()))
                                        .toList(),
                                tokens,
                                its.size() / tokens,
                                first.length,
                                first[0].length));
            }
        }
        int layers = rows.size() / tokens;
        for (int token = 0; token < tokens; token++) {
            List<AttentionRow> image = rows.subList(token * layers, (token + 1) * layers).stream()
                    .filter(row -> row.medium() == Medium.IMAGE)
                    .toList();
            if (!image.isEmpty()) {
                double[][] mean = patches(image, grid);
                double most = Arrays.stream(mean)
                        .flatMapToDouble(Arrays::stream)
                        .max()
                        .orElse(1);
                Veil veil = new Veil(picture).lift(grid, mean, Math.max(most, Double.MIN_NORMAL));
                out.write("attention-" + token + ".png", veil::writeTo);
            }
        }
    }

    /** The mean over heads and layers: [patch row][patch column]. */
    static double[][] patches(List<AttentionRow> layers, PatchGrid grid) {
        double[][] mean = new double[grid.rows()][grid.columns()];
        for (AttentionRow layer : layers) {
            double[] weights = layer.mean();
            for (int row = 0; row < grid.rows(); row++) {
                for (int column = 0; column < grid.columns(); column++) {
                    mean[row][column] += weights[grid.token(row, column)] / layers.size();
                }
            }
        }
        return mean;
    }
}
