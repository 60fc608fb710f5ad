package sightline.knockout;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import sightline.tensor.Arrays;
import sightline.tensor.Ops;

/** From logits to probabilities: softmax(logits / T), in the logits' format (METHOD section 5). */
final class Readout {
    private static final int CANDIDATES = 3;

    private final double[] probabilities;

    /** @param logits (1, vocabulary) */
    Readout(Tensor logits, double temperature) {
        probabilities = Arrays.doubles(Ops.softmax(logits.div(new Scalar(temperature))));
    }

    double probability(int token) {
        return probabilities[token];
    }

    /** The likeliest tokens, likeliest first; among equals the lowest id. */
    List<Trace.Candidate> candidates() {
        List<Trace.Candidate> best = new ArrayList<>();
        for (int token = 0; token < probabilities.length; token++) {
            int place = best.size();
            while (place > 0 && probabilities[token] > best.get(place - 1).probability()) {
                place--;
            }
            if (place < CANDIDATES) {
                best.add(place, new Trace.Candidate(token, probabilities[token]));
                if (best.size() > CANDIDATES) {
                    best.remove(CANDIDATES);
                }
            }
        }
        return best;
    }
}
