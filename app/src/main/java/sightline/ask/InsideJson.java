package sightline.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import sightline.knockout.AttentionRow;
import sightline.knockout.BranchRatio;
import sightline.knockout.EdgeShare;
import sightline.knockout.Inside;
import sightline.knockout.Lens;
import sightline.knockout.Masking;
import sightline.knockout.Windows;
import sightline.region.PatchGrid;
import sightline.run.InsideLine;

/**
 * What was read inside the decoder, as {@code ask --json} prints it. What was not asked for is left out; numbers that do not
 * exist, where a pathway has no edge, are null.
 */
@JsonPropertyOrder({"lens", "lens_cut", "attention", "attention_rows", "picture", "gates", "edges"})
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InsideJson(
        List<List<Stage>> lens,
        List<CutLens> lensCut,
        List<Attention> attention,
        List<RowAttention> attentionRows,
        @JsonInclude(JsonInclude.Include.NON_NULL) PictureKeys picture,
        List<Gates> gates,
        List<Edges> edges) {
    /**
     * The lens behind one layer.
     *
     * @param layer −1 for the embedding
     */
    @JsonPropertyOrder({"layer", "log_p", "rank", "top"})
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Stage(int layer, double logP, int rank, List<Top> top) {}

    /** A likely token; p at temperature 1. */
    @JsonPropertyOrder({"token", "text", "p"})
    record Top(int token, String text, double p) {}

    /** Lenses under a pathway's most harmful window; tokens as in {@code lens}. */
    @JsonPropertyOrder({"pathway", "k", "masking", "layer", "tokens"})
    record CutLens(String pathway, @JsonProperty("k") int k, String masking, int layer, List<List<Stage>> tokens) {}

    /** Attention of one answer token's read-out row in one layer: the mean over heads, by text row or vision token. */
    @JsonPropertyOrder({"answer_token", "layer", "mean"})
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @SuppressWarnings("ArrayRecordComponent")
    record Attention(int answerToken, int layer, double[] mean) {}

    /** The same of a text row that was asked for. */
    @JsonPropertyOrder({"row", "layer", "mean"})
    @SuppressWarnings("ArrayRecordComponent")
    record RowAttention(int row, int layer, double[] mean) {}

    /**
     * Which vision tokens stand for what: places in {@code mean} of layers that read the picture.
     *
     * @param patches [patch row][patch column], all tiles put together
     * @param classTokens one per tile that the picture lies in
     */
    @JsonPropertyOrder({"patches", "class_tokens"})
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @SuppressWarnings("ArrayRecordComponent")
    record PictureKeys(int[][] patches, int[] classTokens) {
        static PictureKeys of(PatchGrid grid, int first) {
            int[][] patches = new int[grid.rows()][grid.columns()];
            for (int row = 0; row < patches.length; row++) {
                for (int column = 0; column < patches[row].length; column++) {
                    patches[row][column] = first + grid.token(row, column);
                }
            }
            return new PictureKeys(patches, AttentionFiles.classTokens(grid, first));
        }
    }

    /** What a layer that reads the picture adds, relative to the stream, [answer token]. */
    @JsonPropertyOrder({"layer", "attention_gate", "mlp_gate", "attention", "mlp"})
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @SuppressWarnings("ArrayRecordComponent")
    record Gates(int layer, double attentionGate, double mlpGate, double[] attention, double[] mlp) {}

    /** What a pathway's edges carry, [answer token][layer]; what a cut leaves, by masking. */
    @JsonPropertyOrder({"pathway", "attention", "value", "left"})
    record Edges(String pathway, Float[][] attention, Float[][] value, Map<String, Float[][]> left) {}

    /**
     * Of a trace.
     *
     * @param word a token's text
     * @param grid of the picture, if its attention was read
     * @param first see {@link AttentionFiles#firstKey}
     */
    static InsideJson of(Inside inside, int layers, IntFunction<String> word, Optional<PatchGrid> grid, int first) {
        return new InsideJson(
                stages(inside.lens(), word),
                inside.cut().stream()
                        .filter(cut -> cut.track().windows() instanceof Windows.Around)
                        .map(cut -> new CutLens(
                                cut.track().intervention().name(),
                                ((Windows.Around) cut.track().windows()).k(),
                                cut.track().masking().toString(),
                                cut.window(),
                                stages(cut.tokens(), word)))
                        .toList(),
                IntStream.range(0, inside.attention().size())
                        .mapToObj(i -> attention(inside.attention().get(i), i / layers))
                        .toList(),
                inside.rows().stream()
                        .map(row -> new RowAttention(row.row(), row.layer(), row.mean()))
                        .toList(),
                grid.map(its -> PictureKeys.of(its, first)).orElse(null),
                inside.gates().stream().map(InsideJson::gates).toList(),
                inside.edges().stream().map(InsideJson::edges).toList());
    }

    private static List<List<Stage>> stages(List<Lens> tokens, IntFunction<String> word) {
        return tokens.stream()
                .map(lens -> IntStream.range(0, lens.stages().size())
                        .mapToObj(stage -> stage(lens.stages().get(stage), stage - 1, word))
                        .toList())
                .toList();
    }

    private static Stage stage(Lens.Stage stage, int layer, IntFunction<String> word) {
        List<Top> top = stage.top().stream()
                .map(one -> new Top(one.token(), word.apply(one.token()), one.probability()))
                .toList();
        return new Stage(layer, stage.measures().logP(), stage.measures().rank(), top);
    }

    private static Attention attention(AttentionRow row, int token) {
        return new Attention(token, row.layer(), row.mean());
    }

    private static Gates gates(BranchRatio layer) {
        return new Gates(layer.layer(), layer.attentionGate(), layer.mlpGate(), layer.attention(), layer.mlp());
    }

    private static Edges edges(EdgeShare share) {
        Map<String, Float[][]> left = new TreeMap<>();
        for (Map.Entry<Masking, double[][]> under : share.left().entrySet()) {
            left.put(under.getKey().toString(), InsideLine.finite(under.getValue()));
        }
        return new Edges(
                share.intervention().name(),
                InsideLine.finite(share.attention()),
                InsideLine.finite(share.value()),
                left);
    }
}
