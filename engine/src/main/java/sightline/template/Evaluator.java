package sightline.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The values of expressions. */
final class Evaluator {
    private final Budget budget;
    private final BiFunction<Macro, Given, String> macros;
    private int line;

    /** @param macros calls a macro */
    Evaluator(Budget budget, BiFunction<Macro, Given, String> macros) {
        this.budget = budget;
        this.macros = macros;
    }

    Budget budget() {
        return budget;
    }

    /** The line that is being evaluated. */
    int line() {
        return line;
    }

    void at(int newLine) {
        line = newLine;
    }

    Object value(Expr expr, TemplateScope scope) {
        budget.enter();
        Object value = evaluate(expr, scope);
        budget.leave();
        return value;
    }

    boolean truth(Expr expr, TemplateScope scope) {
        return Values.truth(value(expr, scope));
    }

    private Object evaluate(Expr expr, TemplateScope scope) {
        line = expr.line();
        if (expr instanceof Expr.Literal literal) {
            return literal.value();
        }
        if (expr instanceof Expr.Name name) {
            return scope.get(name.name());
        }
        if (expr instanceof Expr.Attribute attribute) {
            return Members.attribute(value(attribute.of(), scope), attribute.name());
        }
        if (expr instanceof Expr.Item item) {
            Object of = value(item.of(), scope);
            return Members.item(of, value(item.index(), scope), budget);
        }
        if (expr instanceof Expr.Slice slice) {
            Object of = value(slice.of(), scope);
            return Members.slice(
                    of,
                    optional(slice.start(), scope),
                    optional(slice.stop(), scope),
                    optional(slice.step(), scope),
                    budget);
        }
        if (expr instanceof Expr.Call call) {
            Object called = value(call.of(), scope);
            return call(called, given(call.arguments(), scope), call.line());
        }
        if (expr instanceof Expr.Filtered filtered) {
            return filter(value(filtered.value(), scope), filtered.filter(), scope);
        }
        if (expr instanceof Expr.Tested tested) {
            Object value = value(tested.value(), scope);
            Given given = given(tested.arguments(), scope);
            line = tested.line();
            return Constructs.test(tested.name()).apply(budget, value, given);
        }
        if (expr instanceof Expr.ListOf list) {
            return all(list.items(), scope);
        }
        if (expr instanceof Expr.TupleOf tuple) {
            return new Tuple(all(tuple.items(), scope));
        }
        if (expr instanceof Expr.DictOf dict) {
            Dict made = new Dict();
            for (int i = 0; i < dict.keys().size(); i++) {
                Object key = value(dict.keys().get(i), scope);
                made.put(key, value(dict.values().get(i), scope));
            }
            return made;
        }
        return operator(expr, scope);
    }

    private Object operator(Expr expr, TemplateScope scope) {
        if (expr instanceof Expr.Not not) {
            return !truth(not.value(), scope);
        }
        if (expr instanceof Expr.And and) {
            Object left = value(and.left(), scope);
            return Values.truth(left) ? value(and.right(), scope) : left;
        }
        if (expr instanceof Expr.Or or) {
            Object left = value(or.left(), scope);
            return Values.truth(left) ? left : value(or.right(), scope);
        }
        if (expr instanceof Expr.Binary binary) {
            Object left = value(binary.left(), scope);
            Object right = value(binary.right(), scope);
            line = binary.line();
            return Arithmetic.apply(binary.operator(), left, right, budget);
        }
        if (expr instanceof Expr.Signed signed) {
            return Arithmetic.negate(signed.negative(), value(signed.value(), scope));
        }
        if (expr instanceof Expr.Joined joined) {
            StringBuilder text = new StringBuilder();
            for (Object part : all(joined.parts(), scope)) {
                String printed = Repr.str(part, budget);
                budget.charge(printed);
                text.append(printed);
            }
            return text.toString();
        }
        if (expr instanceof Expr.Compared compared) {
            return compare(compared, scope);
        }
        Expr.Conditional conditional = (Expr.Conditional) expr;
        if (truth(conditional.test(), scope)) {
            return value(conditional.then(), scope);
        }
        return conditional.otherwise() == null
                ? new Undefined("the inline if is false and has no else")
                : value(conditional.otherwise(), scope);
    }

    private Object compare(Expr.Compared compared, TemplateScope scope) {
        Object left = value(compared.first(), scope);
        for (int i = 0; i < compared.operators().size(); i++) {
            Object right = value(compared.others().get(i), scope);
            line = compared.line();
            boolean holds =
                    Constructs.COMPARISONS.get(compared.operators().get(i)).holds(left, right, budget);
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Object optional(Expr expr, TemplateScope scope) {
        return expr == null ? None.NONE : value(expr, scope);
    }

    private List<Object> all(List<Expr> items, TemplateScope scope) {
        List<Object> values = new ArrayList<>(items.size());
        for (Expr item : items) {
            values.add(value(item, scope));
        }
        return values;
    }

    private Given given(Arguments arguments, TemplateScope scope) {
        if (arguments.positional().isEmpty() && arguments.named().isEmpty()) {
            return Given.NOTHING;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        List<Object> positional = all(arguments.positional(), scope);
        arguments.named().forEach((name, expr) -> named.put(name, value(expr, scope)));
        return new Given(positional, named);
    }

    Object filter(Object value, Expr.FilterCall filter, TemplateScope scope) {
        Given given = given(filter.arguments(), scope);
        line = filter.line();
        return Constructs.filter(filter.name()).apply(budget, value, given);
    }

    /** A call block's call, which gets the block's body as {@code caller}. */
    Object callWith(Expr.Call call, Macro caller, TemplateScope scope) {
        Object called = value(call.of(), scope);
        Given given = given(call.arguments(), scope);
        Map<String, Object> named = new LinkedHashMap<>(given.named());
        if (named.put("caller", caller) != null) {
            throw new Refusal("the argument 'caller' is given twice");
        }
        return call(called, new Given(given.positional(), named), call.line());
    }

    private Object call(Object called, Given given, int callLine) {
        line = callLine;
        if (called instanceof Callable callable) {
            return callable.operation().apply(budget, callable.self(), given);
        }
        if (called instanceof Macro macro) {
            return macros.apply(macro, given);
        }
        if (called instanceof Loop loop) {
            return loop.recurse(given);
        }
        if (called instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        throw new Refusal("to call " + Values.type(called) + " is not supported here");
    }
}
