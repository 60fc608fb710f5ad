package sightline.knockout;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    /** Does something else in each layer. */
    sealed interface ByLayer extends Edit {
        /** What it does in one layer. */
        Edit at(int layer);

        /** How many layers it is for. */
        int layers();
    }

    /**
     * The rows lose their edges to other tokens in each layer.
     *
     * @param sources what is no longer read, by layer
     */
    record CutByLayer(List<TokenSet> sources) implements ByLayer {
        public CutByLayer {
            sources = List.copyOf(sources);
        }

        @Override
        public Cut at(int layer) {
            return new Cut(sources.get(layer));
        }

        @Override
        public int layers() {
            return sources.size();
        }

        @Override
        public String toString() {
            return "cut from sources by layer";
        }
    }

    /**
     * What some query heads read is replaced, whatever the masking: their slices of attention's output, before the output
     * projection.
     *
     * @param heads query heads by number
     * @param means what they read in its place; 0 if empty
     */
    record Silence(BitSet heads, Optional<HeadMeans> means) implements Edit {
        public Silence {
            heads = (BitSet) heads.clone(); // an edit is a key of maps
            Objects.requireNonNull(means);
        }

        /** What they read counts as 0. */
        public Silence(BitSet heads) {
            this(heads, Optional.empty());
        }

        /** Query heads; a copy. */
        @Override
        public BitSet heads() {
            return (BitSet) heads.clone();
        }

        /** Whether nothing is replaced. */
        public boolean isEmpty() {
            return heads.isEmpty();
        }

        /**
         * The heads of both.
         *
         * @throws IllegalArgumentException if they are replaced by other means
         */
        public Silence with(Silence other) {
            if (!means.equals(other.means)) {
                throw new IllegalArgumentException(
                        this + " and " + other + " in one row, expected the same in place of what they read");
            }
            BitSet both = heads();
            both.or(other.heads);
            return new Silence(both, means);
        }

        @Override
        public String toString() {
            return "heads " + heads + " silenced"
                    + means.map(name -> " by means " + name).orElse("");
        }
    }

    /**
     * Other heads are silenced in each layer.
     *
     * @param heads query heads by number, by layer
     * @param means as in {@link Silence}
     */
    record SilenceByLayer(List<BitSet> heads, Optional<HeadMeans> means) implements ByLayer {
        public SilenceByLayer {
            heads = heads.stream().map(layer -> (BitSet) layer.clone()).toList();
            Objects.requireNonNull(means);
        }

        @Override
        public Silence at(int layer) {
            return new Silence(heads.get(layer), means);
        }

        @Override
        public int layers() {
            return heads.size();
        }

        @Override
        public String toString() {
            return "heads silenced by layer"
                    + means.map(name -> " by means " + name).orElse("");
        }
    }
}
