package sightline.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.template.Statement.Signature;

/** Runs the statements of one template once. */
final class Interpreter {
    private enum After {
        NEXT,
        BREAK,
        CONTINUE
    }

    private final Scoping scoping;
    private final Budget budget = new Budget();
    private final Evaluator evaluator = new Evaluator(budget, this::call);
    private StringBuilder out = new StringBuilder();

    private Interpreter(Scoping scoping) {
        this.scoping = scoping;
    }

    /**
     * What the template prints.
     *
     * @throws TemplateException if it cannot be rendered
     */
    static String render(List<Statement> template, Scoping scoping, Map<String, Object> context) {
        Interpreter interpreter = new Interpreter(scoping);
        try {
            Map<String, Object> variables = new HashMap<>(Functions.context());
            context.forEach((name, value) -> variables.put(name, Values.of(value)));
            TemplateScope scope = new TemplateScope(scoping.root(), null, variables::get);
            scope.begin();
            interpreter.all(template, scope);
            return interpreter.out.toString();
        } catch (Refusal e) {
            throw e.at(interpreter.evaluator.line());
        }
    }

    private After all(List<Statement> statements, TemplateScope scope) {
        budget.enter();
        for (Statement statement : statements) {
            After after = one(statement, scope);
            if (after != After.NEXT) {
                budget.leave();
                return after;
            }
        }
        budget.leave();
        return After.NEXT;
    }

    private After one(Statement statement, TemplateScope scope) {
        budget.charge(1);
        if (statement instanceof Statement.Text text) {
            print(text.text());
        } else if (statement instanceof Statement.Print print) {
            Object value = evaluator.value(print.value(), scope);
            evaluator.at(print.line());
            print(Repr.str(value, budget));
        } else if (statement instanceof Statement.If choice) {
            for (Statement.Branch branch : choice.branches()) {
                if (evaluator.truth(branch.test(), scope)) {
                    return all(branch.body(), scope);
                }
            }
            return all(choice.otherwise(), scope);
        } else if (statement instanceof Statement.For loop) {
            return loop(loop, scope);
        } else if (statement instanceof Statement.Jump jump) {
            return jump.ends() ? After.BREAK : After.CONTINUE;
        } else if (statement instanceof Statement.Set set) {
            Assignment.require(set.target(), scope);
            Assignment.set(set.target(), evaluator.value(set.value(), scope), scope, budget);
        } else if (statement instanceof Statement.Define macro) {
            scope.set(macro.signature().name(), new Macro(macro.signature(), scope));
        } else if (statement instanceof Statement.CallBlock block) {
            Macro caller = new Macro(block.signature(), scope);
            print(Repr.str(evaluator.callWith(block.call(), caller, scope), budget));
        } else if (statement instanceof Statement.Generation generation) {
            print(call(new Macro(generation.signature(), scope), Given.NOTHING));
        } else {
            return block(statement, scope);
        }
        return After.NEXT;
    }

    private After block(Statement statement, TemplateScope scope) {
        TemplateScope inner = scope.inner(scoping.body(statement));
        inner.begin();
        if (statement instanceof Statement.With with) {
            for (int i = 0; i < with.targets().size(); i++) {
                Assignment.set(
                        with.targets().get(i), evaluator.value(with.values().get(i), scope), inner, budget);
            }
            After after = all(with.body(), inner);
            inner.leave();
            return after;
        }
        StringBuilder around = out;
        out = new StringBuilder();
        boolean sets = statement instanceof Statement.SetBlock;
        After after =
                all(sets ? ((Statement.SetBlock) statement).body() : ((Statement.FilterBlock) statement).body(), inner);
        Object captured = out.toString();
        out = around;
        if (after != After.NEXT) { // a jump out of the block leaves what it captured behind
            return after;
        }
        for (Expr.FilterCall filter :
                sets ? ((Statement.SetBlock) statement).filters() : ((Statement.FilterBlock) statement).filters()) {
            captured = evaluator.filter(captured, filter, inner);
        }
        if (statement instanceof Statement.SetBlock set) {
            Assignment.require(set.target(), scope);
            Assignment.set(set.target(), captured, scope, budget);
        } else {
            print(Repr.str(captured, budget));
        }
        inner.leave();
        return After.NEXT;
    }

    private void print(String text) {
        budget.charge(text);
        out.append(text);
    }

