package sightline.template;

import java.util.Iterator;
import java.util.List;

/** Python's {@code ==}, {@code <} and {@code in}. */
final class Comparison {
    private static final int MOST_DEPTH = 200;

    private Comparison() {}

    static boolean equal(Object a, Object b, Budget budget) {
        return equal(a, b, budget, 0);
    }

    private static boolean equal(Object a, Object b, Budget budget, int depth) {
        budget.charge(1);
        if (depth > MOST_DEPTH) {
            throw new Refusal("what is compared nests more than " + MOST_DEPTH + " levels deep");
        }
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.compare(a, b) == 0;
        }
        if (a instanceof String x && b instanceof String y) {
            budget.charge(Math.min(x.length(), y.length()) / 16);
            return x.equals(y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return all(Values.objects(x), Values.objects(y), budget, depth);
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            return all(x.items(), y.items(), budget, depth);
        }
        if (a instanceof Dict x && b instanceof Dict y) {
            return x.size() == y.size()
                    && x.keys().stream().allMatch(k -> y.has(k) && equal(x.get(k), y.get(k), budget, depth + 1));
        }
        if (a instanceof Undefined && b instanceof Undefined) {
            return true;
        }
        requirePlain(a, b);
        requirePlain(b, a);
        return a.equals(b);
    }

    /** The rarer values are equal to nothing that is plain; among each other Python has rules that are not here. */
    private static void requirePlain(Object a, Object b) {
        if (a == Today.TODAY || a instanceof Markup || (isRare(a) && isRare(b))) {
            throw new Refusal("to compare " + Values.type(a) + " with " + Values.type(b) + " is not supported here");
        }
    }

    private static boolean isRare(Object value) {
        return value instanceof View
                || value instanceof PyRange
                || value instanceof Lazy
                || value instanceof Namespace
                || value instanceof Callable
                || value instanceof Macro
                || value instanceof Loop;
    }

    private static boolean all(List<Object> a, List<Object> b, Budget budget, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i), budget, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Negative, zero or positive.
     *
     * @throws Refusal if Python does not order them
     */
    static int order(Object a, Object b, Budget budget) {
        budget.charge(1);
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.compare(a, b);
        }
        if (a instanceof String x && b instanceof String y) {
            budget.charge(Math.min(x.length(), y.length()) / 16);
            return PythonString.compare(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return orderAll(Values.objects(x), Values.objects(y), budget);
        }
        if (a instanceof Tuple x && b instanceof Tuple y) {
            return orderAll(x.items(), y.items(), budget);
        }
        if (a instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        if (b instanceof Undefined undefined) {
            throw undefined.refuse();
        }
        throw new Refusal(Values.type(a) + " and " + Values.type(b) + " have no order");
    }

    /** As the first items that are not equal. */
    private static int orderAll(List<Object> a, List<Object> b, Budget budget) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!equal(a.get(i), b.get(i), budget)) {
                budget.enter();
                int order = order(a.get(i), b.get(i), budget);
                budget.leave();
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** {@code item in container}. */
    static boolean contains(Object container, Object item, Budget budget) {
        if (container instanceof String text) {
            if (item instanceof String part) {
                budget.charge(text.length() / 16);
                budget.chargeSearch(text, part);
                return text.contains(part);
            }
            throw new Refusal("to look for " + Values.type(item) + " in a string is not supported here");
        }
        if (container instanceof Dict dict) {
            return dict.has(item);
        }
        if (container instanceof Markup || container instanceof Loop) {
            throw new Refusal("to look into " + Values.type(container) + " is not supported here");
        }
        for (Iterator<Object> i = Values.iterate(container); i.hasNext(); ) {
            if (equal(i.next(), item, budget)) {
                return true;
            }
        }
        return false;
    }
}
