package sightline.knockout;

import java.util.BitSet;
import java.util.Objects;
import sightline.text.TokenRole;

/** A set of text positions, resolved for each answer token: its context is the prompt and the answer tokens before it. */
public sealed interface TextTokens {
    /** The positions of this set in the given context. */
    BitSet in(Context context);

    /** The last position: the one at which the answer token is read out. */
    record Last() implements TextTokens {
        @Override
        public BitSet in(Context context) {
            BitSet set = new BitSet();
            set.set(context.last());
            return set;
        }
    }

    /** Every position before the last: what the published work calls the question. */
    record BeforeLast() implements TextTokens {
        @Override
        public BitSet in(Context context) {
            BitSet set = new BitSet();
            set.set(0, context.last());
            return set;
        }
    }

    /**
     * The positions before the last with one role. Answer tokens so far have the role {@link TokenRole#ANSWER}.
     */
    record WithRole(TokenRole role) implements TextTokens {
        public WithRole {
            Objects.requireNonNull(role);
        }

        @Override
        public BitSet in(Context context) {
            BitSet set = new BitSet();
            for (int position = 0; position < context.last(); position++) {
                set.set(position, context.role(position) == role);
            }
            return set;
        }
    }

    /**
     * What is in context when an answer token is read out.
     *
     * @param promptRoles the role of every prompt token
     * @param answerToken how many answer tokens stand behind the prompt
     */
    record Context(TokenRole[] promptRoles, int answerToken) {
        /** Tokens in context. */
        public int length() {
            return promptRoles.length + answerToken;
        }

        /** The last position. */
        public int last() {
            return length() - 1;
        }

        TokenRole role(int position) {
            return position < promptRoles.length ? promptRoles[position] : TokenRole.ANSWER;
        }
    }
}
