package sightline.knockout;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import sightline.text.TokenRole;

/**
 * A set of tokens, named before a prompt is known. A {@link Layout} says which text rows or vision tokens it holds when an
 * answer token is read out.
 */
public sealed interface TokenSet {
    /** The last text row: the one at which the answer token is read out. */
    record Last() implements TokenSet {
        @Override
        public String toString() {
            return "last";
        }
    }

    /** Every text row before the last: what the published work calls the question. */
    record BeforeLast() implements TokenSet {
        @Override
        public String toString() {
            return "before last";
        }
    }

    /** The text rows before the first that stands for the picture: they see none of it. */
    record BeforeImage() implements TokenSet {
        @Override
        public String toString() {
            return "before image";
        }
    }

    /** The text rows before the last with one role. Answer tokens so far have the role {@link TokenRole#ANSWER}. */
    record Role(TokenRole role) implements TokenSet {
        public Role {
            Objects.requireNonNull(role);
        }

        @Override
        public String toString() {
            return "role " + role.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Some text rows by number.
     *
     * @param rows from 0; those that are not in context yet do not count
     */
    record Rows(BitSet rows) implements TokenSet {
        public Rows {
            rows = (BitSet) rows.clone(); // a token set is a key of maps
        }

        /** Row numbers; a copy. */
        @Override
        public BitSet rows() {
            return (BitSet) rows.clone();
        }

        @Override
        public String toString() {
            return "rows " + rows;
        }
    }

    /**
     * As many text rows as another set holds, from a list.
     *
     * @param order rows that are all before the last; the first ones are taken
     * @param asMany the other set, at most as large as the list
     */
    record Drawn(List<Integer> order, TokenSet asMany) implements TokenSet {
        public Drawn {
            order = List.copyOf(order);
            Objects.requireNonNull(asMany);
        }

        @Override
        public String toString() {
            return "as many of " + order + " as " + asMany;
        }
    }

    /** All of the picture's tokens, those of padding tiles included. */
    record ImageTokens() implements TokenSet {
        @Override
        public String toString() {
            return "image";
        }
    }

    /**
     * Some of the picture's tokens.
     *
     * @param tokens by number among all of them: tile · tokens per tile + token
     */
    record Region(BitSet tokens) implements TokenSet {
        public Region {
            tokens = (BitSet) tokens.clone(); // a token set is a key of maps
        }

        /** Token numbers; a copy. */
        @Override
        public BitSet tokens() {
            return (BitSet) tokens.clone();
        }

        @Override
        public String toString() {
            return "image tokens " + tokens;
        }
    }

    /** What another set leaves of the text rows in context, or of the picture's tokens. */
    record Complement(TokenSet of) implements TokenSet {
        public Complement {
            Objects.requireNonNull(of);
        }

        @Override
        public String toString() {
            return "all but (" + of + ")";
        }
    }

    /** What is in any of several sets. */
    record Union(List<TokenSet> of) implements TokenSet {
        public Union {
            of = List.copyOf(of);
        }

        @Override
        public String toString() {
            return of.stream().map(TokenSet::toString).collect(Collectors.joining(" or "));
        }
    }
}
