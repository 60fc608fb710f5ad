package sightline.knockout;

/**
 * What is read off a walk through the decoder. Only what a reading asks for is computed and kept.
 */
public sealed interface Reading {
    /** The probability of each answer token at its last row behind the last layer: uncut, and under every intervention. */
    record AnswerProbability() implements Reading {
        @Override
        public boolean underInterventions() {
            return true;
        }
    }

    /**
     * What else the logits say of each answer token at its last row ({@link TokenMeasures}): uncut, and under every
     * intervention. Read beside {@link AnswerProbability}, from the same logits.
     */
    record Measures() implements Reading {
        @Override
        public boolean underInterventions() {
            return true;
        }
    }

    /**
     * The likeliest tokens at each answer token's last row, uncut.
     *
     * @param count how many, at least 1
     */
    record Candidates(int count) implements Reading {
        /** @throws IllegalArgumentException if the count is below 1 */
        public Candidates {
            if (count < 1) {
                throw new IllegalArgumentException(count + " candidates, expected 1 or more");
            }
        }

        @Override
        public boolean underInterventions() {
            return false;
        }
    }

    /** Whether it is read under every intervention, or only with nothing changed. */
    boolean underInterventions();
}
