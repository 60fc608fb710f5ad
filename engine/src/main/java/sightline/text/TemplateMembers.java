package sightline.text;

import com.hubspot.jinjava.el.TypeConvertingMapELResolver;
import com.hubspot.jinjava.el.ext.JinjavaBeanELResolver;
import com.hubspot.jinjava.el.ext.JinjavaListELResolver;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.MethodNotFoundException;

/**
 * What a template may reach through a dot or brackets: entries of lists and maps, the {@code loop} variable, and the few
 * methods of Python's {@code str} and {@code dict} that chat templates call. Nothing of Java: a template comes with the
 * checkpoint and is not trusted.
 */
final class TemplateMembers extends CompositeELResolver {
    TemplateMembers() {
        add(new JinjavaListELResolver(true));
        add(new TypeConvertingMapELResolver(true));
        add(new Gate());
    }

    /** Lets jinjava's own helpers through and nothing else. */
    private static final class Gate extends JinjavaBeanELResolver {
        Gate() {
            super(true);
        }

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            if (base instanceof ForLoop) {
                return super.getValue(context, base, property);
            }
            context.setPropertyResolved(true);
            return base instanceof String text ? characterAt(text, property) : null; // null: undefined, as in Jinja
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
            if (base instanceof Filter || base instanceof ExpTest) {
                return super.invoke(context, base, method, types, arguments);
            }
            context.setPropertyResolved(true);
            Object[] given = arguments == null ? new Object[0] : arguments;
            if (base instanceof String text) {
                return ofString(text, method.toString(), given);
            }
            if (base instanceof Map<?, ?> map) {
                return ofMap(map, method.toString(), given);
            }
            throw noSuchMethod(method);
        }
    }

    /** Python's {@code text[index]}; null for what is no index or lies outside. */
    private static String characterAt(String text, Object index) {
        if (!index.toString().matches("-?\\d{1,9}")) {
            return null;
        }
        int[] characters = text.codePoints().toArray();
        int at = Integer.parseInt(index.toString());
        at += at < 0 ? characters.length : 0;
        return at < 0 || at >= characters.length ? null : Character.toString(characters[at]);
    }

    private static Object ofString(String text, String method, Object[] given) {
        String first = given.length > 0 && given[0] instanceof String string ? string : null;
        return switch (method + "/" + given.length) {
            case "strip/0" -> PythonText.strip(text);
            case "lstrip/0" -> text.substring(PythonText.firstNonSpace(text));
            case "rstrip/0" -> text.substring(0, PythonText.endOfNonSpace(text));
            case "lower/0" -> text.toLowerCase(Locale.ROOT);
            case "upper/0" -> text.toUpperCase(Locale.ROOT);
            case "startswith/1" -> text.startsWith(needed(method, first));
            case "endswith/1" -> text.endsWith(needed(method, first));
            case "split/1" -> split(text, needed(method, first));
            case "replace/2" -> text.replace(needed(method, first), needed(method, given[1]));
            default -> throw noSuchMethod(method);
        };
    }

    private static Object ofMap(Map<?, ?> map, String method, Object[] given) {
        return switch (method + "/" + given.length) {
            case "items/0" -> pairs(map);
            case "keys/0" -> new ArrayList<>(map.keySet());
            case "values/0" -> new ArrayList<>(map.values());
            case "get/1" -> map.get(given[0]);
            case "get/2" -> map.containsKey(given[0]) ? map.get(given[0]) : given[1];
            default -> throw noSuchMethod(method);
        };
    }

    /** Python's {@code list(map.items())}. */
    static List<List<Object>> pairs(Map<?, ?> map) {
        List<List<Object>> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(Arrays.asList(key, value)));
        return pairs;
    }

    private static List<String> split(String text, String separator) {
        if (separator.isEmpty()) {
            throw new MethodNotFoundException("split needs a separator that is not empty");
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String needed(Object method, Object argument) {
        if (argument instanceof String text) {
            return text;
        }
        throw new MethodNotFoundException("the method '" + method + "' takes strings");
    }

    private static MethodNotFoundException noSuchMethod(Object method) {
        return new MethodNotFoundException("templates here have no method '" + method + "' with these arguments");
    }
}
