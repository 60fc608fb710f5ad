package sightline.sweep;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import sightline.knockout.Curve;
import sightline.knockout.HeadSilencing;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;

/**
 * Asks whether greedy decoding ends an answer behind its tokens, too: a cut may keep every token and lose the end. Then the
 * answer flips in that window ({@link Curve#answer}), and uncut it is not the one that greedy decoding gives.
 *
 * <p>The answer is swept with an end token behind it, for one more read-out position, and the trace cut back. What is read
 * inside the decoder is of each answer token, or of the window that is most harmful to all of them; where it is asked for,
 * the request is swept as it is, and the end takes a second sweep.
 */
public final class AnswerEnd {
    private static final Set<Class<? extends Reading>> CUT_BACK = Set.of(
            Reading.AnswerProbability.class,
            Reading.Measures.class,
            Reading.Candidates.class,
            Reading.Alternatives.class);

    private final int[] answer;
    private final int stop;
    private final Set<Integer> stops;

    private AnswerEnd(Set<Integer> stops, int... answer) {
        this.answer = answer;
        this.stop = stops.iterator().next();
        this.stops = stops;
    }

    /**
     * Answers a request.
     *
     * @param stops tokens that end an answer; at least one
     * @param sweep how each request is answered
     * @return the request's trace, with {@link Trace#ends()} and that of its curves; in a second sweep not of heads silenced
     *     one by one
     * @throws IllegalArgumentException if there are no stops, or the request reads no measures
     */
    public static Trace trace(SweepRequest request, Set<Integer> stops, Function<SweepRequest, Trace> sweep) {
        if (stops.isEmpty() || request.reading(Reading.Measures.class).isEmpty()) {
            throw new IllegalArgumentException(
                    "an answer's end, expected tokens that end it, which are " + stops + ", and measures to be read");
        }
        AnswerEnd end = new AnswerEnd(stops, request.answer());
        if (request.readings().stream().allMatch(reading -> CUT_BACK.contains(reading.getClass()))) {
            return end.cutBack(request, sweep.apply(end.longer(request)));
        }
        Trace own = sweep.apply(request);
        return end.told(own, sweep.apply(end.longer(outputAlone(request))));
    }

    /** The same with an end token behind the answer. */
    private SweepRequest longer(SweepRequest request) {
        int[] tokens = Arrays.copyOf(answer, answer.length + 1);
        tokens[answer.length] = stop;
        return new SweepRequest(
                request.prompt(),
                tokens,
                request.interventions(),
                request.windowSizes(),
                request.maskings(),
                request.rows(),
                request.readings(),
                request.temperature(),
                request.tracks());
    }

    /** The same cuts; single heads, of which there are hundreds, are asked for their loss alone. */
    private static SweepRequest outputAlone(SweepRequest own) {
        return new SweepRequest(
                own.prompt(),
                own.answer(),
                own.interventions(),
                own.windowSizes(),
                own.maskings(),
                own.rows(),
                List.of(new Reading.AnswerProbability(), new Reading.Measures()),
                own.temperature(),
                own.tracks().stream()
                        .filter(track -> !HeadSilencing.isOfOneHead(track.intervention(), track.windows()))
                        .toList());
    }

    /** The trace of the answer as it is, out of that with an end token behind it. */
    private Trace cutBack(SweepRequest request, Trace longer) {
        return new Trace(
                request,
                Arrays.copyOf(longer.baseline(), answer.length),
                longer.uncut().subList(0, answer.length),
                longer.candidates().isEmpty() ? List.of() : longer.candidates().subList(0, answer.length),
                longer.curves().stream().map(this::cutBack).toList(),
                longer.tracked().stream().map(this::cutBack).toList(),
                longer.inside(),
                longer.plan(),
                Optional.of(ends(longer)));
    }

    private Curve cutBack(Curve longer) {
        return new Curve(
                longer.intervention(),
                longer.windows(),
                longer.masking(),
                Arrays.copyOf(longer.tokenProbability(), answer.length),
                Arrays.copyOf(longer.measures(), answer.length),
                longer.alternatives().isEmpty()
                        ? List.of()
                        : longer.alternatives().subList(0, answer.length),
                ends(longer));
    }

    /** A trace with the end that a second sweep tells. */
    private Trace told(Trace own, Trace longer) {
        Deque<Curve> others = new ArrayDeque<>(longer.allCurves());
        List<Curve> all =
                own.allCurves().stream().map(curve -> told(curve, others)).toList();
        int curves = own.curves().size();
        return new Trace(
                own.request(),
                own.baseline(),
                own.uncut(),
                own.candidates(),
                all.subList(0, curves),
                all.subList(curves, all.size()),
                own.inside(),
                own.plan(),
                Optional.of(ends(longer)));
    }

    /** Both are in the same order. */
    private Curve told(Curve own, Deque<Curve> others) {
        if (others.isEmpty() || !own.sameCut(others.peek())) {
            return own;
        }
        return new Curve(
                own.intervention(),
                own.windows(),
                own.masking(),
                own.tokenProbability(),
                own.measures(),
                own.alternatives(),
                ends(others.remove()));
    }

    private boolean ends(Trace longer) {
        return ends(longer.uncut().get(answer.length));
    }

    private boolean[] ends(Curve longer) {
        TokenMeasures[] behind = longer.measures()[answer.length];
        boolean[] ends = new boolean[behind.length];
        for (int window = 0; window < ends.length; window++) {
            ends[window] = ends(behind[window]);
        }
        return ends;
    }

    private boolean ends(TokenMeasures behind) {
        return stops.contains(behind.top(stop));
    }
}
