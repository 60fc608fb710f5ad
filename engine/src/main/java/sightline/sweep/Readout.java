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
        int first = request.prompt().length() - 1;
        int[] answer = request.answer();
        for (int start = 0; start < probabilities.length; start += BLOCK) {
            int[] said = Arrays.stream(rows, start, Math.min(start + BLOCK, rows.length))
                    .map(row -> answer[row - first])
                    .toArray();
            try (Scope scope = Scope.open()) {
                Tensor all = distribution(states.narrow(0, start, said.length));
                Tensor tokens = HostArrays.indices(said).unsqueeze(1).to(all.device(), torch.ScalarType.Long);
                double[] part = HostArrays.doubles(all.gather(1, tokens));
                System.arraycopy(part, 0, probabilities, start, part.length);
            }
        }
    }

    private Tensor distribution(Tensor rows) {
        return Ops.softmax(decoder.logits(rows).div_(new Scalar(temperature)));
    }

    /** The probability of the answer's token at a state. */
    double probability(int state) {
        return probabilities[state];
    }

    /** The likeliest tokens at a state, likeliest first; among equals the lowest id. */
    List<Trace.Candidate> candidates(int state, int count) {
        try (Scope scope = Scope.open()) {
            return likeliest(HostArrays.doubles(distribution(states.narrow(0, state, 1))), count);
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
