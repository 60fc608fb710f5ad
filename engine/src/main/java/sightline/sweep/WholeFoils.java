package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import sightline.knockout.Curve;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;

/**
 * Holds a whole answer against other whole answers, where their first tokens do not tell them apart: the measure {@code foil}
 * of the first token is then the answer's log-probability less that of the likeliest other one, each the sum over its tokens.
 *
 * <p>Each other answer is a sweep of its own, of the same cuts.
 */
public final class WholeFoils {
    private final List<Trace> others;

    private WholeFoils(List<Trace> others) {
        this.others = others;
    }

    /**
     * Holds a trace's answer against them.
     *
     * @param own of the answer
     * @param foils the other answers' tokens; none if the first token has foils of its own
     * @param sweep how the request for each is answered
     * @return the same trace, with {@link TokenMeasures#foil()} of its first token in nats of whole answers
     */
    public static Trace trace(Trace own, List<List<Integer>> foils, Function<SweepRequest, Trace> sweep) {
        if (foils.isEmpty() || own.uncut().isEmpty()) {
            return own;
        }
        WholeFoils whole = new WholeFoils(foils.stream()
                .map(foil -> sweep.apply(of(
                        own.request(), foil.stream().mapToInt(Integer::intValue).toArray())))
                .toList());
        return new Trace(
                own.request(),
                own.baseline(),
                whole.uncut(own),
                own.candidates(),
                own.curves().stream().map(whole::curve).toList(),
                own.tracked().stream().map(whole::curve).toList(),
                own.inside(),
                own.plan(),
                own.ends());
    }

    /** What a foil is asked: the same cuts. Of silenced heads no foil is kept, so they are left out. */
    private static SweepRequest of(SweepRequest own, int... foil) {
        return new SweepRequest(
                own.prompt(),
                foil,
                own.interventions(),
                own.windowSizes(),
                own.maskings(),
                own.rows(),
                List.of(new Reading.AnswerProbability(), new Reading.Measures()),
                own.temperature(),
                own.tracks().stream()
                        .filter(track -> !HeadSilencing.is(track.intervention()))
                        .toList());
    }

    private List<TokenMeasures> uncut(Trace own) {
        List<TokenMeasures> tokens = new ArrayList<>(own.uncut());
        double rival = others.stream().mapToDouble(WholeFoils::logP).max().orElseThrow();
        tokens.set(0, tokens.get(0).withFoil(logP(own) - rival));
        return tokens;
    }

    private static double logP(Trace trace) {
        return trace.uncut().stream().mapToDouble(TokenMeasures::logP).sum();
    }

    private Curve curve(Curve own) {
        if (own.measures().length == 0 || HeadSilencing.is(own.intervention())) {
            return own;
        }
        List<double[]> rivals = others.stream().map(other -> logP(other, own)).toList();
        double[] sums = logP(own);
        TokenMeasures[][] measures = own.measures().clone();
        measures[0] = IntStream.range(0, sums.length)
                .mapToObj(window -> own.measures()[0][window].withFoil(sums[window]
                        - rivals.stream()
                                .mapToDouble(rival -> rival[window])
                                .max()
                                .orElseThrow()))
                .toArray(TokenMeasures[]::new);
        return new Curve(
                own.intervention(),
                own.windows(),
                own.masking(),
                own.tokenProbability(),
                measures,
                own.alternatives(),
                own.ends());
    }

    /** A foil's under the same cut; uncut if that has nothing to cut in it, such as earlier answer tokens in one of one token. */
    private static double[] logP(Trace foil, Curve own) {
        Optional<Curve> same = foil.allCurves().stream().filter(own::sameCut).findFirst();
        return same.map(WholeFoils::logP).orElseGet(() -> {
            double[] uncut = new double[own.measures()[0].length];
            Arrays.fill(uncut, logP(foil));
            return uncut;
        });
    }

    private static double[] logP(Curve curve) {
        double[] sums = new double[curve.measures()[0].length];
        for (TokenMeasures[] token : curve.measures()) {
            for (int window = 0; window < sums.length; window++) {
                sums[window] += token[window].logP();
            }
        }
        return sums;
    }
}
