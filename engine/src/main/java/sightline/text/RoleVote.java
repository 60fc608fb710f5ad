package sightline.text;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gives every token one role, from what its code points are. */
final class RoleVote {
    private RoleVote() {}

    /**
     * Each token takes the role that most of its code points have; of equals, the role of the later code point. A space
     * that the tokeniser's offsets leave out counts for the token that follows it. A token without code points of its
     * own takes the role of the code point it stands at.
     *
     * @param codePointRoles the role of every code point of the text
     * @param encoding the tokens of that text
     * @param wholeQuestion whether one code point of the question makes a token the question's
     * @return one role per token
     */
    static TokenRole[] assign(TokenRole[] codePointRoles, Encoding encoding, boolean wholeQuestion) {
        TokenRole[] roles = new TokenRole[encoding.size()];
        int covered = 0; // code points before this one belong to tokens already seen
        for (int i = 0; i < roles.length; i++) {
            int start = Math.min(encoding.starts()[i], covered);
            int end = encoding.ends()[i];
            if (start == end) {
                start = Math.max(0, end - 1);
                end = Math.min(start + 1, codePointRoles.length);
            }
            boolean asks = wholeQuestion
                    && Arrays.asList(codePointRoles).subList(start, end).contains(TokenRole.QUESTION);
            roles[i] = asks ? TokenRole.QUESTION : most(codePointRoles, start, end);
            covered = Math.max(covered, encoding.ends()[i]);
        }
        return roles;
    }

    /** The role of every code point of a text: {@link TokenRole#TEMPLATE} but where a span says otherwise. */
    static TokenRole[] paint(int codePoints, List<Span> spans) {
        TokenRole[] roles = new TokenRole[codePoints];
        Arrays.fill(roles, TokenRole.TEMPLATE);
        for (Span span : spans) {
            Arrays.fill(roles, span.start(), span.end(), span.role());
        }
        return roles;
    }

    private static TokenRole most(TokenRole[] codePointRoles, int start, int end) {
        Map<TokenRole, Integer> votes = new EnumMap<>(TokenRole.class);
        for (int i = start; i < end; i++) {
            votes.merge(codePointRoles[i], 1, Integer::sum);
        }
        TokenRole winner = TokenRole.TEMPLATE;
        for (int i = start; i < end; i++) { // the last of the best wins
            if (votes.get(codePointRoles[i]) >= votes.getOrDefault(winner, 0)) {
                winner = codePointRoles[i];
            }
        }
        return winner;
    }
}
