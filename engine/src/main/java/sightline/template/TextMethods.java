package sightline.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Methods of Python's {@code str}. */
final class TextMethods {
    static final List<Operation> ALL = Stream.concat(
                    Stream.of(
                            of("strip", call -> PythonString.strip(call.string(), unwanted(call)), "/chars?"),
                            of("lstrip", call -> PythonString.lstrip(call.string(), unwanted(call)), "/chars?"),
                            of("rstrip", call -> PythonString.rstrip(call.string(), unwanted(call)), "/chars?"),
                            of(
                                    "startswith",
                                    call -> anyOf(call, p -> call.string().startsWith(p)),
                                    "/part"),
                            of(
                                    "endswith",
                                    call -> anyOf(call, p -> call.string().endsWith(p)),
                                    "/part"),
                            of("split", call -> split(call, false), "sep?", "maxsplit?"),
                            of("rsplit", call -> split(call, true), "sep?", "maxsplit?"),
                            of("splitlines", call -> new ArrayList<Object>(PythonString.lines(call.string()))),
                            of("partition", call -> partition(call, false), "/sep"),
                            of("rpartition", call -> partition(call, true), "/sep"),
                            of("replace", TextMethods::replace, "/old", "/new", "/count?"),
                            of("removeprefix", TextMethods::withoutPrefix, "/part"),
                            of("removesuffix", TextMethods::withoutSuffix, "/part"),
                            of("join", TextMethods::join, "/items"),
                            of("find", call -> find(call, false), "/part"),
                            of("rfind", call -> find(call, true), "/part"),
                            of("index", call -> found(call, false), "/part"),
                            of("rindex", call -> found(call, true), "/part"),
                            of("count", call -> PythonString.count(call.string(), call.text("part")), "/part"),
                            of(
                                    "format",
                                    call -> Percent.braces(call.string(), call.more(), call.named(), call.budget()),
                                    "*",
                                    "**")),
                    Stream.of(
                            of("upper", call -> Letters.upper(call.string())),
                            of("lower", call -> Letters.lower(call.string())),
                            of("title", call -> Letters.title(call.string())),
                            of("capitalize", call -> Letters.capitalize(call.string())),
                            of("isupper", call -> Letters.isUpper(call.string())),
                            of("islower", call -> Letters.isLower(call.string())),
                            of("isalpha", call -> Letters.isAlpha(call.string())),
                            of("isdecimal", call -> Letters.isDecimal(call.string())),
                            of("isdigit", call -> Letters.isAlnum(call.string(), false)),
                            of("isnumeric", TextMethods::isNumeric),
                            of("isalnum", call -> Letters.isAlnum(call.string(), true)),
                            of("isspace", call -> PythonString.isBlank(call.string(), 0)),
                            of("ljust", call -> pad(call, false), "/width", "/fill?"),
                            of("rjust", call -> pad(call, true), "/width", "/fill?"),
                            of("center", TextMethods::center, "/width", "/fill?"),
                            of("zfill", TextMethods::zeros, "/width")))
            .toList();

    private TextMethods() {}

    private static Operation of(String name, Operation.Body body, String... parameters) {
        return Operation.of("str", name, body, parameters);
    }

    /** The characters that a strip removes: those given, else white space. */
    static IntPredicate unwanted(Invocation call) {
        if (call.get("chars", None.NONE) == None.NONE) {
            return PythonString::isSpace;
        }
        String chars = call.text("chars");
        return c -> chars.indexOf(c) >= 0;
    }

    private static boolean anyOf(Invocation call, Function<String, Boolean> test) {
        if (call.get("part") instanceof Tuple parts) {
            for (Object part : parts.items()) {
                if (!(part instanceof String)) {
                    throw call.badArgument("part");
                }
            }
            return parts.items().stream().anyMatch(part -> test.apply((String) part));
        }
        return test.apply(call.text("part"));
    }

    private static Object split(Invocation call, boolean fromRight) {
        String text = call.string();
        long most = call.integer("maxsplit", -1);
        if (call.get("sep", None.NONE) == None.NONE) {
            return fromRight ? PythonString.splitAtSpacesFromRight(text, most) : PythonString.splitAtSpaces(text, most);
        }
        String separator = separator(call);
        return fromRight
                ? PythonString.splitFromRight(text, separator, most)
                : PythonString.split(text, separator, most);
    }

