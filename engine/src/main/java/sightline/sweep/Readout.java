package sightline.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sightline.knockout.Reading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Decoder;
import sightline.tensor.HostArrays;
import sightline.tensor.Ops;
import sightline.tensor.Scope;

/**
 * From states behind the last layer to what is read off them: softmax(logits / T), in the logits' format (METHOD section 5). Each
 * state is read out for the answer token that follows its position.
 */
final class Readout {
    /** Rows whose logits are held at once: 128 rows of Llama's vocabulary are 66 MB. */
    private static final int BLOCK = 128;

    private final Decoder decoder;
    private final double temperature;
    private final Tensor states;
    private final double[] probabilities;

    /**
     * Reads all states out.
     *
     * @param states (states, hidden)
     * @param rows text row of each
     */
    Readout(Decoder decoder, SweepRequest request, Tensor states, int[] rows) {
        this.decoder = decoder;
        this.temperature = request.temperature();
        this.states = states;
        boolean asked = request.reading(Reading.AnswerProbability.class).isPresent();
        this.probabilities = new double[asked ? rows.length : 0];
        if (asked) {
            int first = request.prompt().length() - 1;
            int[] answer = request.answer();
            read(Arrays.stream(rows).map(row -> answer[row - first]).toArray());
        }
    }

    /** @param said the token that is asked for at each state */
    private void read(int[] said) {
        try (Scope all = Scope.open()) {
            Tensor tokens = HostArrays.indices(said).unsqueeze(1).to(states.device(), torch.ScalarType.Long);
            List<Tensor> parts = new ArrayList<>();
            for (int start = 0; start < said.length; start += BLOCK) {
                try (Scope scope = Scope.open()) {
                    int count = Math.min(BLOCK, said.length - start);
                    parts.add(scope.keep(
                            distribution(states.narrow(0, start, count)).gather(1, tokens.narrow(0, start, count))));
                }
            }
            double[] read = HostArrays.doubles(Ops.cat(0, parts.toArray(Tensor[]::new))); // all at once
            System.arraycopy(read, 0, probabilities, 0, read.length);
        }
    }

    private Tensor distribution(Tensor rows) {
        return Ops.softmax(decoder.logits(rows).div_(new Scalar(temperature)));
    }

    /** The probability of the answer's token at a state. */
    double probability(int state) {
        return probabilities[state];
    }

    /** The likeliest tokens at each of some states, likeliest first; among equals the lowest id. */
    List<List<Trace.Candidate>> candidates(int count, int... asked) {
        try (Scope scope = Scope.open()) {
            Tensor[] each = Arrays.stream(asked)
                    .mapToObj(state -> distribution(states.narrow(0, state, 1)))
                    .toArray(Tensor[]::new);
            double[] all = HostArrays.doubles(Ops.cat(0, each));
            int vocabulary = all.length / asked.length;
            List<List<Trace.Candidate>> candidates = new ArrayList<>();
            for (int start = 0; start < all.length; start += vocabulary) {
                candidates.add(likeliest(Arrays.copyOfRange(all, start, start + vocabulary), count));
            }
            return candidates;
        }
    }

    private static List<Trace.Candidate> likeliest(double[] probabilities, int count) {
        List<Trace.Candidate> best = new ArrayList<>();
        for (int token = 0; token < probabilities.length; token++) {
            int place = best.size();
            while (place > 0 && probabilities[token] > best.get(place - 1).probability()) {
                place--;
            }
            if (place < count) {
                best.add(place, new Trace.Candidate(token, probabilities[token]));
                if (best.size() > count) {
                    best.remove(count);
                }
            }
        }
        return best;
    }
}
