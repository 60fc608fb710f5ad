package sightline.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The charts as docs and README show them; the expected blocks were drawn by hand before the code. */
class DropChartTest {
    private static final Look UNICODE = new Look(Glyphs.UNICODE, false);
    private static final Look ASCII = new Look(Glyphs.ASCII, false);
    private static final double CANNOT = Double.NaN;

    private static double[] all(int layers, double change) {
        double[] values = new double[layers];
        Arrays.fill(values, change);
        return values;
    }

    private static double[] with(double[] values, double change, int first, int last) {
        Arrays.fill(values, first, last + 1, change);
        return values;
    }

    private static List<Integer> marks(int layers) {
        return IntStream.iterate(3, layer -> layer < layers, layer -> layer + 5)
                .boxed()
                .toList();
    }

    private static BarRow row(String name, double[] change) {
        return new BarRow(name, Hue.ofPathway(name), change);
    }

    @Test
    void aLongTitleDoesNotTouchTheColumnBehindIt() {
        DropChart chart =
                new DropChart(Integer.MAX_VALUE, "paper", 20, marks(20), List.of(row("last_to_last", all(20, -1))));
        assertThat(chart.lines(UNICODE).get(0)).endsWith("k = 2147483647, masking paper largest");
    }

    @Test
    void twentyLayersTakeTwoCellsEach() {
        double[] imageToLast = all(20, CANNOT);
        with(imageToLast, -0.4, 2, 4);
        with(imageToLast, -5, 7, 9);
        with(imageToLast, -45, 12, 14);
        with(imageToLast, -7, 17, 19);
        double[] imageToQuestion = all(20, CANNOT);
        with(imageToQuestion, -3, 2, 4);
        with(imageToQuestion, -24, 7, 9);
        with(imageToQuestion, -2, 12, 14);
        with(imageToQuestion, 0.2, 17, 19);
        double[] questionToLast = all(20, 0);
        with(questionToLast, -99, 0, 0);
        with(questionToLast, -98, 1, 1);
        with(questionToLast, -6, 10, 10);
        with(questionToLast, -13, 11, 12);
        with(questionToLast, -4, 13, 13);
        DropChart chart = new DropChart(
                3,
                "paper",
                20,
                marks(20),
                List.of(
                        row("image_to_last", imageToLast),
                        row("image_to_question", imageToQuestion),
                        row("question_to_last", questionToLast),
                        row("last_to_last", all(20, 0))));

        assertThat(String.join("\n", chart.lines(UNICODE))).isEqualTo("""
                        Drop of p when a pathway is cut; k = 3, masking paper         largest
                          image→last            ······    ▁▁▁▁▁▁    ▄▄▄▄▄▄    ▁▁▁▁▁▁    −45 %  12–14
                          image→question        ▁▁▁▁▁▁    ▂▂▂▂▂▂    ▁▁▁▁▁▁    ······    −24 %  7–9
                          question→last     ████················▁▁▂▂▂▂▁▁············    −99 %  0–1
                          last→last         ········································      0 %
                                            0     3         8         13        18   layer""");
    }

    @Test
    void fortyLayersInAsciiShowTensOfPercentAsDigits() {
        double[] imageToLast = all(40, -0.1);
        with(imageToLast, -5, 19, 23);
        with(imageToLast, -12, 24, 32);
        with(imageToLast, -16, 25, 25);
        with(imageToLast, -9.9, 33, 37);
        DropChart chart = new DropChart(9, "zero", 40, marks(40), List.of(row("image_to_last", imageToLast)));

        assertThat(String.join("\n", chart.lines(ASCII))).isEqualTo("""
                        Drop of p when a pathway is cut; k = 9, masking zero          largest
                          image->last       ...................0000011111111100000..    -16 %  21-29
                                            0  3    8    13   18   23   28   33   38   layer""");
    }

    @Test
    void aHundredLayersShareCellsThatShowTheLargestDrop() {
        double[] questionToLast = all(100, 0);
        with(questionToLast, -60, 50, 50); // layers 48, 49, 50 share cell 16
        double[] imageToLast = all(100, CANNOT);
        with(imageToLast, -30, 99, 99);
        DropChart chart = new DropChart(
                1,
                "paper",
                100,
                marks(100),
                List.of(row("question_to_last", questionToLast), row("image_to_last", imageToLast)));

        assertThat(String.join("\n", chart.lines(UNICODE))).isEqualTo("""
                        Drop of p when a pathway is cut; k = 1, masking paper         largest
                          question→last     ················▅·················          −60 %  50
                          image→last                                         ▃          −30 %  99
                                            0   13 23  33 43 53  63 73 83  93   layer""");
    }

    @Test
    void theLargestDropOfAFlatStretchIsMidwayAndItsWindowIsCutAtTheEnds() {
        double[] flat = with(all(20, CANNOT), -40, 12, 14);
        double[] atTheEnd = with(all(20, 0), -40, 19, 19);
        DropChart chart = new DropChart(
                5, "zero", 20, marks(20), List.of(row("image_to_last", flat), row("last_to_last", atTheEnd)));

        List<String> lines = chart.lines(UNICODE);

        assertThat(lines.get(1)).endsWith("−40 %  11–15");
        assertThat(lines.get(2)).endsWith("−40 %  17–19");
    }

    @Test
    void aPathwayThatCanActNowhereSaysSo() {
        DropChart chart = new DropChart(1, "zero", 10, marks(10), List.of(row("image_to_last", all(10, CANNOT))));

        assertThat(chart.lines(UNICODE).get(1)).isEqualTo("  image→last" + " ".repeat(50) + "cannot act");
    }

    @Test
    void aRiseDrawsNothing() {
        DropChart chart = new DropChart(1, "zero", 10, marks(10), List.of(row("last_to_last", all(10, 400))));

        assertThat(chart.lines(UNICODE).get(1))
                .isEqualTo("  last→last         " + "·".repeat(20) + " ".repeat(26) + "0 %");
    }

    @Test
    void aLongNameStandsOnItsOwnLine() {
        DropChart chart =
                new DropChart(1, "zero", 40, marks(40), List.of(row("question_text_to_question_text", all(40, 0))));

        assertThat(chart.lines(UNICODE).subList(1, 3))
                .containsExactly("  question text→question text", " ".repeat(20) + "·".repeat(40) + "      0 %");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int layers : new int[] {1, 2, 10, 20, 21, 40, 41, 80, 81, 100, 126}) {
            DropChart chart = new DropChart(
                    9, "paper", layers, marks(layers), List.of(row("image_to_question", all(layers, -100))));
            assertThat(chart.lines(UNICODE))
                    .as("%d layers", layers)
                    .allMatch(line -> TextWidth.width(line) <= Look.WIDTH);
        }
    }

    @Test
    void onlyNamesAndBarsWearTheColour() {
        DropChart chart = new DropChart(1, "zero", 2, List.of(), List.of(row("image_to_last", all(2, -50))));
        String line = chart.lines(new Look(Glyphs.UNICODE, true)).get(1);

        assertThat(line)
                .startsWith("  \u001b[38;5;172mimage→last\u001b[0m")
                .contains("\u001b[38;5;172m▅▅▅▅\u001b[0m")
                .endsWith("   −50 %  0");
        assertThat(line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(chart.lines(UNICODE).get(1));
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        List<BarRow> rows = List.of(row("last_to_last", all(9, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DropChart(1, "zero", 10, List.of(), rows));
    }
}
