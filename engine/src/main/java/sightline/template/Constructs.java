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

    /** How each kind of expression is written. */
    static final Map<Class<?>, String> SYNTAX = Map.ofEntries(
            Map.entry(Expr.Literal.class, "'a' 1 1.5 true none"),
            Map.entry(Expr.Name.class, "name"),
            Map.entry(Expr.ListOf.class, "[a, b]"),
            Map.entry(Expr.TupleOf.class, "(a, b)"),
            Map.entry(Expr.DictOf.class, "{a: b}"),
            Map.entry(Expr.Attribute.class, "a.b"),
            Map.entry(Expr.Item.class, "a[b]"),
            Map.entry(Expr.Slice.class, "a[b:c:d]"),
            Map.entry(Expr.Call.class, "a(b, c=d)"),
            Map.entry(Expr.Filtered.class, "a | b"),
            Map.entry(Expr.Tested.class, "a is b"),
            Map.entry(Expr.Not.class, "not a"),
            Map.entry(Expr.Signed.class, "-a"),
            Map.entry(Expr.Binary.class, "a + b"),
            Map.entry(Expr.Joined.class, "a ~ b"),
            Map.entry(Expr.And.class, "a and b"),
            Map.entry(Expr.Or.class, "a or b"),
            Map.entry(Expr.Compared.class, "a == b"),
            Map.entry(Expr.Conditional.class, "a if b else c"));

    /** What the lexer and the tags know beside their names. */
    private static final Set<String> OTHER = Set.of(
            "{{ a }}",
            "{# comment #}",
            "{% raw %}",
            "{%- -%}",
            "{%+ +%}",
            "{% elif a %}",
            "{% else %}",
            "{% for a, b in c %}",
            "{% for a in b if c %}",
            "{% for a in b recursive %}",
            "{% set a.b = c %}",
            "{% set a %}",
            "{% call(a) b() %}",
            "caller()",
            "kwargs",
            "varargs");

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
     * Every row of the table: its kind, a colon and how it is written, such as {@code filter: join(d, attribute)} or
     * {@code str method: strip(chars)}.
     */
    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        StatementParser.tags().forEach(name -> all.add("tag: " + name));
        OTHER.forEach(written -> all.add("syntax: " + written));
        SYNTAX.values().forEach(written -> all.add("syntax: " + written));
        Arithmetic.operators().forEach(name -> all.add("operator: " + name));
        COMPARISONS.keySet().forEach(name -> all.add("operator: " + name));
        Loop.FIELDS.keySet().forEach(name -> all.add("loop: " + name));
        FILTERS.values().forEach(filter -> all.add("filter: " + filter.written()));
        TESTS.values().forEach(test -> all.add("test: " + test.written()));
        Functions.all().values().forEach(function -> all.add("function: " + function.written()));
        for (String type : Methods.TYPES) {
            Methods.of(type).values().forEach(method -> all.add(type + " method: " + method.written()));
        }
        return all;
    }
}
