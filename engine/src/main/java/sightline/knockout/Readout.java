package sightline.knockout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.model.TextDecoder;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * From states behind the last layer to probabilities: softmax(logits / T), in the logits' format (METHOD section 5). Each
 * state is read out for the answer token that follows its position.
 */
final class Readout {
    private static final int CANDIDATES = 3;
    /** Rows whose logits are held at once: 128 rows of Llama's vocabulary are 66 MB. */
    private static final int BLOCK = 128;

    private final TextDecoder decoder;
    private final double temperature;
    private final Tensor states;
    private final double[] probabilities;

    /**
     * Reads all states out.
     *
     * @param states (states, hidden)
     * @param positions text position of each
     */
    Readout(TextDecoder decoder, SweepRequest request, Tensor states, int[] positions) {
        this.decoder = decoder;
        this.temperature = request.temperature();
        this.states = states;
        this.probabilities = new double[positions.length];
        int first = request.prompt().length() - 1;
        for (int start = 0; start < positions.length; start += BLOCK) {
            int[] said = Arrays.stream(positions, start, Math.min(start + BLOCK, positions.length))
                    .map(position -> request.answer()[position - first])
                    .toArray();
            try (Scope scope = Scope.open()) {
                Tensor all = distribution(states.narrow(0, start, said.length));
                Tensor tokens =
                        sightline.tensor.Arrays.indices(said).unsqueeze(1).to(all.device(), torch.ScalarType.Long);
                double[] part = sightline.tensor.Arrays.doubles(all.gather(1, tokens));
                System.arraycopy(part, 0, probabilities, start, part.length);
            }
        }
    }

    private Tensor distribution(Tensor rows) {
        return Ops.softmax(decoder.logits(rows).div_(new Scalar(temperature)));
    }

    /** The probabilities of the answer's tokens at these states. */
    double[] probabilities(int[] stateOfToken) {
        return Arrays.stream(stateOfToken)
                .mapToDouble(state -> probabilities[state])
                .toArray();
    }

    /** The likeliest tokens at each of these states, likeliest first; among equals the lowest id. */
    List<List<Trace.Candidate>> candidates(int[] stateOfToken) {
        List<List<Trace.Candidate>> all = new ArrayList<>();
        for (int state : stateOfToken) {
            try (Scope scope = Scope.open()) {
                all.add(likeliest(sightline.tensor.Arrays.doubles(distribution(states.narrow(0, state, 1)))));
            }
        }
        return all;
    }

    private static List<Trace.Candidate> likeliest(double[] probabilities) {
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
