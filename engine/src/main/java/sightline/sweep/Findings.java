package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sightline.knockout.Curve;
import sightline.knockout.Inside;
import sightline.knockout.ModelShape;
import sightline.knockout.Reading;
import sightline.knockout.SweepCost;
import sightline.knockout.SweepRequest;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.knockout.Track;
import sightline.knockout.Window;
import sightline.plan.Variant;

/** Gathers what a request's readings ask for, answer token by answer token, and lays it out as a trace. */
final class Findings {
    private final SweepRequest request;
    private final ModelShape shape;
    private final boolean probability;
    private final boolean measured;
    private final Optional<Reading.Candidates> likeliest;
    private final double[] baseline;
    private final List<TokenMeasures> uncutMeasures = new ArrayList<>();
    private final List<List<Trace.Candidate>> candidates = new ArrayList<>();
    private final Map<Variant, double[]> probabilities = new HashMap<>();
    private final Map<Variant, TokenMeasures[]> measures = new HashMap<>();
    private final boolean alternatives;
    private final List<List<Trace.Candidate>> uncutAlternatives = new ArrayList<>();
    private final Map<Variant, List<List<Trace.Candidate>>> alternativesUnder = new HashMap<>();
    private int uncut;

    Findings(SweepRequest request, ModelShape shape) {
        this.request = request;
        this.shape = shape;
        this.probability = request.reading(Reading.AnswerProbability.class).isPresent();
        this.measured = request.reading(Reading.Measures.class).isPresent();
        this.likeliest = request.reading(Reading.Candidates.class);
        this.alternatives = request.reading(Reading.Alternatives.class).isPresent();
        Arrays.stream(request.answer()).forEach(token -> requireKnown("the answer holds ", token));
        request.foils().forEach(token -> requireKnown("foils hold ", token));
        this.baseline = new double[probability ? request.answer().length : 0];
    }

    /** Beyond the vocabulary native code would read behind the logits. */
    private void requireKnown(String holds, int token) {
        if (token < 0 || token >= shape.vocabulary()) {
            throw new IllegalArgumentException(holds + token + ", expected 0 to " + (shape.vocabulary() - 1));
        }
    }

    /**
     * Reads answer tokens off with nothing changed: those that follow on what was read before.
     *
     * @param states of each
     */
    void uncut(Readout readout, int... states) {
        for (int state : states) {
            if (probability) {
                baseline[uncut] = readout.probability(state);
            }
            if (measured) {
                uncutMeasures.add(readout.measures(state));
            }
            if (alternatives) {
                uncutAlternatives.add(readout.alternatives(state));
            }
            uncut++;
        }
        likeliest.ifPresent(asked -> candidates.addAll(readout.candidates(asked.count(), states)));
    }

    /** Reads an answer token off under a variant. */
    void under(Variant variant, int token, Readout readout, int state) {
        if (probability) {
            probabilities.computeIfAbsent(variant, same -> new double[baseline.length])[token] =
                    readout.probability(state);
        }
        if (measured) {
            measures.computeIfAbsent(variant, same -> new TokenMeasures[baseline.length])[token] =
                    readout.measures(state);
        }
        if (alternatives) {
            alternativesUnder
                    .computeIfAbsent(variant, same -> new ArrayList<>(Collections.nCopies(baseline.length, List.of())))
                    .set(token, readout.alternatives(state));
        }
    }

    /** All of it. */
    Trace trace(Inside inside, Optional<SweepCost> plan) {
        return new Trace(
                request,
                baseline,
                uncutMeasures,
                candidates,
                curves(request.aroundLayers()),
                curves(request.tracks()),
                inside,
                plan);
    }

    /** The whole answer's probability under a variant that was read off, as curves have it. */
    double answer(Variant variant) {
        double[] tokens = variant.isBaseline() ? baseline : probabilities.get(variant);
        double answer = 1;
        for (double token : tokens) {
            answer *= token;
        }
        return answer;
    }

    /** One curve per track. */
    private List<Curve> curves(List<Track> tracks) {
        return probability ? tracks.stream().map(this::curve).toList() : List.of();
    }

    /** What was found under a track. */
    Curve curve(Track track) {
        List<Window> windows = track.windows().of(shape.layers());
        double[][] curve = new double[baseline.length][windows.size()];
        TokenMeasures[][] measured = new TokenMeasures[uncutMeasures.size()][windows.size()];
        for (int window = 0; window < windows.size(); window++) {
            Variant variant = Variant.of(track, windows.get(window), shape);
            double[] tokens = variant.isBaseline() ? baseline : probabilities.get(variant);
            for (int token = 0; token < tokens.length; token++) {
                curve[token][window] = tokens[token];
            }
            for (int token = 0; token < measured.length; token++) {
                measured[token][window] =
                        variant.isBaseline() ? uncutMeasures.get(token) : measures.get(variant)[token];
            }
        }
        return new Curve(
                track.intervention(), track.windows(), track.masking(), curve, measured, alternatives(track, windows));
    }

    private List<List<List<Trace.Candidate>>> alternatives(Track track, List<Window> windows) {
        return IntStream.range(0, uncutAlternatives.size())
                .mapToObj(token -> windows.stream()
                        .map(window -> Variant.of(track, window, shape))
                        .map(variant ->
                                (variant.isBaseline() ? uncutAlternatives : alternativesUnder.get(variant)).get(token))
                        .toList())
                .toList();
    }
}
