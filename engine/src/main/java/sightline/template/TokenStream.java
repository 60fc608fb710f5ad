package sightline.template;

import java.util.List;
import sightline.template.Token.Kind;

/** Tokens, one after the other. */
final class TokenStream {
    private static final int MOST_DEPTH = 64; // far from what Python's own compiler still takes

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token following() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** The current token; the next becomes current. */
    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    int line() {
        return current().line();
    }

    /** Of the token that was read last. */
    int lastLine() {
        return tokens.get(Math.max(0, at - 1)).line();
    }

    boolean skipName(String name) {
        boolean found = current().isName(name);
        if (found) {
            next();
        }
        return found;
    }

    boolean skipOperator(String operator) {
        boolean found = current().isOperator(operator);
        if (found) {
            next();
        }
        return found;
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw new Refusal(
                    "'" + operator + "' is expected instead of " + current().describe());
        }
    }

    String expectName() {
        return expect(Kind.NAME, "a name").text();
    }

    Token expect(Kind kind, String what) {
        if (current().kind() != kind) {
            throw new Refusal(what + " is expected instead of " + current().describe());
        }
        return next();
    }

    /** Goes one level deeper into nested expressions or blocks; {@link #leave} goes back. */
    void enter() {
        if (++depth > MOST_DEPTH) {
            throw new Refusal("it nests more than " + MOST_DEPTH + " levels deep");
        }
    }

    void leave() {
        leave(1);
    }

    /** Goes so many levels back. */
    void leave(int levels) {
        depth -= levels;
    }
}
