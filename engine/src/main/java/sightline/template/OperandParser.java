package sightline.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sightline.template.Token.Kind;

/** Reads what stands between operators: literals, names, brackets and what follows them. */
final class OperandParser {
    private static final Map<String, Object> CONSTANTS =
            Map.of("true", true, "True", true, "false", false, "False", false, "none", None.NONE, "None", None.NONE);

    private final TokenStream in;
    private final ExpressionParser expressions;

    OperandParser(TokenStream in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    /** Whether a name stands for a constant and not for a variable. */
    static boolean isConstant(String name) {
        return CONSTANTS.containsKey(name);
    }

    /** A name, a literal, or an expression in brackets. */
    Expr primary() {
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
            Expr value = expressions.tuple(true, null);
            in.expectOperator(")");
            return value;
        }
        if (open.isOperator("[")) {
            List<Expr> items = new ArrayList<>();
            while (!in.skipOperator("]")) {
                items.add(expressions.expression());
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
                keys.add(expressions.expression());
                in.expectOperator(":");
                values.add(expressions.expression());
                if (!in.current().isOperator("}")) {
                    in.expectOperator(",");
                }
            }
            return new Expr.DictOf(open.line(), keys, values);
        }
        throw new Refusal("an expression is expected instead of " + open.describe());
    }

    /** What follows a primary: dots, brackets, calls and, where they may follow, filters and tests. */
    Expr postfix(Expr start, boolean filters) {
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
        in.leave(deep);
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
        Expr start = in.current().isOperator(":") ? null : expressions.expression();
        if (!in.current().isOperator(":")) {
            in.expectOperator("]");
            return new Expr.Item(bracket.line(), of, start);
        }
        in.next();
        Expr stop = endsSlice() || in.current().isOperator(":") ? null : expressions.expression();
        Expr step = in.skipOperator(":") && !endsSlice() ? expressions.expression() : null;
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
                if (named.put(name, expressions.expression()) != null) {
                    throw new Refusal("the argument " + Refusal.quote(name) + " is given twice");
                }
            } else if (!named.isEmpty()) {
                throw new Refusal("an argument without a name follows one with a name");
            } else {
                positional.add(expressions.expression());
            }
            if (!in.current().isOperator(")")) {
                in.expectOperator(",");
            }
        }
        return new Arguments(positional, named);
    }
}
