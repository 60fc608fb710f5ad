package sightline.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.TokenMeasures;
import sightline.run.AddedNumbers;
import sightline.run.AddedNumbers.OtherBaseline;
import sightline.run.Control;
import sightline.run.InsideLine;
import sightline.run.JournalMeasure;
import sightline.run.TracedLine;
import sightline.run.TracedLine.CutCurve;

/** A line of a journal as a sample: the whole answer's numbers out of its tokens'. */
final class SampleLine {
    private final TracedLine line;
    private final int[] answer;

    private SampleLine(TracedLine line) {
        this.line = line;
        this.answer = line.identity().answerTokens().stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A sample that did not fail. */
    static TracedSample of(TracedLine line) {
        return new SampleLine(line).sample();
    }

    /** The same, probabilities alone. */
    static TracedSample probabilities(TracedLine line) {
        return new TracedSample(
                line.id(),
                line.identity().question().categories(),
                line.identity().question().image(),
                line.identity().question().text(),
                line.answer(),
                line.identity().answerTokens().size(),
                product(line.baseline()),
                curves(line));
    }

    private static Map<CurveKey, double[]> curves(TracedLine line) {
        Map<CurveKey, double[]> curves = new LinkedHashMap<>();
        line.curves().forEach(cut -> curves.put(key(cut), product(cut.probability())));
        return curves;
    }

    private TracedSample sample() {
        return new TracedSample(
                line.id(),
                line.identity().question().categories(),
                line.identity().question().image(),
                line.identity().question().text(),
                line.answer(),
                answer.length,
                product(line.baseline()),
                curves(line),
                line.uncut().isEmpty() ? Optional.empty() : Optional.of(measures()),
                additions(line.added()));
    }

    private SampleMeasures measures() {
        Map<CurveKey, MeasureRows> rows = new LinkedHashMap<>();
        for (CutCurve cut : line.curves()) {
            AnswerMeasures[] layers = new AnswerMeasures[cut.probability()[0].length];
            for (int layer = 0; layer < layers.length; layer++) {
                layers[layer] = answer(cut, layer);
            }
            rows.put(key(cut), new MeasureRows(layers));
        }
        return new SampleMeasures(
                answer(line.uncut()).ending(line.ends()), rows, !line.foils().none());
    }

    private SampleAdditions additions(AddedNumbers added) {
        Map<WholeDepth, AnswerNumbers> wholeDepth = new HashMap<>();
        for (CutCurve cut : added.wholeDepth()) {
            if (!cut.measures().isEmpty()) {
                double probability = product(cut.probability())[0];
                wholeDepth.put(
                        new WholeDepth(cut.pathway(), cut.masking()), AnswerNumbers.of(probability, answer(cut, 0)));
            }
        }
        Map<Control, AnswerNumbers> pictures = new HashMap<>();
        for (OtherBaseline other : added.pictures()) {
            if (!other.measures().isEmpty()) {
                pictures.put(other.control(), AnswerNumbers.of(product(other.probability()), answer(other.measures())));
            }
        }
        Map<CurveKey, double[]> random = new HashMap<>();
        added.random().forEach(cut -> random.put(key(cut), product(cut.probability())));
        InsideLine inside = added.inside();
        return new SampleAdditions(
                wholeDepth,
                pictures,
                random,
                added.heads(),
                inside.isEmpty() ? SampleInside.NONE : SampleInside.of(inside),
                windows(added));
    }

    private OtherWindows windows(AddedNumbers added) {
        Map<CurveKey, double[]> kept = new HashMap<>();
        for (CutCurve cut : added.kept()) {
            if (!cut.measures().isEmpty()) {
                double[] logP = new double[cut.probability()[0].length];
                Arrays.setAll(logP, layer -> answer(cut, layer).logP());
                kept.put(key(cut), logP);
            }
        }
        Map<WholeDepth, double[]> triangles = new HashMap<>();
        added.triangles()
                .forEach(
                        cut -> triangles.put(new WholeDepth(cut.pathway(), cut.masking()), product(cut.probability())));
        return new OtherWindows(kept, triangles);
    }

    private static CurveKey key(CutCurve cut) {
        return new CurveKey(cut.pathway(), cut.k(), cut.masking());
    }

    private AnswerMeasures answer(Map<JournalMeasure, double[]> uncut) {
        TokenMeasures[] tokens = new TokenMeasures[answer.length];
        for (int token = 0; token < tokens.length; token++) {
            tokens[token] = token(
                    uncut.get(JournalMeasure.LOG_P)[token],
                    uncut.get(JournalMeasure.LOG_ODDS)[token],
                    uncut.get(JournalMeasure.TOP)[token],
                    uncut.get(JournalMeasure.FOIL)[token]);
        }
        return AnswerMeasures.of(tokens, answer);
    }

    private AnswerMeasures answer(CutCurve cut, int layer) {
        double[][] foils = cut.measures().get(JournalMeasure.FOIL);
        TokenMeasures[] tokens = new TokenMeasures[answer.length];
        for (int token = 0; token < tokens.length; token++) {
            tokens[token] = token(
                    cut.measures().get(JournalMeasure.LOG_P)[token][layer],
                    cut.measures().get(JournalMeasure.LOG_ODDS)[token][layer],
                    cut.measures().get(JournalMeasure.TOP)[token][layer],
                    foils == null ? Double.NaN : foils[token][layer]);
        }
        boolean[] ends = cut.ends();
        return AnswerMeasures.of(tokens, answer).ending(ends.length == 0 ? Optional.empty() : Optional.of(ends[layer]));
    }

    /** What {@link RunResults#MEASURES} tell, in float32, which is what logits are; the others are unknown. */
    private static TokenMeasures token(double logP, double logOdds, double top, double foil) {
        return new TokenMeasures((float) logP, (float) logOdds, Double.NaN, (float) foil, 0, (int) top, Double.NaN);
    }

    private static double product(double... tokens) {
        double product = 1;
        for (double token : tokens) {
            product *= token;
        }
        return product;
    }

    /** [answer token][layer] -> [layer]. */
    private static double[] product(double[]... tokens) {
        double[] product = tokens[0].clone();
        for (double[] token : List.of(tokens).subList(1, tokens.length)) {
            for (int layer = 0; layer < product.length; layer++) {
                product[layer] *= token[layer];
            }
        }
        return product;
    }
}