    private After loop(Statement.For loop, TemplateScope scope) {
        Object items = evaluator.value(loop.items(), scope);
        if (loop.recursive()) {
            print(recurse(loop, items, 0, scope));
            return After.NEXT;
        }
        return run(loop, items, 0, scope);
    }

    private String recurse(Statement.For loop, Object items, long depth, TemplateScope scope) {
        StringBuilder around = out;
        out = new StringBuilder();
        budget.enter();
        run(loop, items, depth, scope);
        budget.leave();
        String printed = out.toString();
        out = around;
        return printed;
    }

    private After run(Statement.For loop, Object items, long depth, TemplateScope scope) {
        TemplateScope body = scope.inner(scoping.body(loop));
        evaluator.at(loop.line());
        Object taken = loop.condition() == null
                ? items
                : new Lazy(new FilteredItems(
                        loop, Values.iterate(items), scope.inner(scoping.condition(loop)), evaluator));
        Loop state = new Loop(
                taken, budget, loop.recursive() ? (other, deeper) -> recurse(loop, other, deeper, scope) : null, depth);
        boolean named = scoping.body(loop).loads().containsKey("loop");
        boolean empty = true; // as Jinja2 counts: no item's body came to its end
        for (Object item = state.next(); item != null; item = state.next()) {
            budget.charge(1);
            evaluator.at(loop.line());
            Assignment.set(loop.target(), item, body, budget);
            if (named) {
                body.set("loop", state);
            }
            body.begin();
            After after = all(loop.body(), body);
            if (after == After.BREAK) {
                break;
            }
            empty &= after == After.CONTINUE;
        }
        if (!loop.recursive()) {
            body.leave();
        }
        if (!empty || loop.otherwise().isEmpty()) {
            return After.NEXT;
        }
        TemplateScope otherwise = scope.inner(scoping.otherwise(loop));
        otherwise.begin();
        After after = all(loop.otherwise(), otherwise);
        otherwise.leave();
        return after;
    }

    private String call(Macro macro, Given given) {
        Signature signature = macro.signature();
        String title = "the macro " + Refusal.quote(signature.name());
        if (macro.around().left()) {
            throw new Refusal(title + " is called after the block that defines it");
        }
        int first = evaluator.line();
        budget.enter();
        TemplateScope scope = macro.around().inner(scoping.body(signature));
        Map<String, Object> named = new LinkedHashMap<>(given.named());
        List<String> parameters = signature.parameters();
        int count = Math.min(parameters.size(), given.positional().size());
        for (int i = 0; i < parameters.size(); i++) {
            Object value = i < count ? given.positional().get(i) : named.remove(parameters.get(i));
            if (value != null) {
                scope.set(parameters.get(i), value);
            }
        }
        special(
                signature,
                scope,
                title,
                named,
                given.positional().subList(count, given.positional().size()));
        scope.begin();
        for (int i = 0; i < parameters.size(); i++) {
            if (scope.find(parameters.get(i)) == null) {
                int ofDefaults = i - parameters.size() + signature.defaults().size();
                scope.set(
                        parameters.get(i),
                        ofDefaults < 0
                                ? new Undefined("the parameter " + Refusal.quote(parameters.get(i)) + " was not given")
                                : evaluator.value(signature.defaults().get(ofDefaults), scope));
            }
        }
        StringBuilder around = out;
        out = new StringBuilder();
        all(signature.body(), scope);
        String printed = out.toString();
        out = around;
        budget.leave();
        evaluator.at(first);
        return printed;
    }

    /** Sets {@code caller}, {@code kwargs} and {@code varargs} where the macro asks for them, and refuses what is left. */
    private void special(
            Signature signature,
            TemplateScope scope,
            String title,
            Map<String, Object> named,
            List<Object> positional) {
        Set<String> asked = scoping.special(signature);
        if (asked.contains("caller")) {
            Object caller = named.remove("caller");
            scope.set("caller", caller == null || caller == None.NONE ? new Undefined("there is no caller") : caller);
        }
        if (asked.contains("kwargs")) {
            Dict kwargs = new Dict();
            named.forEach(kwargs::put);
            scope.set("kwargs", kwargs);
        } else if (!named.isEmpty()) {
            throw new Refusal(title + " has no parameter "
                    + Refusal.quote(named.keySet().iterator().next()));
        }
        if (asked.contains("varargs")) {
            scope.set("varargs", new Tuple(List.copyOf(positional)));
        } else if (!positional.isEmpty()) {
            throw new Refusal(
                    title + " takes no more than " + signature.parameters().size() + " arguments");
        }
    }
}
