package sightline.mllama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.knockout.Act;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.knockout.TokenSet;
import sightline.model.EdgeDefinition.Edges;
import sightline.text.TokenRole;

/** The oracle's edges, drawn by hand. */
class MllamaDefinitionTest {
    /** The row before the image, the image, the last row; two of three vision tokens hold picture. */
    private static final Layout LAYOUT = new Layout(
            new TokenRole[] {TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.QUESTION}, 0, new PictureTokens(2, 3));

    private static void drawn(Medium medium, RowReading reading, Masking masking, List<Act> acts, String... rows) {
        Edges edges = new MllamaDefinition().edges(medium, LAYOUT, reading, acts, masking);
        for (int row = 0; row < rows.length; row++) {
            StringBuilder seen = new StringBuilder(edges.uniform()[row] ? "mean " : "");
            for (boolean open : edges.open()[row]) {
                seen.append(open ? 'x' : '.');
            }
            assertThat(seen.toString())
                    .as(Arrays.toString(rows) + " row " + row)
                    .isEqualTo(rows[row]);
        }
    }

    @Test
    void textRowsReadUpToThemselves() {
        drawn(Medium.TEXT, RowReading.PAPER, Masking.PAPER, List.of(), "x..", "xx.", "xxx");
        List<Act> lastToLast = List.of(Act.cut(Medium.TEXT, new TokenSet.Last(), new TokenSet.Last()));
        drawn(Medium.TEXT, RowReading.PAPER, Masking.PAPER, lastToLast, "x..", "xx.", "xx.");
        TokenSet all = new TokenSet.Union(List.of(new TokenSet.Last(), new TokenSet.BeforeLast()));
        List<Act> everything = List.of(Act.cut(Medium.TEXT, new TokenSet.BeforeLast(), all));
        drawn(Medium.TEXT, RowReading.PAPER, Masking.PAPER, everything, "mean x..", "mean xx.", "xxx");
        drawn(Medium.TEXT, RowReading.PAPER, Masking.ZERO, everything, "...", "...", "xxx");
    }

    @Test
    void theReadingDecidesBeforeTheImage() {
        drawn(Medium.IMAGE, RowReading.TRANSFORMERS, Masking.PAPER, List.of(), "xxx", "xx.", "xx.");
        drawn(Medium.IMAGE, RowReading.META, Masking.PAPER, List.of(), "...", "xx.", "xx.");
        drawn(Medium.IMAGE, RowReading.PAPER, Masking.PAPER, List.of(), "mean xxx", "xx.", "xx.");
    }

    @Test
    void aCutLeavesTheRestOrWhatTheMaskingSays() {
        BitSet two = new BitSet();
        two.set(0);
        two.set(2);
        List<Act> region = List.of(Act.cut(Medium.IMAGE, new TokenSet.BeforeLast(), new TokenSet.Region(two)));
        drawn(Medium.IMAGE, RowReading.PAPER, Masking.PAPER, region, "mean xxx", ".x.", "xx.");
        List<Act> whole = List.of(Act.cut(Medium.IMAGE, new TokenSet.BeforeLast(), new TokenSet.ImageTokens()));
        drawn(Medium.IMAGE, RowReading.PAPER, Masking.PAPER, whole, "mean xxx", "mean xxx", "xx.");
        drawn(Medium.IMAGE, RowReading.TRANSFORMERS, Masking.ZERO, whole, "...", "...", "xx.");
        drawn(Medium.IMAGE, RowReading.META, Masking.PAPER, whole, "...", "mean xxx", "xx.");
    }
}
