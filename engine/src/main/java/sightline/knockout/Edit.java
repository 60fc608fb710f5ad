package sightline.knockout;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** What an act does to the rows that it targets. */
public sealed interface Edit {
    /**
     * The rows lose their attention edges to these tokens: text rows or vision tokens, as the act's medium has it. The masking
     * says what a row reads that has none left.
     *
     * @param sources what is no longer read
     */
    record Cut(TokenSet sources) implements Edit {
        public Cut {
            Objects.requireNonNull(sources);
        }

        @Override
        public String toString() {
            return "cut from " + sources;
        }
    }

    /**
     * The rows lose their edges to other tokens in each layer.
     *
     * @param sources what is no longer read, by layer
     */
    record CutByLayer(List<TokenSet> sources) implements Edit {
        public CutByLayer {
            sources = List.copyOf(sources);
        }

        /** What it does in one layer. */
        Cut at(int layer) {
            return new Cut(sources.get(layer));
        }

        @Override
        public String toString() {
            return "cut from sources by layer";
        }
    }

    /**
     * What some query heads read counts as 0, whatever the masking.
     *
     * @param heads query heads by number
     */
    record Silence(BitSet heads) implements Edit {
        public Silence {
            heads = (BitSet) heads.clone(); // an edit is a key of maps
        }

        /** Query heads; a copy. */
        @Override
        public BitSet heads() {
            return (BitSet) heads.clone();
        }

        @Override
        public String toString() {
            return "heads " + heads + " silenced";
        }
    }
}
