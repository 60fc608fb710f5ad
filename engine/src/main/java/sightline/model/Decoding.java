package sightline.model;

/**
 * How an answer is generated.
 *
 * @param maxNewTokens the most tokens generated, at least 1
 * @param temperature logits are divided by it before sampling; 0 takes the likeliest token each time (greedy)
 * @param topP sampling keeps the likeliest tokens whose probabilities reach this sum, 0 &lt; topP ≤ 1 (Holtzman et al.
 *     2020); not used when greedy
 * @param seed of the random numbers: the same seed gives the same answer on the same machine
 */
public record Decoding(int maxNewTokens, double temperature, double topP, long seed) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public Decoding {
        require(maxNewTokens >= 1, "maxNewTokens", maxNewTokens, "at least 1");
        require(temperature >= 0 && temperature < Double.POSITIVE_INFINITY, "temperature", temperature, "0 or more");
        require(topP > 0 && topP <= 1, "topP", topP, "above 0 and at most 1");
    }

    private static void require(boolean holds, String name, Number value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }

    /** The likeliest token at each step. */
    public static Decoding greedy(int maxNewTokens) {
        return new Decoding(maxNewTokens, 0, 1, 0);
    }

    /** Tokens drawn from the model's distribution. */
    public static Decoding sampled(int maxNewTokens, double temperature, double topP, long seed) {
        return new Decoding(maxNewTokens, temperature, topP, seed);
    }
}