    private static String separator(Invocation call) {
        String separator = call.text("sep");
        if (separator.isEmpty()) {
            throw new Refusal(call.operation().title() + " has an empty separator");
        }
        return separator;
    }

    private static Object partition(Invocation call, boolean fromRight) {
        String text = call.string();
        String separator = separator(call);
        int at = fromRight ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return fromRight ? Tuple.of("", "", text) : Tuple.of(text, "", "");
        }
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    private static Object replace(Invocation call) {
        return replace(call.string(), call.text("old"), call.text("new"), call.integer("count", -1), call.budget());
    }

    /** Python's {@code text.replace(old, replacement, count)}; an empty {@code old} stands between all characters. */
    static String replace(String text, String old, String replacement, long count, Budget budget) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long done = 0; count < 0 || done < count; done++) {
            int at = text.indexOf(old, from);
            if (old.isEmpty()) {
                int next = done == 0 || from >= text.length() ? from : text.offsetByCodePoints(from, 1);
                if (done > 0 && next == from) {
                    break;
                }
                at = next;
            }
            if (at < 0) {
                break;
            }
            budget.charge(1L + at - from + replacement.length());
            out.append(text, from, at).append(replacement);
            from = at + old.length();
        }
        return out.append(text, from, text.length()).toString();
    }

    private static Object withoutPrefix(Invocation call) {
        String part = call.text("part");
        return call.string().startsWith(part) ? call.string().substring(part.length()) : call.string();
    }

    private static Object withoutSuffix(Invocation call) {
        String part = call.text("part");
        String text = call.string();
        return text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
    }

    private static Object join(Invocation call) {
        StringBuilder out = new StringBuilder();
        boolean begun = false;
        for (Iterator<Object> items = Values.iterate(call.get("items")); items.hasNext(); ) {
            if (!(items.next() instanceof String item)) {
                throw new Refusal("the str method 'join' gets an item that is not a string");
            }
            call.budget().charge(1L + item.length() + call.string().length());
            out.append(begun ? call.string() : "").append(item);
            begun = true;
        }
        return out.toString();
    }

    private static long find(Invocation call, boolean fromRight) {
        String text = call.string();
        int at = fromRight ? text.lastIndexOf(call.text("part")) : text.indexOf(call.text("part"));
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    private static long found(Invocation call, boolean fromRight) {
        long at = find(call, fromRight);
        if (at < 0) {
            throw new Refusal(call.operation().title() + " does not find its part");
        }
        return at;
    }

    /** Chinese and other letters may be numbers too, which Java does not know. */
    private static Object isNumeric(Invocation call) {
        if (call.string().codePoints().anyMatch(c -> c >= 128 && Character.isLetter(c))) {
            throw new Refusal("the str method 'isnumeric' of letters beyond ASCII is not supported here");
        }
        return Letters.isAlnum(call.string(), false);
    }

    /** An argument that says how many characters are made, paid for. */
    static int width(Invocation call, String name, long otherwise) {
        long width = Math.max(0, call.integer(name, otherwise));
        call.budget().charge(width);
        return (int) width;
    }

    private static String fill(Invocation call) {
        String fill = call.text("fill", " ");
        if (PythonString.length(fill) != 1) {
            throw call.badArgument("fill");
        }
        return fill;
    }

    private static Object pad(Invocation call, boolean left) {
        int missing = Math.max(0, width(call, "width", 0) - PythonString.length(call.string()));
        String padding = fill(call).repeat(missing);
        return left ? padding + call.string() : call.string() + padding;
    }

    private static Object center(Invocation call) {
        return center(call.string(), width(call, "width", 0), fill(call));
    }

    /** CPython's {@code str.center}, which puts an odd space to the left only if the width is odd. */
    static String center(String text, int width, String fill) {
        int missing = width - PythonString.length(text);
        if (missing <= 0) {
            return text;
        }
        int left = missing / 2 + (missing & width & 1);
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    private static Object zeros(Invocation call) {
        String text = call.string();
        String zeros = "0".repeat(Math.max(0, width(call, "width", 0) - PythonString.length(text)));
        boolean signed = text.startsWith("+") || text.startsWith("-");
        return signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text;
    }
}
