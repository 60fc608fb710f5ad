package sightline.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Filters that make text. */
final class TextFilters {
    static final List<Operation> ALL = List.of(
            Operation.of("filter", "upper", call -> Letters.upper(call.printed())),
            Operation.of("filter", "lower", call -> Letters.lower(call.printed())),
            Operation.of("filter", "capitalize", call -> Letters.capitalize(call.printed())),
            Operation.of("filter", "title", TextFilters::title),
            Operation.of("filter", "trim", TextFilters::trim, "chars?"),
            Operation.of("filter", "replace", TextFilters::replace, "old", "new", "count?"),
            Operation.of("filter", "string", call -> call.printed()),
            Operation.of("filter", "indent", TextFilters::indent, "width?", "first?", "blank?"),
            Operation.of("filter", "truncate", TextFilters::truncate, "length?", "killwords?", "end?", "leeway?"),
            Operation.of("filter", "center", TextFilters::center, "width?"),
            Operation.of("filter", "wordcount", TextFilters::wordcount),
            Operation.of("filter", "format", TextFilters::format, "*", "**"),
            Operation.of("filter", "e", TextFilters::escape),
            Operation.of("filter", "escape", TextFilters::escape),
            Operation.of("filter", "safe", call -> new Markup(Repr.str(call.value(), call.budget()))),
            Operation.of(
                    "filter", "tojson", TextFilters::toJson, "ensure_ascii?", "indent?", "separators?", "sort_keys?"));

    private TextFilters() {}

    /** Words begin after white space, hyphens and opening brackets. */
    private static Object title(Invocation call) {
        StringBuilder out = new StringBuilder();
        StringBuilder word = new StringBuilder();
        for (int c : (call.printed() + " ").codePoints().toArray()) {
            if (PythonString.isSpace(c) || "-({[<".indexOf(c) >= 0) {
                if (!word.isEmpty()) {
                    String first = Character.toString(word.codePointAt(0));
                    out.append(Letters.upper(first)).append(Letters.lower(word.substring(first.length())));
                    word.setLength(0);
                }
                out.appendCodePoint(c);
            } else {
                word.appendCodePoint(c);
            }
        }
        return out.substring(0, out.length() - 1);
    }

    private static Object trim(Invocation call) {
        return PythonString.strip(call.printed(), TextMethods.unwanted(call));
    }

    private static Object replace(Invocation call) {
        String old = Repr.str(call.get("old"), call.budget());
        String replacement = Repr.str(call.get("new"), call.budget());
        long count = call.get("count", None.NONE) == None.NONE ? -1 : call.integer("count", -1);
        return TextMethods.replace(call.printed(), old, replacement, count, call.budget());
    }

    private static Object indent(Invocation call) {
        Object width = call.get("width", 4L);
        String by = width instanceof String text ? text : " ".repeat(TextMethods.width(call, "width", 4));
        List<String> lines = PythonString.lines(call.string() + "\n");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean indented = i == 0 ? call.flag("first") : call.flag("blank") || !line.isEmpty();
            call.budget().charge(line.length() + (indented ? by.length() : 0) + 1L);
            out.append(i == 0 ? "" : "\n").append(indented ? by : "").append(line);
        }
        return out.toString();
    }

    private static Object truncate(Invocation call) {
        String text = call.string();
        String end = call.text("end", "...");
        long length = call.integer("length", 255);
        long leeway = call.get("leeway", None.NONE) == None.NONE ? 5 : call.integer("leeway", 5);
        long kept = length - PythonString.length(end);
        if (kept < 0 || leeway < 0) {
            throw new Refusal("the filter 'truncate' has less room than its end takes");
        }
        if (PythonString.length(text) <= length + leeway) {
            return text;
        }
        String start = text.substring(0, text.offsetByCodePoints(0, (int) kept));
        if (!call.flag("killwords") && start.lastIndexOf(' ') >= 0) {
            start = start.substring(0, start.lastIndexOf(' '));
        }
        return start + end;
    }

    private static Object center(Invocation call) {
        return TextMethods.center(call.printed(), TextMethods.width(call, "width", 80), " ");
    }

    private static Object wordcount(Invocation call) {
        long count = 0;
        boolean inside = false;
        for (int c : call.printed().codePoints().toArray()) {
            boolean word = Letters.isWord(c);
            count += word && !inside ? 1 : 0;
            inside = word;
        }
        return count;
    }

    private static Object format(Invocation call) {
        if (!call.named().isEmpty() && !call.more().isEmpty()) {
            throw new Refusal("the filter 'format' has arguments with and without names");
        }
        Object values = new Tuple(new ArrayList<>(call.more()));
        if (!call.named().isEmpty()) {
            Dict named = new Dict();
            call.named().forEach(named::put);
            values = named;
        }
        return Percent.format(call.printed(), values, call.budget());
    }

    private static Object escape(Invocation call) {
        if (call.value() instanceof Markup) {
            return call.value();
        }
        StringBuilder out = new StringBuilder();
        String text = Repr.str(call.value(), call.budget());
        call.budget().charge(5L * text.length());
        Map<Character, String> names = Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '\'', "&#39;", '"', "&#34;");
        for (int i = 0; i < text.length(); i++) {
            out.append(names.getOrDefault(text.charAt(i), text.substring(i, i + 1)));
        }
        return new Markup(out.toString());
    }

    /** As {@code transformers} has it: its first argument is {@code ensure_ascii}. */
    private static Object toJson(Invocation call) {
        Object indent = call.get("indent", None.NONE);
        String by = indent == None.NONE
                ? null
                : indent instanceof String text ? text : " ".repeat(TextMethods.width(call, "indent", 0));
        String comma = by == null ? ", " : ",";
        String colon = ": ";
        Object separators = call.get("separators", None.NONE);
        if (separators != None.NONE) {
            List<Object> both = separators instanceof Tuple tuple
                    ? tuple.items()
                    : separators instanceof List<?> list ? Values.objects(list) : List.of();
            if (both.size() != 2 || !(both.get(0) instanceof String first) || !(both.get(1) instanceof String second)) {
                throw call.badArgument("separators");
            }
            comma = first;
            colon = second;
        }
        Json.Style style = new Json.Style(call.flag("ensure_ascii"), by, comma, colon, call.flag("sort_keys"));
        return Json.write(call.value(), style, call.budget());
    }
}
