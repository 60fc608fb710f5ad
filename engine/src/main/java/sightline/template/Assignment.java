package sightline.template;

import java.util.ArrayList;
import java.util.List;
import sightline.template.Statement.Target;

/** Gives values to the names, fields and tuples that stand left of an equals sign or behind a {@code for}. */
final class Assignment {
    private Assignment() {}

    /** Refuses a field of anything but a namespace; before the value is found, as Jinja2 does. */
    static void require(Target target, TemplateScope scope) {
        if (target instanceof Target.Field field && !(scope.get(field.name()) instanceof Namespace)) {
            throw new Refusal("the attribute " + Refusal.quote(field.attribute()) + " is set on "
                    + Values.type(scope.get(field.name())) + " and not on a namespace");
        }
        if (target instanceof Target.Several several) {
            several.targets().forEach(t -> require(t, scope));
        }
    }

    /** @throws Refusal if a value has not as many items as it is taken apart into */
    static void set(Target target, Object value, TemplateScope scope, Budget budget) {
        if (target instanceof Target.Variable variable) {
            scope.set(variable.name(), value);
        } else if (target instanceof Target.Field field) {
            ((Namespace) scope.get(field.name())).set(field.attribute(), value);
        } else {
            List<Target> targets = ((Target.Several) target).targets();
            List<Object> items = Values.list(value, budget);
            if (items.size() != targets.size()) {
                throw new Refusal(
                        Values.type(value) + " with " + items.size() + " items is taken apart into " + targets.size());
            }
            for (int i = 0; i < items.size(); i++) {
                set(targets.get(i), items.get(i), scope, budget);
            }
        }
    }

    /** What was set, several as a tuple. */
    static Object get(Target target, TemplateScope scope) {
        if (target instanceof Target.Several several) {
            List<Object> parts = new ArrayList<>();
            several.targets().forEach(t -> parts.add(get(t, scope)));
            return new Tuple(parts);
        }
        return scope.get(((Target.Variable) target).name());
    }
}
