package sightline.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Elements of a page, looked up anew at each use. What acts on one element takes the first, and fails without one. */
public final class Elements {
    private final Page page;
    /** A JavaScript expression of an array. */
    private final String expression;

    Elements(Page page, String expression) {
        this.page = page;
        this.expression = expression;
    }

    /** A rectangle of what is visible, in CSS pixels. */
    public record Box(double x, double y, double width, double height) {}

    /** Those within these that a selector names. */
    public Elements all(String selector) {
        return new Elements(
                page, expression + ".flatMap(e => [...e.querySelectorAll(" + TextNode.valueOf(selector) + ")])");
    }

    /** The one at a place, counted from 0. */
    public Elements nth(int index) {
        return new Elements(page, expression + ".slice(" + index + ", " + (index + 1) + ")");
    }

    /** How many there are. */
    public int count() {
        return page.evaluate(expression + ".length").intValue();
    }

    /** What a JavaScript function makes of the first. */
    public JsonNode evaluate(String function) {
        if (count() == 0) {
            throw new AssertionError("there is no element " + expression);
        }
        return page.evaluate("(" + function + ")(" + expression + "[0])");
    }

    /** The first one's text, as it is shown. */
    public String text() {
        return evaluate("e => e.innerText").asText();
    }

    /** The text of each, as it is shown. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        page.evaluate(expression + ".map(e => e.innerText)").forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** What the first holds, as HTML. */
    public String html() {
        return evaluate("e => e.innerHTML").asText();
    }

    /** Whether there is a first one, and it takes up room and is not hidden. */
    public boolean isVisible() {
        return count() > 0
                && evaluate("e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width > 0")
                        .booleanValue();
    }

    /** Gives the first the keyboard. */
    public void focus() {
        evaluate("e => e.focus()");
    }

    /** Scrolls until the first is seen. */
    public void scrollTo() {
        evaluate("e => e.scrollIntoView({block: 'nearest', behavior: 'instant'})");
    }

    /** Where the first is. */
    public Box box() {
        JsonNode box = evaluate(
                "e => { const b = e.getBoundingClientRect(); return {x: b.x, y: b.y, width: b.width, height: b.height}; }");
        return new Box(
                box.get("x").doubleValue(),
                box.get("y").doubleValue(),
                box.get("width").doubleValue(),
                box.get("height").doubleValue());
    }

    /** Waits for the first to be seen, and for nothing to lie over its middle; then that middle. */
    private Box middle() {
        Page.await(expression + " is visible", this::isVisible);
        scrollTo();
        Page.await("nothing lies over the middle of " + expression, () -> evaluate(
                        "e => { const b = e.getBoundingClientRect();"
                                + " const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);"
                                + " return e.contains(top) || Boolean(top && top.contains(e) && top.closest('label')); }")
                .booleanValue());
        Box box = box();
        return new Box(box.x() + box.width() / 2, box.y() + box.height() / 2, 0, 0);
    }

    /** Moves the mouse to the first. */
    public void hover() {
        Box middle = middle();
        page.move(middle.x(), middle.y());
    }

    /** Clicks the first with the mouse. */
    public void click() {
        Box middle = middle();
        page.click(middle.x(), middle.y());
    }
}
