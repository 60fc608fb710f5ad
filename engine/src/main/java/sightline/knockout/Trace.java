package sightline.knockout;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a sweep found, in plain Java arrays, with the request that it answers.
 *
 * @param request what was asked
 * @param baseline each answer token's probability with nothing cut
 * @param uncut each answer token's measures with nothing cut; empty if they were not asked for
 * @param candidates per answer token the likeliest tokens with nothing cut, likeliest first
 * @param curves one per intervention × window size × masking, in the request's order
 * @param tracked one curve per track, in the request's order
 * @param inside what was read off inside the decoder
 * @param plan what the sweep was planned to cost; empty if it made no plan
 * @param ends whether greedy decoding, with nothing cut, ends the answer behind its tokens; empty if that was not asked for
 */
public record Trace(
        SweepRequest request,
        double[] baseline,
        List<TokenMeasures> uncut,
        List<List<Candidate>> candidates,
        List<Curve> curves,
        List<Curve> tracked,
        Inside inside,
        Optional<SweepCost> plan,
        Optional<Boolean> ends) {
    /** Probabilities below this have no digits left in float32. */
    private static final double FLOOR = 1e-30;

    /** A trace of which the answer's end was not asked for. */
    public Trace(
            SweepRequest request,
            double[] baseline,
            List<TokenMeasures> uncut,
            List<List<Candidate>> candidates,
            List<Curve> curves,
            List<Curve> tracked,
            Inside inside,
            Optional<SweepCost> plan) {
        this(request, baseline, uncut, candidates, curves, tracked, inside, plan, Optional.empty());
    }

    /** A trace of the output alone. */
    public Trace(
            SweepRequest request,
            double[] baseline,
            List<TokenMeasures> uncut,
            List<List<Candidate>> candidates,
            List<Curve> curves,
            List<Curve> tracked,
            Optional<SweepCost> plan) {
        this(request, baseline, uncut, candidates, curves, tracked, Inside.NOTHING, plan);
    }

    /** A trace without tracks. */
    public Trace(
            SweepRequest request,
            double[] baseline,
            List<TokenMeasures> uncut,
            List<List<Candidate>> candidates,
            List<Curve> curves,
            Optional<SweepCost> plan) {
        this(request, baseline, uncut, candidates, curves, List.of(), plan);
    }

    /** What greedy decoding says, with nothing cut, in the place of each answer token, the answer's earlier ones said. */
    public int[] said() {
        int[] answer = request.answer();
        return IntStream.range(0, answer.length)
                .map(token -> uncut.get(token).top(answer[token]))
                .toArray();
    }

    /** All curves: those around each layer, then the tracks'. */
    public List<Curve> allCurves() {
        return Stream.concat(curves.stream(), tracked.stream()).toList();
    }

    /**
     * A token that could have been said.
     *
     * @param token id
     * @param probability at the request's temperature
     */
    public record Candidate(int token, double probability) {}

    /**
     * How far two traces of one request lie apart: the largest difference of a token's probability, as a share of the
     * smaller of the two; 1 where one is twice the other. The log-probabilities of the measures, and of lenses with nothing
     * cut, count as if read at the request's temperature. Log-odds, margins and ranks are not compared: at probabilities near 1 they show rounding that
     * no probability does. Probabilities below 1e-30 count as equal. NaN if either holds a NaN, infinite if they hold numbers of different things.
     */
    public double largestDifference(Trace other) {
        double largest = Math.max(
                difference(baseline, other.baseline), logDifference(uncut, other.uncut, request.temperature()));
        largest = Math.max(
                largest, logDifference(lenses(inside.lens()), lenses(other.inside.lens()), request.temperature()));
        List<Curve> all = allCurves();
        List<Curve> others = other.allCurves();
        if (all.size() != others.size()) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isOf(others.get(i))) {
                return Double.POSITIVE_INFINITY;
            }
            double[][] mine = all.get(i).tokenProbability();
            double[][] its = others.get(i).tokenProbability();
            for (int token = 0; token < mine.length; token++) {
                largest = Math.max(largest, difference(mine[token], its[token]));
            }
            TokenMeasures[][] measures = all.get(i).measures();
            for (int token = 0; token < measures.length; token++) {
                largest = Math.max(
                        largest,
                        logDifference(
                                List.of(measures[token]),
                                List.of(others.get(i).measures()[token]),
                                request.temperature()));
            }
        }
        return largest;
    }

    /**
     * How far two traces of the same curves lie apart as a whole: of each curve, and of the uncut probabilities, the mean of
     * |ln p − ln p'|; the largest of these means. Single roundings matter little to it.
     */
    public double largestMeanDifference(Trace other) {
        double largest = mean(new double[][] {baseline}, new double[][] {other.baseline});
        List<Curve> all = allCurves();
        List<Curve> others = other.allCurves();
        for (int i = 0; i < all.size(); i++) {
            largest = Math.max(
                    largest, mean(all.get(i).tokenProbability(), others.get(i).tokenProbability()));
        }
        return largest;
    }

    private static double mean(double[][] mine, double[][] its) {
        double sum = 0;
        int count = 0;
        for (int token = 0; token < mine.length; token++) {
            for (int i = 0; i < mine[token].length; i++) {
                sum += Math.abs(Math.log(Math.max(mine[token][i], FLOOR)) - Math.log(Math.max(its[token][i], FLOOR)));
                count++;
            }
        }
        return sum / count;
    }

    private static double difference(double[] mine, double[] its) {
        if (mine.length != its.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < mine.length; i++) {
            double one = Math.max(mine[i], FLOOR);
            double two = Math.max(its[i], FLOOR);
            largest = Math.max(largest, Math.max(one / two, two / one) - 1);
        }
        return largest;
    }

    private static List<TokenMeasures> lenses(List<Lens> tokens) {
        return tokens.stream()
                .flatMap(lens -> lens.stages().stream())
                .map(Lens.Stage::measures)
                .toList();
    }

    private static double logDifference(List<TokenMeasures> mine, List<TokenMeasures> its, double temperature) {
        if (mine.size() != its.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < mine.size(); i++) {
            double one = Math.max(mine.get(i).logP(), Math.log(FLOOR));
            double two = Math.max(its.get(i).logP(), Math.log(FLOOR));
            largest = Math.max(largest, Math.abs(one - two));
        }
        return Math.expm1(largest / temperature);
    }

    /** The whole answer's probability with nothing cut: the product over its tokens. */
    public double probability() {
        double product = 1;
        for (double token : baseline) {
            product *= token;
        }
        return product;
    }

    /**
     * The whole answer's measures with nothing cut.
     *
     * @throws IllegalArgumentException if measures were not asked for
     */
    public AnswerMeasures answer() {
        return AnswerMeasures.of(uncut.toArray(TokenMeasures[]::new), request.answer())
                .ending(ends);
    }
}
