package sightline.template;

import java.util.List;
import java.util.function.Predicate;

/** The tests behind {@code is}. */
final class Tests {
    static final List<Operation> ALL = List.of(
            of("defined", v -> !(v instanceof Undefined)),
            of("undefined", v -> v instanceof Undefined),
            of("none", v -> v == None.NONE),
            looks("boolean", v -> v instanceof Boolean),
            looks("true", v -> v.equals(true)),
            looks("false", v -> v.equals(false)),
            looks("integer", v -> v instanceof Long),
            looks("float", v -> v instanceof Double),
            looks("number", Numbers::isNumber),
            looks("string", v -> v instanceof String || v instanceof Markup),
            looks("mapping", v -> v instanceof Dict),
            looks("iterable", Values::isIterable),
            looks("sequence", Tests::isSequence),
            looks("callable", Tests::isCallable),
            Operation.of("test", "odd", call -> remainder(call, 2) == 1),
            Operation.of("test", "even", call -> remainder(call, 2) == 0),
            Operation.of("test", "divisibleby", Tests::divisible, "num"),
            Operation.of("test", "lower", call -> Letters.isLower(call.printed())),
            Operation.of("test", "upper", call -> Letters.isUpper(call.printed())),
            Operation.of("test", "sameas", Tests::same, "other"),
            Operation.of(
                    "test", "in", call -> Comparison.contains(call.get("seq"), call.value(), call.budget()), "seq"),
            compares("==", "=="),
            compares("eq", "=="),
            compares("equalto", "=="),
            compares("!=", "!="),
            compares("ne", "!="),
            compares(">", ">"),
            compares("gt", ">"),
            compares("greaterthan", ">"),
            compares(">=", ">="),
            compares("ge", ">="),
            compares("<", "<"),
            compares("lt", "<"),
            compares("lessthan", "<"),
            compares("<=", "<="),
            compares("le", "<="));

    private Tests() {}

    private static Operation of(String name, Predicate<Object> test) {
        return Operation.of("test", name, call -> test.test(call.value()));
    }

    /** One that has to look at the value. */
    private static Operation looks(String name, Predicate<Object> test) {
        return Operation.of("test", name, call -> {
            if (call.value() == Today.TODAY) {
                throw call.badValue();
            }
            return test.test(call.value());
        });
    }

    private static Operation compares(String name, String operator) {
        return Operation.of(
                "test",
                name,
                call -> Constructs.COMPARISONS.get(operator).holds(call.value(), call.get("other"), call.budget()),
                "/other");
    }

    private static boolean isSequence(Object value) {
        return value instanceof String
                || value instanceof Markup
                || value instanceof List
                || value instanceof Tuple
                || value instanceof Dict
                || value instanceof PyRange
                || value instanceof Undefined;
    }

    private static boolean isCallable(Object value) {
        return value instanceof Callable
                || value instanceof Macro
                || value instanceof Loop
                || value instanceof Undefined;
    }

    private static long remainder(Invocation call, long by) {
        if (call.value() instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        if (!(call.value() instanceof Long) && !(call.value() instanceof Boolean)) {
            throw call.badValue();
        }
        return Math.floorMod(Numbers.integer(call.value()), by);
    }

    private static boolean divisible(Invocation call) {
        long by = call.integer("num", 0);
        if (by == 0) {
            throw new Refusal("the test 'divisibleby' divides by zero");
        }
        return remainder(call, by) == 0;
    }

    /** Identity, where Python's does not depend on how it keeps its objects. */
    private static boolean same(Invocation call) {
        Object other = call.get("other");
        if (other != None.NONE && !(other instanceof Boolean)) {
            throw call.badArgument("other");
        }
        return call.value().equals(other);
    }
}
