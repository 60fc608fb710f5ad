package sightline.template;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that one scope of a template has of its own, and where each has its value from when the scope begins.
 *
 * <p>Jinja2 settles this before anything runs: a name that a scope sets anywhere is its own from its beginning.
 */
final class Symbols {
    /** Where a name's first value comes from. */
    enum Load {
        /** Whoever opens the scope sets it. */
        PARAMETER,
        /** The variables the template is rendered with, and the functions of the table. */
        CONTEXT,
        /** The same name in the scope around. */
        OUTER,
        /** Nowhere: it is undefined. */
        NOTHING
    }

    private final Symbols outer;
    private final Map<String, Load> loads = new LinkedHashMap<>();
    private final Set<String> stores = new HashSet<>();

    Symbols(Symbols outer) {
        this.outer = outer;
    }

    Map<String, Load> loads() {
        return loads;
    }

    boolean knows(String name) {
        return loads.containsKey(name) || (outer != null && outer.knows(name));
    }

    void parameter(String name) {
        stores.add(name);
        loads.put(name, Load.PARAMETER);
    }

    void store(String name) {
        stores.add(name);
        if (!loads.containsKey(name)) {
            loads.put(name, outer != null && outer.knows(name) ? Load.OUTER : Load.NOTHING);
        }
    }

    void load(String name) {
        if (!knows(name)) {
            loads.put(name, Load.CONTEXT);
        }
    }

    /** What one branch of an {@code if} starts with. */
    Symbols branch() {
        Symbols copy = new Symbols(outer);
        copy.loads.putAll(loads);
        copy.stores.addAll(stores);
        return copy;
    }

    /** Takes over what the branches set: a name that only some of them set keeps its value in the others. */
    void join(List<Symbols> branches) {
        Set<String> added = new HashSet<>();
        branches.forEach(branch -> added.addAll(branch.stores));
        added.removeAll(stores);
        for (Symbols branch : branches) {
            loads.putAll(branch.loads);
            stores.addAll(branch.stores);
        }
        for (String name : added) {
            loads.put(name, outer != null && outer.knows(name) ? Load.OUTER : Load.CONTEXT);
        }
    }
}
