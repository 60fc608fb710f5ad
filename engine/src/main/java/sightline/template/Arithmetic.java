package sightline.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Python's operators on numbers, text and lists. */
final class Arithmetic {
    private static final long EXACT = 1L << 53; // up to here a double holds every integer

    @FunctionalInterface
    private interface Operator {
        Object apply(Object left, Object right, Budget budget);
    }

    private static final Map<String, Operator> OPERATORS = new TreeMap<>(Map.of(
            "+", Arithmetic::add,
            "-", (a, b, budget) -> numbers("-", a, b),
            "*", Arithmetic::multiply,
            "/", (a, b, budget) -> numbers("/", a, b),
            "//", (a, b, budget) -> numbers("//", a, b),
            "%", (a, b, budget) -> a instanceof String format ? Percent.format(format, b, budget) : numbers("%", a, b),
            "**", (a, b, budget) -> numbers("**", a, b)));

    private Arithmetic() {}

    static Set<String> operators() {
        return OPERATORS.keySet();
    }

    /**
     * @throws Refusal if Python raises, or the result is beyond 64 bits, not finite or not the same everywhere
     */
    static Object apply(String operator, Object left, Object right, Budget budget) {
        try {
            Object result = OPERATORS.get(operator).apply(left, right, budget);
            budget.charge(Values.size(result));
            return result;
        } catch (ArithmeticException e) {
            throw Numbers.tooLarge();
        }
    }

    static Object negate(boolean negative, Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        if (!Numbers.isNumber(value)) {
            throw unsupported(negative ? "-" : "+", value);
        }
        if (value instanceof Double number) {
            return negative ? -number : number;
        }
        long number = Numbers.integer(value);
        if (number == Long.MIN_VALUE) {
            throw Numbers.tooLarge();
        }
        return negative ? -number : number;
    }

    private static Refusal unsupported(String operator, Object value) {
        return new Refusal("the operator '" + operator + "' with " + Values.type(value) + " is not supported here");
    }

    private static Refusal unsupported(String operator, Object a, Object b) {
        if (a instanceof Undefined undefined) {
            return undefined.refuse();
        }
        if (b instanceof Undefined undefined) {
            return undefined.refuse();
        }
        return new Refusal("the operator '" + operator + "' with " + Values.type(a) + " and " + Values.type(b)
                + " is not supported here");
    }

    static Object add(Object a, Object b, Budget budget) {
        if (a instanceof String x && b instanceof String y) {
            budget.charge((long) x.length() + y.length());
            return x + y;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            budget.charge(4L * (x.size() + y.size()));
            return both(x, y);
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            budget.charge(4L * (x.items().size() + y.items().size()));
            return new Tuple(both(x.items(), y.items()));
        }
        return numbers("+", a, b);
    }

    private static List<Object> both(List<?> a, List<?> b) {
        List<Object> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static Object multiply(Object a, Object b, Budget budget) {
        if (b instanceof String || b instanceof List || b instanceof Tuple) {
            return a instanceof Long || a instanceof Boolean ? repeat(b, a, budget) : numbers("*", a, b);
        }
        boolean counts = b instanceof Long || b instanceof Boolean;
        boolean repeats = a instanceof String || a instanceof List || a instanceof Tuple;
        return counts && repeats ? repeat(a, b, budget) : numbers("*", a, b);
    }

    private static Object repeat(Object value, Object count, Budget budget) {
        int times = (int) Math.min(Math.max(0, Numbers.integer(count)), Integer.MAX_VALUE);
        budget.charge(Math.multiplyExact(
                times, 4 + (value instanceof String s ? (long) s.length() : 4 * Values.length(value, ""))));
        if (value instanceof String text) {
            return text.repeat(times);
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            items.addAll(value instanceof Tuple tuple ? tuple.items() : Values.objects((List<?>) value));
        }
        return value instanceof Tuple ? new Tuple(items) : items;
    }

    private static Object numbers(String operator, Object a, Object b) {
        if (!Numbers.isNumber(a) || !Numbers.isNumber(b)) {
            throw unsupported(operator, a, b);
        }
        boolean divides = Set.of("/", "//", "%").contains(operator);
        if (divides && Numbers.real(b) == 0) {
            throw new Refusal("the operator '" + operator + "' divides by zero");
        }
        if (operator.equals("**")) {
            return power(a, b);
        }
        if (a instanceof Double || b instanceof Double) {
            return floats(operator, Numbers.real(a), Numbers.real(b));
        }
        long x = Numbers.integer(a);
        long y = Numbers.integer(b);
        return switch (operator) {
            case "+" -> (Object) Math.addExact(x, y);
            case "-" -> Math.subtractExact(x, y);
            case "*" -> Math.multiplyExact(x, y);
            case "//" -> y == -1 ? Math.negateExact(x) : Math.floorDiv(x, y);
            case "%" -> Math.floorMod(x, y);
            default -> {
                if (Math.max(Math.abs(x), Math.abs(y)) > EXACT || x == Long.MIN_VALUE || y == Long.MIN_VALUE) {
                    throw new Refusal("the operator '/' with whole numbers beyond 2**53 is not supported here");
                }
                yield (double) x / y;
            }
        };
    }

    private static double floats(String operator, double x, double y) {
        return Numbers.finite(
                switch (operator) {
                    case "+" -> x + y;
                    case "-" -> x - y;
                    case "*" -> x * y;
                    case "/" -> x / y;
                    case "%" -> modulo(x, y);
                    default -> floor(x, y);
                });
    }

    /** The remainder with the sign of the divisor. */
    private static double modulo(double x, double y) {
        double rest = x % y;
        if (rest == 0) {
            return Math.copySign(0.0, y);
        }
        return (rest < 0) == (y < 0) ? rest : rest + y;
    }

    /** As CPython does it: from the remainder, then to the nearest whole number. */
    private static double floor(double x, double y) {
        double rest = x % y;
        double quotient = (x - rest) / y;
        if (rest != 0 && (rest < 0) != (y < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0.0, x / y);
        }
        double whole = Math.floor(quotient);
        return quotient - whole > 0.5 ? whole + 1 : whole;
    }

    private static Object power(Object a, Object b) {
        if (a instanceof Double || b instanceof Double || Numbers.integer(b) < 0) {
            throw new Refusal("the operator '**' other than with whole numbers is not supported here");
        }
        long base = Numbers.integer(a);
        long result = 1;
        if (base >= -1 && base <= 1) {
            return base == -1 ? (Numbers.integer(b) % 2 == 0 ? 1L : -1L) : Numbers.integer(b) == 0 ? 1L : base;
        }
        for (long i = Numbers.integer(b); i > 0; i--) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }
}
