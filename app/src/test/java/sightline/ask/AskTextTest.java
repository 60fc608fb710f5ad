package sightline.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sightline.knockout.Curve;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.model.Answer;
import sightline.run.FoilTokens;
import sightline.run.TraceAdditions;
import sightline.tensor.DType;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.terminal.TokenChoice;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** The text output of a trace that is made up by hand. */
class AskTextTest {
    private static final Look LOOK = new Look(Glyphs.UNICODE, false);
    private static final int LAYERS = 10;
    private static final ModelShape SHAPE = new ModelShape(
            IntStream.range(0, LAYERS)
                    .mapToObj(layer -> layer == 3 || layer == 8 ? Medium.IMAGE : Medium.TEXT)
                    .toList(),
            8,
            8,
            2,
            1,
            4,
            100,
            100);
    private static final Interventions NAMED = Interventions.of(Medium.IMAGE);

    /** A curve of one token that stays at its baseline but for some layers. */
    private static Curve curve(String pathway, int k, double baseline, double changed, Integer... layers) {
        double[] probability = new double[LAYERS];
        Arrays.fill(probability, baseline);
        for (int layer : layers) {
            probability[layer] = changed;
        }
        return new Curve(NAMED.named(pathway).orElseThrow(), k, Masking.ZERO, new double[][] {probability});
    }

    private static Outcome outcome(
            double baseline, List<Integer> sizes, RowReading rows, boolean finished, Curve... curves) {
        EncodedPrompt prompt = new EncodedPrompt(
                "<image>Why?", new int[] {1, 2}, new TokenRole[] {TokenRole.IMAGE, TokenRole.QUESTION});
        SweepRequest request = new SweepRequest(
                prompt, new int[] {7}, NAMED.named(Interventions.PUBLISHED), sizes, List.of(Masking.ZERO), rows, 0.6);
        Trace trace = new Trace(
                request,
                new double[] {baseline},
                List.of(new TokenMeasures(-0.1, 2, 2, 2, 1, 8, 0)),
                List.of(List.of(new Trace.Candidate(7, baseline))),
                List.of(curves),
                Optional.empty());
        return new Outcome(
                "model",
                SHAPE,
                DType.FLOAT32,
                RowReading.TRANSFORMERS,
                Optional.empty(),
                new Answer(new int[] {7}, "blue", finished),
                List.of(List.of(new TokenChoice("blue", baseline), new TokenChoice("red", 0.01))),
                FoilTokens.LIKELIEST,
                new FoilWords(List.of(), false),
                trace,
                List.of(),
                TraceAdditions.NONE,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new Seconds(1, 1, 1, 1));
    }

    private static String text(Outcome outcome) {
        return String.join("\n", AskText.lines(outcome, LOOK));
    }

    @Test
    void answerTokensThenOneChartForEachWindowSizeThenNotes() {
        Outcome outcome = outcome(
                0.8,
                List.of(1, 3),
                RowReading.PAPER,
                true,
                curve("last_to_last", 1, 0.8, 0.8),
                curve("image_to_last", 1, 0.8, 0.4, 8),
                curve("last_to_last", 3, 0.8, 0.88, 5),
                curve("image_to_last", 3, 0.8, 0.2, 7, 8, 9));

        assertThat(text(outcome)).isEqualTo("""
                        blue                                                                  p = 0.80
                          blue 0.800      red 0.010

                        Drop of p when a pathway is cut; k = 1, masking zero          largest
                          image→last              ··        ▅▅                          −50 %  8
                          last→last         ······  ········  ··                          0 %
                                            0     3         8   layer

                        Drop of p when a pathway is cut; k = 3, masking zero          largest
                          image→last            ······    ▇▇▇▇▇▇                        −75 %  7–9
                          last→last         ····················                          0 %
                                            0     3         8   layer

                        Bars show drops alone. Largest rise: last→last +10 %.""");
    }

    @Test
    void changeIsThatOfTheMethod() {
        Curve curve = curve("image_to_last", 1, 0.5, 0.1, 3);

        double[] change = Cuts.changes(curve, 0.5, SHAPE);

        double q = 0.5 + 1e-5;
        assertThat(change[3]).isEqualTo((0.1 - q) / q * 100);
        assertThat(change[8]).isEqualTo((0.5 - q) / q * 100);
        assertThat(change[2]).as("no cross-attention layer in this window").isNaN();
    }

    @Test
    void unlikelyAnswersAreChartedWithAWarningAndVeryUnlikelyOnesNot() {
        Outcome unlikely = outcome(0.4, List.of(1), RowReading.PAPER, true, curve("last_to_last", 1, 0.4, 0.1, 2));
        Outcome hopeless =
                outcome(0.0005, List.of(1), RowReading.PAPER, true, curve("last_to_last", 1, 0.0005, 0.1, 2));

        assertThat(text(unlikely)).contains("▇▇", "p is below 0.5; the published study leaves such answers out.");
        assertThat(text(hopeless)).contains("p < 0.001", "No chart:").doesNotContain("layer", "Bars show");
    }

    @Test
    void settingsOtherThanThePublishedOnesAndCutAnswersAreTold() {
        Outcome other = outcome(0.8, List.of(1), RowReading.META, false, curve("last_to_last", 1, 0.8, 0.1, 2));
        Outcome usual = outcome(0.8, List.of(1), RowReading.PAPER, true, curve("last_to_last", 1, 0.8, 0.1, 2));

        assertThat(text(other)).contains("The answer was stopped after 1 token.", "--rows meta --temperature 0.6");
        assertThat(AskText.lines(usual, LOOK)).last().asString().endsWith("layer");
    }

    @Test
    void theBaselineAloneHasNoChart() {
        assertThat(AskText.lines(outcome(0.8, List.of(1), RowReading.PAPER, true), LOOK))
                .hasSize(2);
    }
}
