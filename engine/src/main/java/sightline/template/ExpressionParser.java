package sightline.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import sightline.template.Token.Kind;

/** Reads expressions with Jinja2's precedence, which is Python's but for {@code **}, filters and tests. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream in;
    private final OperandParser operands;

    ExpressionParser(TokenStream in) {
        this.in = in;
        this.operands = new OperandParser(in, this);
    }

    OperandParser operands() {
        return operands;
    }

    /** One expression, or several with commas between as a tuple. */
    Expr tuple(boolean conditional, String end) {
        int line = in.line();
        List<Expr> items = new ArrayList<>();
        boolean comma = false;
        while (!endsTuple(end)) {
            items.add(conditional ? expression() : or());
            if (!in.skipOperator(",")) {
                break;
            }
            comma = true;
        }
        if (items.isEmpty() && !in.current().isOperator(")")) {
            throw new Refusal(
                    "an expression is expected instead of " + in.current().describe());
        }
        return comma || items.isEmpty() ? new Expr.TupleOf(line, items) : items.get(0);
    }

    private boolean endsTuple(String end) {
        Kind kind = in.current().kind();
        return kind == Kind.PRINT_END
                || kind == Kind.TAG_END
                || in.current().isOperator(")")
                || (end != null && in.current().isName(end));
    }

    /** One expression. */
    Expr expression() {
        in.enter();
        Expr value = or();
        while (in.current().isName("if")) {
            int line = in.next().line();
            Expr test = or();
            Expr otherwise = in.skipName("else") ? expression() : null;
            value = new Expr.Conditional(line, test, value, otherwise);
        }
        in.leave();
        return value;
    }

    /** An expression without an inline if. */
    Expr or() {
        Expr left = and();
        int deep = 0;
        for (; in.current().isName("or"); deep++) {
            in.enter();
            int line = in.next().line();
            left = new Expr.Or(line, left, and());
        }
        in.leave(deep);
        return left;
    }

    private Expr and() {
        Expr left = not();
        int deep = 0;
        for (; in.current().isName("and"); deep++) {
            in.enter();
            int line = in.next().line();
            left = new Expr.And(line, left, not());
        }
        in.leave(deep);
        return left;
    }

    private Expr not() {
        if (!in.current().isName("not")) {
            return comparison();
        }
        in.enter();
        int line = in.next().line();
        Expr value = new Expr.Not(line, not());
        in.leave();
        return value;
    }

    private Expr comparison() {
        int line = in.line();
        Expr first = sum();
        List<String> operators = new ArrayList<>();
        List<Expr> others = new ArrayList<>();
        while (true) {
            if (in.current().kind() == Kind.OPERATOR
                    && COMPARISONS.contains(in.current().text())) {
                operators.add(in.next().text());
            } else if (in.skipName("in")) {
                operators.add("in");
            } else if (in.current().isName("not") && in.following().isName("in")) {
                in.next();
                in.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Expr.Compared(line, first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expr sum() {
        Expr left = joined();
        int deep = 0;
        for (; in.current().isOperator("+") || in.current().isOperator("-"); deep++) {
            in.enter();
            Token operator = in.next();
            left = new Expr.Binary(operator.line(), operator.text(), left, joined());
        }
        in.leave(deep);
        return left;
    }

    private Expr joined() {
        int line = in.line();
        Expr first = product();
        if (!in.current().isOperator("~")) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (in.skipOperator("~")) {
            parts.add(product());
        }
        return new Expr.Joined(line, parts);
    }

    private Expr product() {
        Expr left = power();
        int deep = 0;
        for (; isProduct(in.current()); deep++) {
            in.enter();
            Token operator = in.next();
            left = new Expr.Binary(operator.line(), operator.text(), left, power());
        }
        in.leave(deep);
        return left;
    }

    private static boolean isProduct(Token token) {
        return token.isOperator("*") || token.isOperator("/") || token.isOperator("//") || token.isOperator("%");
    }

    private Expr power() {
        Expr left = signed(true);
        int deep = 0;
        for (; in.current().isOperator("**"); deep++) {
            in.enter();
            int line = in.next().line();
            left = new Expr.Binary(line, "**", left, signed(true));
        }
        in.leave(deep);
        return left;
    }

    private Expr signed(boolean filters) {
        Token token = in.current();
        Expr value;
        if (token.isOperator("-") || token.isOperator("+")) {
            in.enter();
            in.next();
            value = new Expr.Signed(token.line(), token.text().equals("-"), signed(false));
            in.leave();
        } else {
            value = operands.primary();
        }
        return operands.postfix(value, filters);
    }
}
