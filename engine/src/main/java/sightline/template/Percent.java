package sightline.template;

import java.util.List;
import java.util.Map;

/** Python's {@code format % values} and {@code format.format(...)}, as far as plain fields go. */
final class Percent {
    private Percent() {}

    /** {@code format % value}: a tuple fills several fields, a mapping fields with names. */
    static String format(String format, Object value, Budget budget) {
        if (value instanceof Dict dict) {
            return format(format, List.of(value), dict, budget);
        }
        return format(format, value instanceof Tuple tuple ? tuple.items() : List.of(value), null, budget);
    }

    private static String format(String format, List<Object> values, Dict named, Budget budget) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            c = ++i < format.length() ? format.charAt(i) : ' ';
            if (c == '%') {
                out.append(c);
                continue;
            }
            Object value;
            if (c == '(' && named != null) {
                int end = format.indexOf(')', i);
                String name = end < 0 ? "" : format.substring(i + 1, end);
                value = name.isEmpty() || name.indexOf('(') >= 0 ? null : named.get(name);
                i = end + 1;
                c = end >= 0 && i < format.length() ? format.charAt(i) : ' ';
                next = values.size();
            } else {
                value = next < values.size() ? values.get(next) : null;
                next++;
            }
            if (value == null) {
                throw new Refusal("the operator '%' does not find a value for each field of " + Refusal.quote(format));
            }
            String field = field(c, value, budget);
            budget.charge(field);
            out.append(field);
        }
        if (next < values.size()) {
            throw new Refusal("the operator '%' has more values than " + Refusal.quote(format) + " has fields");
        }
        return out.toString();
    }

    private static String field(char kind, Object value, Budget budget) {
        if (kind == 's') {
            return Repr.str(value, budget);
        }
        if (kind == 'r') {
            return Repr.repr(value, budget);
        }
        if ((kind == 'd' || kind == 'i') && Numbers.isNumber(value)) {
            long number = value instanceof Double real ? Numbers.truncate(real) : Numbers.integer(value);
            return Long.toString(number);
        }
        throw new Refusal("the field '%" + Refusal.oneLine(String.valueOf(kind)) + "' of " + Values.type(value)
                + " is not supported here");
    }

    /** {@code format.format(...)} with fields {@code {}}, {@code {0}} and {@code {name}}. */
    static String braces(String format, List<Object> values, Map<String, Object> named, Budget budget) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '{' && c != '}') {
                out.append(c);
                continue;
            }
            if (i + 1 < format.length() && format.charAt(i + 1) == c) {
                out.append(c);
                i++;
                continue;
            }
            int end = format.indexOf('}', i);
            String name = c == '}' || end < 0 ? "{" : format.substring(i + 1, end);
            Object value;
            if (name.isEmpty() && next >= 0) {
                value = next < values.size() ? values.get(next) : null;
                next++;
            } else if (name.matches("0|[1-9][0-9]{0,3}") && next <= 0) {
                int index = Integer.parseInt(name);
                value = index < values.size() ? values.get(index) : null;
                next = -1; // Python does not let numbered and other fields be mixed
            } else {
                value = name.matches("[A-Za-z_][A-Za-z0-9_]*") ? named.get(name) : null;
            }
            if (value == null || value == Today.TODAY || value instanceof Markup) {
                throw new Refusal(
                        "the field " + Refusal.quote("{" + name + "}") + " of 'format' is not supported here");
            }
            String field = Repr.str(value, budget);
            budget.charge(field);
            out.append(field);
            i = end;
        }
        return out.toString();
    }
}
