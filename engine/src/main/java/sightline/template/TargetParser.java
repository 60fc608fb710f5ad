package sightline.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import sightline.template.Statement.Target;
import sightline.template.Token.Kind;

/** Reads the names that a tag sets. */
final class TargetParser {
    private final TokenStream in;
    private final ExpressionParser expressions;

    TargetParser(TokenStream in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    /**
     * What is set, up to the tag's end or this name.
     *
     * @param fields whether a namespace's attributes may be
     */
    Target target(String end, boolean fields) {
        List<Target> targets = new ArrayList<>();
        boolean comma = false;
        while (in.current().kind() != Kind.TAG_END
                && (end == null || !in.current().isName(end))) {
            targets.add(oneTarget(fields));
            if (!in.skipOperator(",")) {
                break;
            }
            comma = true;
        }
        if (targets.isEmpty()) {
            throw new Refusal("a name is expected instead of " + in.current().describe());
        }
        return comma ? new Target.Several(targets) : targets.get(0);
    }

    private Target oneTarget(boolean fields) {
        if (in.current().isOperator("(")) {
            in.next();
            List<Target> targets = new ArrayList<>();
            boolean comma = false;
            while (!in.skipOperator(")")) {
                targets.add(oneTarget(false));
                comma |= in.current().isOperator(",");
                if (!in.current().isOperator(")")) {
                    in.expectOperator(",");
                }
            }
            return comma || targets.isEmpty() ? new Target.Several(targets) : targets.get(0);
        }
        String name = variable(in.expectName());
        return fields && in.skipOperator(".") ? new Target.Field(name, in.expectName()) : new Target.Variable(name);
    }

    /** @throws Refusal for the name of a constant */
    static String variable(String name) {
        if (OperandParser.isConstant(name)) {
            throw new Refusal("'" + name + "' is a constant and cannot be set");
        }
        return name;
    }

    /** Refuses {@code loop} as the variable of a loop. */
    static void requireNoLoop(Target target) {
        if (target instanceof Target.Variable variable && variable.name().equals("loop")) {
            throw new Refusal("a loop sets 'loop'");
        }
        if (target instanceof Target.Several several) {
            several.targets().forEach(TargetParser::requireNoLoop);
        }
    }

    /** The parameters of a macro or call block, with their defaults. */
    void parameters(List<String> parameters, List<Expr> defaults) {
        in.expectOperator("(");
        while (!in.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                in.expectOperator(",");
            }
            parameters.add(variable(in.expectName()));
            if (in.skipOperator("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw new Refusal("a parameter without a default follows one with a default");
            }
        }
        if (new LinkedHashSet<>(parameters).size() < parameters.size()) {
            throw new Refusal("two parameters have the same name");
        }
    }
}
