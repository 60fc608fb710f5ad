package sightline.template;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The table of what a template may use. Whatever is not in it is refused; whatever is has a test whose expected value
 * Jinja2 gave, and a row in {@code docs/templates.md}.
 */
final class Constructs {
    /** One link of a chain of comparisons. */
    @FunctionalInterface
    interface Comparing {
        boolean holds(Object left, Object right, Budget budget);
    }

    static final Map<String, Comparing> COMPARISONS = new TreeMap<>(Map.of(
            "==", Comparison::equal,
            "!=", (a, b, budget) -> !Comparison.equal(a, b, budget),
            "<", (a, b, budget) -> Comparison.order(a, b, budget) < 0,
            "<=", (a, b, budget) -> Comparison.order(a, b, budget) <= 0,
            ">", (a, b, budget) -> Comparison.order(a, b, budget) > 0,
            ">=", (a, b, budget) -> Comparison.order(a, b, budget) >= 0,
            "in", (a, b, budget) -> Comparison.contains(b, a, budget),
            "not in", (a, b, budget) -> !Comparison.contains(b, a, budget)));

    private static final Map<String, Operation> FILTERS = new TreeMap<>();
    private static final Map<String, Operation> TESTS = new TreeMap<>();

    static {
        TextFilters.ALL.forEach(f -> FILTERS.put(f.name(), f));
        NumberFilters.ALL.forEach(f -> FILTERS.put(f.name(), f));
        ListFilters.ALL.forEach(f -> FILTERS.put(f.name(), f));
        ItemFilters.ALL.forEach(f -> FILTERS.put(f.name(), f));
        Tests.ALL.forEach(t -> TESTS.put(t.name(), t));
    }

    private Constructs() {}

    /** @throws Refusal if there is none of this name */
    static Operation filter(String name) {
        return known("filter", FILTERS, name);
    }

    /** @throws Refusal if there is none of this name */
    static Operation test(String name) {
        return known("test", TESTS, name);
    }

    private static Operation known(String kind, Map<String, Operation> table, String name) {
        Operation operation = table.get(name);
        if (operation == null) {
            throw new Refusal("the " + kind + " " + Refusal.quote(name) + " is not supported here");
        }
        return operation;
    }

    /** Refuses a filter or test that another filter names in its arguments, as {@code map('upper')} does. */
    static void requireInner(String filter, Arguments arguments) {
        int place = Set.of("selectattr", "rejectattr").contains(filter) ? 1 : 0;
        if (arguments.positional().size() > place
                && arguments.positional().get(place) instanceof Expr.Literal literal
                && literal.value() instanceof String name) {
            if (filter.equals("map")) {
                filter(name);
            } else if (Set.of("select", "reject", "selectattr", "rejectattr").contains(filter)) {
                test(name);
            }
        }
    }

    /**
     * Every row of the table: its kind, a space and its name, such as {@code filter join} or {@code str method strip}.
     */
    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        StatementParser.tags().forEach(name -> all.add("tag " + name));
        FILTERS.keySet().forEach(name -> all.add("filter " + name));
        TESTS.keySet().forEach(name -> all.add("test " + name));
        Functions.all().keySet().forEach(name -> all.add("function " + name));
        Methods.TYPES.forEach(type -> Methods.of(type).keySet().forEach(name -> all.add(type + " method " + name)));
        Loop.FIELDS.keySet().forEach(name -> all.add("loop field " + name));
        Arithmetic.operators().forEach(name -> all.add("operator " + name));
        COMPARISONS.keySet().forEach(name -> all.add("comparison " + name));
        for (Class<?> kind : Expr.class.getPermittedSubclasses()) {
            all.add("expression " + kind.getSimpleName());
        }
        for (Class<?> kind : Statement.class.getPermittedSubclasses()) {
            all.add("statement " + kind.getSimpleName());
        }
        return all;
    }

    /** A row's name as a template writes it, with arguments: {@code join(d, attribute)}. */
    static String written(String row) {
        String name = row.substring(row.lastIndexOf(' ') + 1);
        Operation operation = row.startsWith("filter ")
                ? FILTERS.get(name)
                : row.startsWith("test ")
                        ? TESTS.get(name)
                        : row.startsWith("function ")
                                ? Functions.all().get(name)
                                : row.contains(" method ")
                                        ? Methods.of(row.substring(0, row.indexOf(' ')))
                                                .get(name)
                                        : null;
        return operation == null ? row.substring(row.indexOf(' ') + 1) : operation.written();
    }
}
