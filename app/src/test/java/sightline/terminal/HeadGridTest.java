package sightline.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadGridTest {
    @Test
    void twentyLayersTakeTwoCellsEach() {
        double[][] losses = new double[20][2];
        losses[0][0] = 4;
        losses[13][1] = 2;
        losses[19][1] = -1.5;
        List<String> lines =
                new HeadGrid(losses, new LayerAxis(20, List.of(3, 8, 13, 18))).lines(new Look(Glyphs.UNICODE, false));
        assertThat(lines)
                .startsWith(
                        "Loss of log-odds, in nats, when a head's reading counts as 0 at the read-out row",
                        "  head 0            ██······································",
                        "  head 1            ··························▅▅············",
                        "                    0     3         8         13        18   layer",
                        "  largest   head  loss",
                        "  layer 0      0  4.00",
                        "  layer 13     1  2.00");
        assertThat(lines).hasSize(5 + 10);
        assertThat(lines).allMatch(line -> line.length() <= Look.WIDTH);
    }

    /** Above 40 layers a cell is the largest of several; without any loss there is nothing to draw. */
    @Test
    void manyLayersShareCells() {
        double[][] losses = new double[80][1];
        losses[1][0] = 1;
        assertThat(new HeadGrid(losses, new LayerAxis(80, List.of()))
                        .lines(new Look(Glyphs.ASCII, false))
                        .get(1))
                .isEqualTo("  head 0            9" + ".".repeat(39));
        double[][] harmless = new double[80][1];
        IntStream.range(0, 80).forEach(layer -> harmless[layer][0] = -1);
        List<String> lines = new HeadGrid(harmless, new LayerAxis(80, List.of())).lines(new Look(Glyphs.ASCII, false));
        assertThat(lines.get(1)).isEqualTo("  head 0            " + ".".repeat(40));
        assertThat(lines.get(4)).endsWith("-1.00");
    }
}
