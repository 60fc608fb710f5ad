package sightline.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.template.Token.Kind;

/** Reads expressions with Jinja2's precedence, which is Python's but for {@code **}, filters and tests. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Map<String, Object> CONSTANTS =
            Map.of("true", true, "True", true, "false", false, "False", false, "none", None.NONE, "None", None.NONE);

    private final TokenStream in;

    ExpressionParser(TokenStream in) {
        this.in = in;
    }

    /** Whether a name stands for a constant and not for a variable. */
    static boolean isConstant(String name) {
        return CONSTANTS.containsKey(name);
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
        leave(deep);
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
        leave(deep);
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
        leave(deep);
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
        leave(deep);
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
        leave(deep);
        return left;
    }

    private void leave(int levels) {
        for (int i = 0; i < levels; i++) {
            in.leave();
        }
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
            value = primary();
        }
        return postfix(value, filters);
    }

    private Expr primary() {
        Token token = in.next();
        int line = token.line();
        return switch (token.kind()) {
            case NAME -> {
                Object constant = CONSTANTS.get(token.text());
                Functions.requirePossible(token.text());
                yield constant == null ? new Expr.Name(line, token.text()) : new Expr.Literal(line, constant);
            }
            case STRING -> {
                StringBuilder text = new StringBuilder((String) token.value());
                while (in.current().kind() == Kind.STRING) {
                    text.append((String) in.next().value());
                }
                yield new Expr.Literal(line, text.toString());
            }
            case INTEGER, FLOAT -> new Expr.Literal(line, token.value());
            default -> inBrackets(token);
        };
    }

    private Expr inBrackets(Token open) {
        if (open.isOperator("(")) {
            Expr value = tuple(true, null);
            in.expectOperator(")");
            return value;
        }
        if (open.isOperator("[")) {
            List<Expr> items = new ArrayList<>();
            while (!in.skipOperator("]")) {
                items.add(expression());
                if (!in.current().isOperator("]")) {
                    in.expectOperator(",");
                }
            }
            return new Expr.ListOf(open.line(), items);
        }
        if (open.isOperator("{")) {
            List<Expr> keys = new ArrayList<>();
            List<Expr> values = new ArrayList<>();
            while (!in.skipOperator("}")) {
                keys.add(expression());
                in.expectOperator(":");
                values.add(expression());
                if (!in.current().isOperator("}")) {
                    in.expectOperator(",");
                }
            }
            return new Expr.DictOf(open.line(), keys, values);
        }
        throw new Refusal("an expression is expected instead of " + open.describe());
    }

    private Expr postfix(Expr start, boolean filters) {
        Expr value = start;
        int deep = 0;
        while (true) {
            Token token = in.current();
            in.enter();
            deep++;
            if (token.isOperator(".")) {
                in.next();
                value = member(token, value);
            } else if (token.isOperator("[")) {
                in.next();
                value = item(token, value);
            } else if (token.isOperator("(")) {
                value = call(token, value);
            } else {
                break;
            }
        }
        while (filters) {
            Token token = in.current();
            in.enter();
            deep++;
            if (token.isOperator("|")) {
                value = new Expr.Filtered(token.line(), value, filter(false));
            } else if (token.isName("is")) {
                value = test(value);
            } else if (token.isOperator("(")) {
                value = call(token, value);
            } else {
                break;
            }
        }
        leave(deep);
        return value;
    }

    private Expr call(Token open, Expr called) {
        if (called instanceof Expr.Attribute method) {
            Methods.requirePossible(method.name());
        }
        return new Expr.Call(open.line(), called, arguments());
    }

    private Expr member(Token dot, Expr of) {
        Token name = in.next();
        return switch (name.kind()) {
            case NAME -> new Expr.Attribute(dot.line(), of, name.text());
            case INTEGER -> new Expr.Item(dot.line(), of, new Expr.Literal(dot.line(), name.value()));
            default -> throw new Refusal("a name is expected after the dot instead of " + name.describe());
        };
    }

    private Expr item(Token bracket, Expr of) {
        Expr start = in.current().isOperator(":") ? null : expression();
        if (!in.current().isOperator(":")) {
            in.expectOperator("]");
            return new Expr.Item(bracket.line(), of, start);
        }
        in.next();
        Expr stop = endsSlice() || in.current().isOperator(":") ? null : expression();
        Expr step = in.skipOperator(":") && !endsSlice() ? expression() : null;
        in.expectOperator("]");
        return new Expr.Slice(bracket.line(), of, start, stop, step);
    }

    private boolean endsSlice() {
        return in.current().isOperator("]");
    }

    /** A filter's name and arguments, after its bar unless that has been read. */
    Expr.FilterCall filter(boolean barRead) {
        if (!barRead) {
            in.expectOperator("|");
        }
        int line = in.line();
        String name = dotted("filter");
        Arguments arguments = in.current().isOperator("(") ? arguments() : Arguments.NONE;
        Constructs.filter(name).requireShape(arguments);
        Constructs.requireInner(name, arguments);
        return new Expr.FilterCall(line, name, arguments);
    }

    private String dotted(String what) {
        String name = in.expectName();
        if (in.current().isOperator(".")) {
            throw new Refusal("the " + what + " " + Refusal.quote(name + ".") + " has a dot in its name");
        }
        return name;
    }

    private Expr test(Expr value) {
        int line = in.next().line();
        boolean negated = in.skipName("not");
        String name = dotted("test");
        Arguments arguments = Arguments.NONE;
        if (in.current().isOperator("(")) {
            arguments = arguments();
        } else if (beginsArgument(in.current())) {
            if (in.current().isName("is")) {
                throw new Refusal("two tests with 'is' follow each other");
            }
            arguments = new Arguments(List.of(postfix(primary(), false)), Map.of());
        }
        Constructs.test(name).requireShape(arguments);
        Expr test = new Expr.Tested(line, value, name, arguments);
        return negated ? new Expr.Not(line, test) : test;
    }

    private static boolean beginsArgument(Token token) {
        return switch (token.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME ->
                !token.text().equals("else")
                        && !token.text().equals("or")
                        && !token.text().equals("and");
            default -> token.isOperator("[") || token.isOperator("{");
        };
    }

    private Arguments arguments() {
        in.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        while (!in.skipOperator(")")) {
            if (in.current().isOperator("*") || in.current().isOperator("**")) {
                throw new Refusal("arguments unpacked with '" + in.current().text() + "' are not supported here");
            }
            if (in.current().kind() == Kind.NAME && in.following().isOperator("=")) {
                String name = in.next().text();
                in.next();
                if (named.put(name, expression()) != null) {
                    throw new Refusal("the argument " + Refusal.quote(name) + " is given twice");
                }
            } else if (!named.isEmpty()) {
                throw new Refusal("an argument without a name follows one with a name");
            } else {
                positional.add(expression());
            }
            if (!in.current().isOperator(")")) {
                in.expectOperator(",");
            }
        }
        return new Arguments(positional, named);
    }
}
