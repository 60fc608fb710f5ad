package sightline.template;

import java.util.List;

/** Python's {@code str} and {@code repr}: how values print. */
final class Repr {
    private static final int MOST_DEPTH = 200;

    private final Budget budget;
    private final StringBuilder out = new StringBuilder();

    private Repr(Budget budget) {
        this.budget = budget;
    }

    /**
     * As it prints.
     *
     * @throws Refusal if that is of no use in a prompt, such as a generator's address
     */
    static String str(Object value, Budget budget) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Markup markup) {
            return markup.text();
        }
        return value instanceof Undefined ? "" : repr(value, budget);
    }

    /** As it prints inside a list. */
    static String repr(Object value, Budget budget) {
        Repr repr = new Repr(budget);
        repr.write(value, 0);
        return repr.out.toString();
    }

    private void write(Object value, int depth) {
        budget.charge(4);
        if (depth > MOST_DEPTH) {
            throw new Refusal("what is printed nests more than " + MOST_DEPTH + " levels deep");
        }
        if (value instanceof String text) {
            quoted(text);
        } else if (value instanceof Boolean flag) {
            out.append(flag ? "True" : "False");
        } else if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double number) {
            budget.charge(200); // finding the shortest decimal is slow
            out.append(Numbers.repr(number));
        } else if (value == None.NONE) {
            out.append("None");
        } else if (value instanceof Undefined) {
            out.append("Undefined");
        } else if (value instanceof List<?> list) {
            all("[", Values.objects(list), "]", depth);
        } else if (value instanceof Tuple tuple) {
            all("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")", depth);
        } else if (value instanceof Dict dict) {
            dict(dict, depth);
        } else if (value instanceof View view) {
            all("dict_" + view.kind() + "([", view.items(), "])", depth);
        } else if (value instanceof PyRange range) {
            out.append("range(").append(range.start()).append(", ").append(range.stop());
            out.append(range.step() == 1 ? ")" : ", " + range.step() + ")");
        } else {
            throw new Refusal("to print " + Values.type(value) + " is not supported here");
        }
    }

    private void all(String open, List<Object> items, String close, int depth) {
        out.append(open);
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            write(item, depth + 1);
            separator = ", ";
        }
        out.append(close);
    }

    private void dict(Dict dict, int depth) {
        out.append('{');
        String separator = "";
        for (Object key : dict.keys()) {
            out.append(separator);
            write(key, depth + 1);
            out.append(": ");
            write(dict.get(key), depth + 1);
            separator = ", ";
        }
        out.append('}');
    }

    private void quoted(String text) {
        budget.charge(2L * text.length());
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (Letters.isPrintable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format(c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                    }
                }
            }
        });
        out.append(quote);
    }
}
