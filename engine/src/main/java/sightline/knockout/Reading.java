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

    /**
     * What the decoder would say if it ended earlier ({@link sightline.knockout.Lens}): with nothing cut, under the most
     * harmful window of each intervention and masking, of the first window size, and under each track of one chosen window
     * ({@link Windows.Only}). Read beside {@link Measures}.
     *
     * @param top how many of the likeliest tokens, at least 1
     */
    record Lens(int top) implements Reading {
        /** @throws IllegalArgumentException if the count is below 1 */
        public Lens {
            if (top < 1) {
                throw new IllegalArgumentException("a lens of " + top + " tokens, expected 1 or more");
            }
        }

        @Override
        public boolean underInterventions() {
            return false;
        }
    }

    /** What read-out rows attend to in each layer ({@link AttentionRow}), with nothing cut. */
    record Attention() implements Reading {
        @Override
        public boolean underInterventions() {
            return false;
        }
    }

    /** What layers that read the picture add to the residual stream ({@link BranchRatio}), with nothing cut. */
    record Gates() implements Reading {
        @Override
        public boolean underInterventions() {
            return false;
        }
    }

    /** What each intervention's attention edges carry ({@link EdgeShare}). */
    record Edges() implements Reading {
        @Override
        public boolean underInterventions() {
            return false;
        }
    }

    /** Whether it is read under every intervention, or only with nothing changed. */
    boolean underInterventions();
}
