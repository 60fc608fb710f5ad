package sightline.knockout;

import java.util.List;

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
     *
     * @param foils ids of tokens that the answer's first token is held against, the likeliest of them wherever it is read;
     *     empty for the likeliest other token with nothing cut, which all later tokens are held against in any case
     */
    record Measures(List<Integer> foils) implements Reading {
        /** @throws IllegalArgumentException if an id is negative or given twice */
        public Measures {
            foils = List.copyOf(foils);
            if (foils.stream().anyMatch(id -> id < 0)
                    || foils.stream().distinct().count() < foils.size()) {
                throw new IllegalArgumentException("foils " + foils + ", expected ids of tokens, each once");
            }
        }

        /** With the likeliest other tokens as foils. */
        public Measures() {
            this(List.of());
        }

        @Override
        public boolean underInterventions() {
            return true;
        }

        @Override
        public Reading withoutWords() {
            return new Measures();
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
     * The likeliest tokens at each answer token's last row under every intervention: what the cut has the model say there.
     * Read beside {@link AnswerProbability}, from the same logits.
     *
     * @param count how many, at least 1
     */
    record Alternatives(int count) implements Reading {
        /** @throws IllegalArgumentException if the count is below 1 */
        public Alternatives {
            if (count < 1) {
                throw new IllegalArgumentException(count + " alternatives, expected 1 or more");
            }
        }

        @Override
        public boolean underInterventions() {
            return true;
        }
    }

    /**
     * What the decoder would say if it ended earlier ({@link sightline.knockout.Lens}): with nothing cut, under the most
     * harmful window of each intervention, masking and window size, and under each track of one chosen window
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

    /**
     * What read-out rows attend to in each layer ({@link AttentionRow}), with nothing cut.
     *
     * @param rows text rows of which the same is told, in increasing order; a row's weights take heads · keys · 4 bytes in each
     *     layer ({@link AttentionRow#bytes}), all of which are held
     */
    record Attention(List<Integer> rows) implements Reading {
        /** @throws IllegalArgumentException if a row is negative, or they are not in increasing order */
        public Attention {
            rows = List.copyOf(rows);
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i) < (i == 0 ? 0 : rows.get(i - 1) + 1)) {
                    throw new IllegalArgumentException("rows " + rows + ", expected text rows in increasing order");
                }
            }
        }

        /** Of read-out rows alone. */
        public Attention() {
            this(List.of());
        }

        @Override
        public Reading withoutWords() {
            return new Attention();
        }

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

    /** The same less all that depends on the words alone, as {@link Outline} has it. */
    default Reading withoutWords() {
        return this;
    }
}
