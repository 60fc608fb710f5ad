package sightline.template;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The items of a loop for which its condition holds, each looked at when its turn comes.
 *
 * <p>Jinja2 hands on what the target holds, so that a list that was taken apart becomes a tuple.
 */
final class FilteredItems implements Iterator<Object> {
    private final Statement.For loop;
    private final Iterator<Object> items;
    private final TemplateScope scope;
    private final Evaluator evaluator;
    private boolean begun;
    private Object next;

    /** @param scope of the condition */
    FilteredItems(Statement.For loop, Iterator<Object> items, TemplateScope scope, Evaluator evaluator) {
        this.loop = loop;
        this.items = items;
        this.scope = scope;
        this.evaluator = evaluator;
    }

    @Override
    public boolean hasNext() {
        if (!begun) {
            scope.begin();
            begun = true;
        }
        while (next == null && items.hasNext()) {
            Assignment.set(loop.target(), items.next(), scope, evaluator.budget());
            if (evaluator.truth(loop.condition(), scope)) {
                next = Assignment.get(loop.target(), scope);
            }
        }
        return next != null;
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Object item = next;
        next = null;
        return item;
    }
}
