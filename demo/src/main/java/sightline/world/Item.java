package sightline.world;

import java.util.Objects;

/**
 * A thing in a scene: a shape of a colour, or a being.
 *
 * @param shape null for a being
 * @param colour null for a being
 * @param being null for a shape
 * @param row of its cell
 * @param column of its cell
 * @param left in pixels
 * @param top in pixels
 * @param size its width and height in pixels
 */
record Item(Shape shape, Colour colour, Being being, int row, int column, int left, int top, int size) {
    Item {
        if (being == null) {
            Objects.requireNonNull(shape);
            Objects.requireNonNull(colour);
        }
    }

    boolean isShape() {
        return being == null;
    }

    /** All that can be said about it in two words: {@code red circle}, {@code dog}. */
    String phrase() {
        return isShape() ? colour.word() + " " + shape.word() : being.word();
    }

    boolean isBeside(Item other) {
        return Math.abs(row - other.row) + Math.abs(column - other.column) == 1;
    }
}
