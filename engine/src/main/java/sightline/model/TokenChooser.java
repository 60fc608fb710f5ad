package sightline.model;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Picks the next token from the logits at one position: the likeliest, or a draw from the top of the distribution. */
final class TokenChooser {
    private final Decoding decoding;
    private final Random random;

    TokenChooser(Decoding decoding) {
        this.decoding = decoding;
        this.random = new Random(decoding.seed());
    }

    /** logits (vocabulary) -> token id. Among equals the lowest id. */
    int choose(float[] logits) {
        return decoding.temperature() == 0 ? likeliest(logits) : drawn(logits);
    }

    static int likeliest(float[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] > logits[best]) {
                best = token;
            }
        }
        return best;
    }

    private int drawn(float[] logits) {
        double highest = logits[likeliest(logits)];
        double[] weight = new double[logits.length];
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            weight[token] = Math.exp((logits[token] - highest) / decoding.temperature());
            sum += weight[token];
        }
        int[] order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer token) -> -weight[token])
                        .thenComparing(token -> token))
                .mapToInt(Integer::intValue)
                .toArray();
        double kept = 0;
        int count = 0;
        while (count < order.length && (count == 0 || kept < decoding.topP() * sum)) {
            kept += weight[order[count++]];
        }
        double point = random.nextDouble() * kept;
        for (int i = 0; i < count - 1; i++) {
            point -= weight[order[i]];
            if (point < 0) {
                return order[i];
            }
        }
        return order[count - 1];
    }
}
