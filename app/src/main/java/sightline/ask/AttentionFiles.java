package sightline.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import sightline.figure.Veil;
import sightline.image.RgbImage;
import sightline.knockout.AttentionRow;
import sightline.knockout.Inside;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.region.PatchGrid;
import sightline.text.EncodedPrompt;

/** The arrays and pictures that {@code ask --attention --out} writes. */
final class AttentionFiles {
    private final RgbImage picture;
    private final PatchGrid grid;
    private final int first;
    private final OutFolder out;

    private AttentionFiles(RgbImage picture, PatchGrid grid, int first, OutFolder out) {
        this.picture = picture;
        this.grid = grid;
        this.first = first;
        this.out = out;
    }

    /** The key that is the picture's first token, in layers that read it: among the text's rows where none reads it beside them. */
    static int firstKey(ModelShape shape, EncodedPrompt prompt) {
        return shape.layersOf(Medium.IMAGE).isEmpty() ? prompt.imagePosition() : 0;
    }

    /**
     * Writes of the read-out rows {@code attention_text.npy} and {@code attention_image.npy} (answer tokens, layers of that
     * kind, heads, keys), the latter's patches and class tokens apart ({@code attention_patches.npy}: …, heads, patch rows, patch
     * columns; {@code attention_class.npy}: …, heads, tiles), and for each answer token {@code attention-N.png}: the mean over
     * heads and layers that read the picture, over the picture's patches. The same of the rows that are asked for beside them:
     * {@code attention_rows_….npy}, {@code attention-row-N.png}. Where no layer reads the picture beside the text, all do, and
     * there is no {@code attention_image.npy}.
     *
     * @param first see {@link #firstKey}
     */
    static void write(Inside inside, RgbImage picture, PatchGrid grid, int first, OutFolder out) {
        if (out.wanted()) {
            AttentionFiles files = new AttentionFiles(picture, grid, first, out);
            files.write("attention_", "attention-", inside.attention(), false);
            files.write("attention_rows_", "attention-row-", inside.rows(), true);
        }
    }

    private void write(String arrays, String pictures, List<AttentionRow> rows, boolean byPosition) {
        if (rows.isEmpty()) {
            return;
        }
        Map<Integer, List<AttentionRow>> byRow = new LinkedHashMap<>();
        rows.forEach(row ->
                byRow.computeIfAbsent(row.row(), none -> new ArrayList<>()).add(row));
        array(arrays + "text.npy", byRow, Medium.TEXT, weights -> weights);
        array(arrays + "image.npy", byRow, Medium.IMAGE, weights -> weights);
        Medium reads = rows.stream().anyMatch(row -> row.medium() == Medium.IMAGE) ? Medium.IMAGE : Medium.TEXT;
        array(arrays + "patches.npy", byRow, reads, this::patches, grid.rows(), grid.columns());
        int[] classTokens = classTokens(grid, first);
        if (classTokens.length > 0) {
            array(arrays + "class.npy", byRow, reads, weights -> some(weights, classTokens));
        }
        int number = 0;
        for (Map.Entry<Integer, List<AttentionRow>> row : byRow.entrySet()) {
            picture(pictures + (byPosition ? row.getKey() : number), row.getValue(), reads);
            number++;
        }
    }

    /** Class tokens of the tiles that the picture lies in; none in some families. */
    static int[] classTokens(PatchGrid grid, int first) {
        return grid.classTokens(grid.whole()).stream()
                .map(token -> first + token)
                .toArray();
    }

    /** @param last the last axes, where a head's numbers have more than one */
    private void array(
            String name,
            Map<Integer, List<AttentionRow>> byRow,
            Medium medium,
            Function<float[], float[]> part,
            int... last) {
        List<List<AttentionRow>> its = byRow.values().stream()
                .map(row ->
                        row.stream().filter(layer -> layer.medium() == medium).toList())
                .toList();
        int layers = its.stream().mapToInt(List::size).min().orElse(0); // a row may end before the last layer
        if (layers == 0) {
            return;
        }
        float[][] first = its.get(0).get(0).weights();
        int[] before = {its.size(), layers, first.length};
        int[] behind = last.length > 0 ? last : new int[] {part.apply(first[0]).length};
        int[] shape = Arrays.copyOf(before, before.length + behind.length);
        System.arraycopy(behind, 0, shape, before.length, behind.length);
        Iterable<float[]> numbers = () -> its.stream()
                .flatMap(row -> row.stream().limit(layers))
                .flatMap(row -> Stream.of(row.weights()))
                .map(part)
                .iterator();
        out.write(name, file -> Npy.write(file, numbers, shape));
    }

    /** Row by row. */
    private float[] patches(float[] weights) {
        float[] patches = new float[grid.rows() * grid.columns()];
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                patches[row * grid.columns() + column] = weights[first + grid.token(row, column)];
            }
        }
        return patches;
    }

    private static float[] some(float[] weights, int... tokens) {
        float[] some = new float[tokens.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = weights[tokens[i]];
        }
        return some;
    }

    private void picture(String name, List<AttentionRow> row, Medium reads) {
        List<AttentionRow> image =
                row.stream().filter(layer -> layer.medium() == reads).toList();
        if (!image.isEmpty()) {
            double[][] mean = patches(image);
            double most =
                    Arrays.stream(mean).flatMapToDouble(Arrays::stream).max().orElse(1);
            Veil veil = new Veil(picture).lift(grid, mean, Math.max(most, Double.MIN_NORMAL));
            out.write(name + ".png", veil::writeTo);
        }
    }

    /** The mean over heads and layers: [patch row][patch column]. */
    private double[][] patches(List<AttentionRow> layers) {
        double[][] mean = new double[grid.rows()][grid.columns()];
        for (AttentionRow layer : layers) {
            double[] weights = layer.mean();
            for (int row = 0; row < grid.rows(); row++) {
                for (int column = 0; column < grid.columns(); column++) {
                    mean[row][column] += weights[first + grid.token(row, column)] / layers.size();
                }
            }
        }
        return mean;
    }
}
