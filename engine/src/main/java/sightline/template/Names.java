package sightline.template;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import sightline.template.Statement.Target;

/** Walks through expressions and statements, for the variables in them. */
final class Names {
    private Names() {}

    /** Every variable that an expression reads, in order. */
    static void of(Expr expr, Consumer<String> found) {
        if (expr == null) {
            return;
        }
        if (expr instanceof Expr.Name name) {
            found.accept(name.name());
        } else if (expr instanceof Expr.ListOf list) {
            list.items().forEach(e -> of(e, found));
        } else if (expr instanceof Expr.TupleOf tuple) {
            tuple.items().forEach(e -> of(e, found));
        } else if (expr instanceof Expr.DictOf dict) {
            dict.keys().forEach(e -> of(e, found));
            dict.values().forEach(e -> of(e, found));
        } else if (expr instanceof Expr.Attribute attribute) {
            of(attribute.of(), found);
        } else if (expr instanceof Expr.Item item) {
            of(item.of(), found);
            of(item.index(), found);
        } else if (expr instanceof Expr.Slice slice) {
            of(slice.of(), found);
            of(slice.start(), found);
            of(slice.stop(), found);
            of(slice.step(), found);
        } else if (expr instanceof Expr.Call call) {
            of(call.of(), found);
            of(call.arguments(), found);
        } else if (expr instanceof Expr.Filtered filtered) {
            of(filtered.value(), found);
            of(filtered.filter().arguments(), found);
        } else if (expr instanceof Expr.Tested tested) {
            of(tested.value(), found);
            of(tested.arguments(), found);
        } else {
            ofOperator(expr, found);
        }
    }

    private static void ofOperator(Expr expr, Consumer<String> found) {
        if (expr instanceof Expr.Not not) {
            of(not.value(), found);
        } else if (expr instanceof Expr.Signed signed) {
            of(signed.value(), found);
        } else if (expr instanceof Expr.Binary binary) {
            of(binary.left(), found);
            of(binary.right(), found);
        } else if (expr instanceof Expr.Joined joined) {
            joined.parts().forEach(e -> of(e, found));
        } else if (expr instanceof Expr.And and) {
            of(and.left(), found);
            of(and.right(), found);
        } else if (expr instanceof Expr.Or or) {
            of(or.left(), found);
            of(or.right(), found);
        } else if (expr instanceof Expr.Compared compared) {
            of(compared.first(), found);
            compared.others().forEach(e -> of(e, found));
        } else if (expr instanceof Expr.Conditional conditional) {
            of(conditional.test(), found);
            of(conditional.then(), found);
            of(conditional.otherwise(), found);
        } else if (!(expr instanceof Expr.Literal)) {
            throw new IllegalStateException("not walked through: " + expr);
        }
    }

    static void of(Arguments arguments, Consumer<String> found) {
        arguments.positional().forEach(e -> of(e, found));
        arguments.named().values().forEach(e -> of(e, found));
    }

    /** Whether statements, however deep, set a variable of this name other than as a parameter. */
    static boolean sets(List<Statement> statements, String name) {
        Search search = new Search(Set.of(name));
        search.all(statements);
        return search.set.contains(name);
    }

    /** Those of the names that statements, however deep, read before they set them. */
    static Set<String> undeclared(List<Statement> statements, Set<String> names) {
        Search search = new Search(names);
        search.all(statements);
        return search.read;
    }

    /** Jinja2's search through the tree, which knows no scopes and no branches, only an order. */
    private static final class Search {
        private final Set<String> open;
        private final Set<String> read = new HashSet<>();
        private final Set<String> set = new HashSet<>();

        Search(Set<String> names) {
            this.open = new HashSet<>(names);
        }

        private void read(String name) {
            if (open.contains(name)) {
                read.add(name);
            }
        }

        private void parameter(Target target) {
            if (target instanceof Target.Variable variable) {
                open.remove(variable.name());
            } else if (target instanceof Target.Several several) {
                several.targets().forEach(this::parameter);
            }
        }

        private void set(Target target) {
            if (target instanceof Target.Variable variable) {
                set.add(variable.name());
                open.remove(variable.name());
            } else if (target instanceof Target.Several several) {
                several.targets().forEach(this::set);
            }
        }

        private void filters(List<Expr.FilterCall> filters) {
            filters.forEach(f -> of(f.arguments(), this::read));
        }

        private void macro(Statement.Signature macro) {
            macro.parameters().forEach(open::remove);
            macro.defaults().forEach(d -> of(d, this::read));
            all(macro.body());
        }

        private void all(List<Statement> statements) {
            for (Statement statement : statements) {
                one(statement);
            }
        }

        private void one(Statement statement) {
            if (statement instanceof Statement.Print print) {
                of(print.value(), this::read);
            } else if (statement instanceof Statement.If choice) {
                for (Statement.Branch branch : choice.branches()) {
                    of(branch.test(), this::read);
                    all(branch.body());
                }
                all(choice.otherwise());
            } else if (statement instanceof Statement.For loop) {
                set(loop.target());
                of(loop.items(), this::read);
                all(loop.body());
                all(loop.otherwise());
                of(loop.condition(), this::read);
            } else if (statement instanceof Statement.Set assignment) {
                set(assignment.target());
                of(assignment.value(), this::read);
            } else if (statement instanceof Statement.SetBlock block) {
                set(block.target());
                filters(block.filters());
                all(block.body());
            } else if (statement instanceof Statement.With with) {
                with.targets().forEach(this::parameter);
                with.values().forEach(v -> of(v, this::read));
                all(with.body());
            } else if (statement instanceof Statement.FilterBlock block) {
                all(block.body());
                filters(block.filters());
            } else if (statement instanceof Statement.Define macro) {
                macro(macro.signature());
            } else if (statement instanceof Statement.CallBlock call) {
                of(call.call(), this::read);
                macro(call.signature());
            } else if (statement instanceof Statement.Generation generation) {
                macro(generation.signature());
            }
        }
    }
}
