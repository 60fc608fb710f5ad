package sightline.template;

import java.util.Iterator;
import java.util.List;

/** Filters that make numbers. */
final class NumberFilters {
    static final List<Operation> ALL = List.of(
            Operation.of("filter", "abs", NumberFilters::abs),
            Operation.of("filter", "int", NumberFilters::whole, "default?", "base?"),
            Operation.of("filter", "float", NumberFilters::real, "default?"),
            Operation.of("filter", "round", NumberFilters::round, "precision?", "method?"),
            Operation.of("filter", "length", call -> Values.length(call.value(), "the filter 'length' of ")),
            Operation.of("filter", "count", call -> Values.length(call.value(), "the filter 'count' of ")),
            Operation.of("filter", "sum", NumberFilters::sum, "attribute?", "start?"));

    private static final String REAL =
            "[+-]?(?:\\d+(?:_\\d+)*\\.?(?:\\d+(?:_\\d+)*)?|\\.\\d+(?:_\\d+)*)(?:[eE][+-]?\\d+(?:_\\d+)*)?";

    private NumberFilters() {}

    private static Object abs(Invocation call) {
        if (!Numbers.isNumber(call.value())) {
            throw call.badValue();
        }
        if (call.value() instanceof Double number) {
            return Math.abs(number);
        }
        if (Numbers.integer(call.value()) == Long.MIN_VALUE) {
            throw Numbers.tooLarge();
        }
        return Math.abs(Numbers.integer(call.value()));
    }

    /** What Python's {@code int} and {@code float} read, as a number; the default if it is none. */
    private static Object number(Invocation call, Object otherwise) {
        Object value = call.value();
        if (value instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        if (value == Today.TODAY || value instanceof Markup) {
            throw call.badValue();
        }
        if (!(value instanceof String written)) {
            return Numbers.isNumber(value) ? value : otherwise;
        }
        String text = PythonString.strip(written, PythonString::isSpace);
        if (text.codePoints().anyMatch(c -> c >= 128 && Character.isDigit(c))
                || text.matches("[+-]?(?i:inf|infinity|nan)")) {
            throw call.badValue();
        }
        String digits = text.replace("_", "");
        if (text.matches("[+-]?\\d+(?:_\\d+)*")) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                throw Numbers.tooLarge();
            }
        }
        return text.matches(REAL) ? (Object) Numbers.finite(Double.parseDouble(digits)) : otherwise;
    }

    private static Object whole(Invocation call) {
        if (call.integer("base", 10) != 10) {
            throw call.badArgument("base");
        }
        Object otherwise = call.get("default", 0L);
        Object number = number(call, null);
        return number == null
                ? otherwise
                : number instanceof Double real ? (Object) Numbers.truncate(real) : Numbers.integer(number);
    }

    private static Object real(Invocation call) {
        Object number = number(call, null);
        return number == null ? call.get("default", 0.0) : (Object) Numbers.real(number);
    }

    private static Object round(Invocation call) {
        if (!Numbers.isNumber(call.value())) {
            throw call.badValue();
        }
        long precision = call.integer("precision", 0);
        if (precision < 0 || precision > 20) {
            throw call.badArgument("precision");
        }
        String method = call.text("method", "common");
        if (method.equals("common")) {
            return call.value() instanceof Double number
                    ? (Object) Numbers.round(number, (int) precision)
                    : Numbers.integer(call.value());
        }
        if (!method.equals("ceil") && !method.equals("floor")) {
            throw call.badArgument("method");
        }
        double power = Math.pow(10, (double) precision); // exact up to 22
        double scaled = Numbers.finite(Numbers.real(call.value()) * power);
        double result = method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled);
        if (Math.abs(result) > 1L << 53) {
            throw new Refusal("the filter 'round' of a number beyond 2**53 is not supported here");
        }
        return (result == 0 ? 0.0 : result) / power; // Python's ceil and floor give integers, which have no -0
    }

    /** Newer Pythons add floats with a correction: where that changes the sum, there is no one right result. */
    private static Object sum(Invocation call) {
        Object sum = call.get("start", 0L);
        if (sum instanceof String) {
            throw call.badArgument("start");
        }
        double high = 0;
        double low = 0;
        boolean floats = sum instanceof Double;
        if (floats) {
            high = (Double) sum;
        }
        for (Iterator<Object> i = ItemFilters.attributes(call).items(); i.hasNext(); ) {
            Object item = i.next();
            sum = Arithmetic.apply("+", sum, item, call.budget());
            floats |= item instanceof Double;
            if (Numbers.isNumber(item)) {
                double x = Numbers.real(item);
                double next = high + x;
                low += Math.abs(high) >= Math.abs(x) ? high - next + x : x - next + high;
                high = next;
            }
        }
        if (floats && high + low != (Double) sum) {
            throw new Refusal("the filter 'sum' of these floats depends on the version of Python");
        }
        return sum;
    }
}
