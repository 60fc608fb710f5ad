package sightline.template;

import java.util.ArrayList;
import java.util.List;

/** Writes JSON exactly as Python's {@code json.dumps} does. */
final class Json {
    private static final int MOST_DEPTH = 200;

    private final Style style;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();

    private Json(Style style, Budget budget) {
        this.style = style;
        this.budget = budget;
    }

    /**
     * How it is written.
     *
     * @param ascii whether characters beyond ASCII are escaped
     * @param indent what each level adds at the line's beginning; null for all on one line
     * @param comma between items
     * @param colon between key and value
     * @param sorted whether keys are
     */
    record Style(boolean ascii, String indent, String comma, String colon, boolean sorted) {}

    /**
     * @throws Refusal for a value that JSON has not, such as an undefined one
     */
    static String write(Object value, Style style, Budget budget) {
        Json json = new Json(style, budget);
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int depth) {
        budget.charge(4);
        if (depth > MOST_DEPTH) {
            throw new Refusal("what the filter 'tojson' writes nests more than " + MOST_DEPTH + " levels deep");
        }
        if (value instanceof String text) {
            quoted(text);
        } else if (value instanceof Boolean || value instanceof Long || value instanceof Double || value == None.NONE) {
            budget.charge(value instanceof Double ? 200 : 1); // finding the shortest decimal is slow
            out.append(scalar(value));
        } else if (value instanceof List<?> list) {
            array(Values.objects(list), depth);
        } else if (value instanceof Tuple tuple) {
            array(tuple.items(), depth);
        } else if (value instanceof Dict dict) {
            object(dict, depth);
        } else if (value instanceof Undefined undefined) {
            throw new Refusal("the filter 'tojson' gets an undefined value: " + undefined.reason());
        } else {
            throw new Refusal("the filter 'tojson' of " + Values.type(value) + " is not supported here");
        }
    }

    private static String scalar(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "true" : "false";
        }
        if (value instanceof Double number) {
            return Numbers.repr(number);
        }
        return value == None.NONE ? "null" : value.toString();
    }

    private void array(List<Object> items, int depth) {
        if (items.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            separate(i, depth + 1);
            write(items.get(i), depth + 1);
        }
        newLine(depth);
        out.append(']');
    }

    private void object(Dict dict, int depth) {
        List<Object> keys = new ArrayList<>(dict.keys());
        if (keys.isEmpty()) {
            out.append("{}");
            return;
        }
        if (style.sorted) {
            keys.sort((a, b) -> Comparison.order(a, b, budget));
        }
        out.append('{');
        for (int i = 0; i < keys.size(); i++) {
            Object key = keys.get(i);
            separate(i, depth + 1);
            if (!(key instanceof String) && !Numbers.isNumber(key) && key != None.NONE) {
                throw new Refusal("the filter 'tojson' with " + Values.type(key) + " as a key is not supported here");
            }
            quoted(key instanceof String text ? text : scalar(key));
            out.append(style.colon);
            write(dict.get(key), depth + 1);
        }
        newLine(depth);
        out.append('}');
    }

    private void separate(int index, int depth) {
        if (index > 0) {
            budget.charge(style.comma);
            out.append(style.comma);
        }
        newLine(depth);
    }

    private void newLine(int depth) {
        if (style.indent != null) {
            budget.charge((long) style.indent.length() * depth);
            out.append('\n').append(style.indent.repeat(depth));
        }
    }

    private void quoted(String text) {
        budget.charge(2L * text.length());
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c < 0x20 || (style.ascii && c > 0x7e)) {
                        out.append(c == 0x7f ? "\u007f" : "\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
