package sightline.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something found by way of its neighbour: {@code just left of the circle}.
 *
 * @param anchor how the neighbour is called
 * @param found what lies in the cell beside it
 */
record Beside(Side side, String anchor, Item found) {
    String words() {
        return "just " + side.words() + " the " + anchor;
    }

    /** Whether the anchor's name alone tells that this is not what was found. */
    boolean rulesOut(String phrase) {
        String colour = anchor.replace(" shape", "");
        return phrase.equals(anchor) || phrase.endsWith(" " + anchor) || phrase.startsWith(colour + " ");
    }

    /** All that a scene offers. */
    static List<Beside> all(ShapeScene scene) {
        List<Beside> all = new ArrayList<>();
        for (Item item : scene.items()) {
            for (Side side : Side.values()) {
                side.next(scene, item)
                        .ifPresent(found -> scene.names(item).forEach(name -> all.add(new Beside(side, name, found))));
            }
        }
        return all;
    }

    /** One whose found item is wanted. */
    static Optional<Beside> pick(ShapeScene scene, Dice dice, Predicate<Item> wanted) {
        List<Beside> all = all(scene).stream()
                .filter(beside -> wanted.test(beside.found()))
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(dice.pick(all));
    }
}
