package sightline.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One filter, test, method or function of the table.
 *
 * @param kind {@code filter}, {@code test}, {@code function}, or a method's type
 * @param parameters in order: {@code name}, {@code name?} if it may be left out, {@code /name} and {@code /name?} if it
 *     must not be named, {@code *} and {@code **} for any more without and with a name
 */
record Operation(String kind, String name, List<String> parameters, Body body) {
    private static final Set<String> KINDS = Set.of("filter", "test", "function");

    /** What it does. */
    @FunctionalInterface
    interface Body {
        Object apply(Invocation call);
    }

    static Operation of(String kind, String name, Body body, String... parameters) {
        return new Operation(kind, name, List.of(parameters), body);
    }

    /** For messages: {@code the filter 'join'}. */
    String title() {
        return "the " + (KINDS.contains(kind) ? kind : kind + " method") + " '" + name + "'";
    }

    /**
     * Calls it.
     *
     * @param value what it is applied to; of a function, none
     * @throws Refusal if the arguments do not fit, or it cannot be done as Python does it
     */
    Object apply(Budget budget, Object value, Given given) {
        if (value instanceof String text) {
            budget.charge(text.length() / 16);
            given.positional().forEach(argument -> budget.chargeSearch(text, argument));
            given.named().values().forEach(argument -> budget.chargeSearch(text, argument));
        }
        Object result = body.apply(bind(budget, value, given));
        budget.charge(Values.size(result));
        return result;
    }

    /** Refuses arguments that do not fit before anything runs. */
    void requireShape(Arguments arguments) {
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        bind(null, None.NONE, new Given(new ArrayList<>(arguments.positional()), named));
    }

    private Invocation bind(Budget budget, Object value, Given given) {
        Map<String, Object> bound = new LinkedHashMap<>();
        Map<String, Object> named = new LinkedHashMap<>(given.named());
        List<Object> positional = given.positional();
        int used = 0;
        boolean anyMore = false;
        boolean anyNamed = false;
        for (String written : parameters) {
            boolean optional = written.endsWith("?");
            boolean unnamed = written.startsWith("/");
            String parameter = written.substring(unnamed ? 1 : 0, written.length() - (optional ? 1 : 0));
            if (written.equals("*")) {
                anyMore = true;
            } else if (written.equals("**")) {
                anyNamed = true;
            } else if (used < positional.size()) {
                bound.put(parameter, positional.get(used++));
            } else if (!unnamed && named.containsKey(parameter)) {
                bound.put(parameter, named.remove(parameter));
            } else if (!optional) {
                throw new Refusal(
                        title() + " needs " + (unnamed ? "one more argument" : "the argument '" + parameter + "'"));
            }
        }
        if (used < positional.size() && !anyMore) {
            throw new Refusal(title() + " with " + positional.size() + " arguments is not supported here");
        }
        if (!named.isEmpty() && !anyNamed) {
            throw new Refusal(title() + " with the argument "
                    + Refusal.quote(named.keySet().iterator().next()) + " is not supported here");
        }
        return new Invocation(this, budget, value, bound, positional.subList(used, positional.size()), named);
    }

    /** For the page of constructs: {@code join(d, attribute)}. */
    String written() {
        List<String> names = new ArrayList<>();
        for (String parameter : parameters) {
            names.add(
                    Set.of("*", "**").contains(parameter) ? parameter + "arguments" : parameter.replaceAll("[/?]", ""));
        }
        return names.isEmpty() ? name : name + "(" + String.join(", ", names) + ")";
    }
}
