package sightline.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import sightline.template.Statement.Branch;
import sightline.template.Statement.Signature;
import sightline.template.Statement.Target;

/** Finds the scopes of a template and whose each name is, in the order in which Jinja2's compiler looks at them. */
final class Scoping {
    private static final Set<String> OF_MACROS = Set.of("caller", "kwargs", "varargs");

    /** By the statement that opens the scope; the branches of a loop have their own. */
    private final IdentityHashMap<Object, Symbols> bodies = new IdentityHashMap<>();

    private final IdentityHashMap<Statement.For, Symbols> conditions = new IdentityHashMap<>();
    private final IdentityHashMap<Statement.For, Symbols> otherwise = new IdentityHashMap<>();
    private final IdentityHashMap<Signature, Set<String>> special = new IdentityHashMap<>();
    private final Symbols root = new Symbols(null);

    Scoping(List<Statement> template) {
        visit(template, root);
        open(template, root);
    }

    Symbols root() {
        return root;
    }

    /** The variables and functions that the template takes from outside. */
    Set<String> fromContext() {
        Set<String> names = new HashSet<>();
        List<Symbols> all = new ArrayList<>(bodies.values());
        all.addAll(conditions.values());
        all.addAll(otherwise.values());
        all.add(root);
        for (Symbols symbols : all) {
            symbols.loads().forEach((name, load) -> {
                if (load == Symbols.Load.CONTEXT) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    /** Of the body of a loop, block or macro ({@link Signature}). */
    Symbols body(Object statement) {
        return bodies.get(statement);
    }

    Symbols condition(Statement.For loop) {
        return conditions.get(loop);
    }

    Symbols otherwise(Statement.For loop) {
        return otherwise.get(loop);
    }

    /** Which of {@code caller}, {@code kwargs} and {@code varargs} a macro asks for. */
    Set<String> special(Signature macro) {
        return special.get(macro);
    }

    /** Opens the scopes inside statements whose own names are known. */
    private void open(List<Statement> statements, Symbols around) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.If choice) {
                choice.branches().forEach(b -> open(b.body(), around));
                open(choice.otherwise(), around);
            } else if (statement instanceof Statement.For loop) {
                openLoop(loop, around);
            } else if (statement instanceof Statement.SetBlock set) {
                Symbols inner = inner(set, around);
                visit(set.body(), inner);
                for (Expr.FilterCall filter : set.filters()) {
                    Names.of(filter.arguments(), name -> requireKnown(inner, name, filter.line()));
                }
                open(set.body(), inner);
            } else if (statement instanceof Statement.With with) {
                Symbols inner = inner(with, around);
                with.targets().forEach(t -> parameter(t, inner));
                visit(with.body(), inner);
                open(with.body(), inner);
            } else if (statement instanceof Statement.FilterBlock filters) {
                Symbols inner = inner(filters, around);
                visit(filters.body(), inner);
                filters.filters().forEach(f -> Names.of(f.arguments(), inner::load));
                open(filters.body(), inner);
            } else if (statement instanceof Statement.Define macro) {
                openMacro(macro.signature(), macro.line(), around);
            } else if (statement instanceof Statement.CallBlock call) {
                openMacro(call.signature(), call.line(), around);
            } else if (statement instanceof Statement.Generation generation) {
                openMacro(generation.signature(), generation.line(), around);
            }
        }
    }

    private Symbols inner(Object statement, Symbols around) {
        Symbols inner = new Symbols(around);
        bodies.put(statement, inner);
        return inner;
    }

    private void openLoop(Statement.For loop, Symbols around) {
        if (Names.sets(List.of(loop), "loop")) {
            throw new Refusal("'loop' is set inside a loop").at(loop.line());
        }
        Symbols inner = inner(loop, around);
        if (usesLoop(loop)) {
            inner.parameter("loop");
        }
        parameter(loop.target(), inner);
        visit(loop.body(), inner);
        Symbols test = new Symbols(around);
        parameter(loop.target(), test);
        if (loop.condition() != null) {
            Names.of(loop.condition(), test::load);
        }
        conditions.put(loop, test);
        Symbols last = new Symbols(around);
        visit(loop.otherwise(), last);
        otherwise.put(loop, last);
        open(loop.body(), inner);
        open(loop.otherwise(), last);
    }

    /** Whether the body asks for {@code loop}. */
    private static boolean usesLoop(Statement.For loop) {
        return loop.recursive()
                || !Names.undeclared(loop.body(), Set.of("loop")).isEmpty();
    }

    private void openMacro(Signature macro, int line, Symbols around) {
        Symbols inner = inner(macro, around);
        macro.parameters().forEach(inner::parameter);
        macro.defaults().forEach(d -> Names.of(d, inner::load));
        visit(macro.body(), inner);
        Set<String> asked = new HashSet<>(Names.undeclared(macro.body(), OF_MACROS));
        if (asked.contains("caller") && macro.parameters().contains("caller")) {
            throw new Refusal("a parameter called 'caller' is not supported here").at(line);
        }
        asked.removeAll(macro.parameters());
        asked.forEach(inner::parameter);
        special.put(macro, asked);
        open(macro.body(), inner);
    }

    private static void requireKnown(Symbols symbols, String name, int line) {
        if (!symbols.knows(name)) {
            throw new Refusal("the filter of a set block uses the name " + Refusal.quote(name)
                            + ", which Jinja2 does not find there")
                    .at(line);
        }
    }

    /** The names that these statements load and set in the scope they stand in. */
    private static void visit(List<Statement> statements, Symbols symbols) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Print print) {
                Names.of(print.value(), symbols::load);
            } else if (statement instanceof Statement.If choice) {
                visitIf(choice.branches(), choice.otherwise(), symbols);
            } else if (statement instanceof Statement.For loop) {
                Names.of(loop.items(), symbols::load);
            } else if (statement instanceof Statement.Set set) {
                Names.of(set.value(), symbols::load);
                store(set.target(), symbols);
            } else if (statement instanceof Statement.SetBlock set) {
                store(set.target(), symbols);
            } else if (statement instanceof Statement.With with) {
                with.values().forEach(v -> Names.of(v, symbols::load));
            } else if (statement instanceof Statement.FilterBlock filters) {
                filters.filters().forEach(f -> Names.of(f.arguments(), symbols::load));
            } else if (statement instanceof Statement.Define macro) {
                symbols.store(macro.signature().name());
            } else if (statement instanceof Statement.CallBlock call) {
                Names.of(call.call(), symbols::load);
            }
        }
    }

    /** An {@code elif} is an {@code if} of its own in a branch beside the body and the else. */
    private static void visitIf(List<Branch> branches, List<Statement> otherwise, Symbols symbols) {
        Names.of(branches.get(0).test(), symbols::load);
        Symbols body = symbols.branch();
        visit(branches.get(0).body(), body);
        Symbols elifs = symbols.branch();
        for (Branch elif : branches.subList(1, branches.size())) {
            visitIf(List.of(elif), List.of(), elifs);
        }
        Symbols last = symbols.branch();
        visit(otherwise, last);
        symbols.join(new ArrayList<>(List.of(body, elifs, last)));
    }

    private static void store(Target target, Symbols symbols) {
        if (target instanceof Target.Variable variable) {
            symbols.store(variable.name());
        } else if (target instanceof Target.Field field) {
            symbols.load(field.name());
        } else if (target instanceof Target.Several several) {
            several.targets().forEach(t -> store(t, symbols));
        }
    }

    private static void parameter(Target target, Symbols symbols) {
        if (target instanceof Target.Variable variable) {
            symbols.parameter(variable.name());
        } else if (target instanceof Target.Several several) {
            several.targets().forEach(t -> parameter(t, symbols));
        }
    }
}
