package sightline.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sightline.dataset.Dataset;
import sightline.world.Kind.Asked;
import sightline.world.Kind.Claim;

/** Open questions about shapes, as in VQAv2. */
final class OpenQuestions {
    private static final String YES_NO = "yes_no";
    private static final String NUMBER = "number";
    private static final String OTHER = "other";

    static final List<Kind<ShapeScene>> ALL = List.of(
            kind("exists", 1, OpenQuestions::exists),
            kind("colour_is", 1, OpenQuestions::colourIs),
            kind("place_is", 1, OpenQuestions::placeIs),
            kind("beside_is", 1, OpenQuestions::besideIs),
            kind("time", 0.4, OpenQuestions::time),
            kind("count_all", 0.6, OpenQuestions::countAll),
            kind("count_shape", 1, OpenQuestions::countShape),
            kind("count_colour", 1, OpenQuestions::countColour),
            kind("colour_of", 1, OpenQuestions::colourOf),
            kind("shape_of", 1, OpenQuestions::shapeOf),
            kind("colour_beside", 1.5, OpenQuestions::colourBeside),
            kind("shape_beside", 1.5, OpenQuestions::shapeBeside));

    private OpenQuestions() {}

    private static Kind<ShapeScene> kind(String name, double weight, Kind.Maker<ShapeScene> maker) {
        return new Kind<>(name, Dataset.VQAV2, weight, maker);
    }

    /** No: neither a colour nor a shape of its own need be missing, only the two together. */
    private static Optional<Asked> exists(ShapeScene scene, Dice dice) {
        List<Claim> yes = new ArrayList<>();
        List<Claim> no = new ArrayList<>();
        for (Colour colour : scene.colours()) {
            for (Shape shape : scene.shapeNames()) {
                String question = (colour == Colour.ORANGE ? "Is there an " : "Is there a ") + colour.word() + " "
                        + shape.word() + "?";
                List<Item> found = scene.shapes(item -> item.colour() == colour && item.shape() == shape);
                (found.isEmpty() ? no : yes).add(new Claim(question, scene.places(found)));
            }
        }
        return Kind.fair(dice, YES_NO, yes, no);
    }

    /** No: another colour of the scene. */
    private static Optional<Asked> colourIs(ShapeScene scene, Dice dice) {
        List<Claim> yes = new ArrayList<>();
        List<Claim> no = new ArrayList<>();
        for (Item item : scene.shapes(item -> scene.count(item.shape()) == 1)) {
            for (Colour colour : scene.colours()) {
                (item.colour() == colour ? yes : no)
                        .add(new Claim(
                                "Is the " + item.shape().word() + " " + colour.word() + "?", scene.places(item)));
            }
        }
        return Kind.fair(dice, YES_NO, yes, no);
    }

    /** Yes and no about one thing and halves of the picture; about two things it was not learnt in an hour. */
    private static Optional<Asked> placeIs(ShapeScene scene, Dice dice) {
        List<Claim> yes = new ArrayList<>();
        List<Claim> no = new ArrayList<>();
        for (Item item : scene.items()) {
            for (String name : scene.names(item)) {
                for (Half half : Half.values()) {
                    String question = "Is the " + name + " " + half.words() + "?";
                    (half.holds(scene, item) ? yes : no).add(new Claim(question, scene.places(item)));
                }
            }
        }
        return Kind.fair(dice, YES_NO, yes, no);
    }

    private static Optional<Asked> besideIs(ShapeScene scene, Dice dice) {
        List<Claim> yes = new ArrayList<>();
        List<Claim> no = new ArrayList<>();
        for (Beside beside : Beside.all(scene)) {
            if (!beside.found().isShape()) {
                continue;
            }
            for (Colour colour : scene.colours()) {
                if (!beside.anchor().equals(colour.word() + " shape")) { // a colour that occurs but once: always no
                    String question = "Is the shape " + beside.words() + " " + colour.word() + "?";
                    (beside.found().colour() == colour ? yes : no)
                            .add(new Claim(question, scene.places(beside.found())));
                }
            }
        }
        return Kind.fair(dice, YES_NO, yes, no);
    }

    private static Optional<Asked> time(ShapeScene scene, Dice dice) {
        List<Claim> yes = new ArrayList<>();
        List<Claim> no = new ArrayList<>();
        for (Backdrop backdrop : Backdrop.values()) {
            (backdrop == scene.backdrop() ? yes : no).add(new Claim("Is it " + backdrop.word() + "?", scene.tiles()));
        }
        return Kind.fair(dice, YES_NO, yes, no);
    }

    private static Optional<Asked> countAll(ShapeScene scene, Dice dice) {
        return Asked.open(
                        NUMBER,
                        "How many shapes are there?",
                        Integer.toString(scene.shapes().size()))
                .map(asked -> asked.shownAt(scene.tiles()));
    }

    /** Large counts are rare in scenes, so they are sought more often: then answers come out about even. */
    static int countToAsk(Dice dice) {
        return dice.weighted(0.13, 0.15, 0.25, 0.47);
    }

    private static Optional<Asked> countShape(ShapeScene scene, Dice dice) {
        int count = countToAsk(dice);
        List<Shape> fit = Arrays.stream(Shape.values())
                .filter(shape -> scene.count(shape) == count)
                .toList();
        return fit.isEmpty()
                ? Optional.empty()
                : Asked.open(NUMBER, "How many " + dice.pick(fit).words() + " are there?", Integer.toString(count))
                        .map(asked -> asked.shownAt(scene.tiles()));
    }

    private static Optional<Asked> countColour(ShapeScene scene, Dice dice) {
        int count = countToAsk(dice);
        List<Colour> fit = Arrays.stream(Colour.values())
                .filter(colour -> scene.count(colour) == count)
                .toList();
        return fit.isEmpty()
                ? Optional.empty()
                : Asked.open(
                                NUMBER,
                                "How many " + dice.pick(fit).word() + " shapes are there?",
                                Integer.toString(count))
                        .map(asked -> asked.shownAt(scene.tiles()));
    }

    private static Optional<Asked> colourOf(ShapeScene scene, Dice dice) {
        List<Item> unique = scene.shapes(item -> scene.count(item.shape()) == 1);
        if (unique.isEmpty()) {
            return Optional.empty();
        }
        Item item = dice.pick(unique);
        return Asked.open(
                        OTHER,
                        "What colour is the " + item.shape().word() + "?",
                        item.colour().word())
                .map(asked -> asked.shownAt(scene.places(item)));
    }

    private static Optional<Asked> shapeOf(ShapeScene scene, Dice dice) {
        List<Item> unique = scene.shapes(item -> scene.count(item.colour()) == 1);
        if (unique.isEmpty()) {
            return Optional.empty();
        }
        Item item = dice.pick(unique);
        return Asked.open(
                        OTHER,
                        "Which shape is " + item.colour().word() + "?",
                        item.shape().word())
                .map(asked -> asked.shownAt(scene.places(item)));
    }

    private static Optional<Asked> colourBeside(ShapeScene scene, Dice dice) {
        return Beside.pick(scene, dice, Item::isShape).flatMap(beside -> Asked.open(
                        OTHER,
                        "What colour is the shape " + beside.words() + "?",
                        beside.found().colour().word())
                .map(asked -> asked.shownAt(scene.places(beside.found()))));
    }

    private static Optional<Asked> shapeBeside(ShapeScene scene, Dice dice) {
        return Beside.pick(scene, dice, Item::isShape).flatMap(beside -> Asked.open(
                        OTHER,
                        "Which shape is " + beside.words() + "?",
                        beside.found().shape().word())
                .map(asked -> asked.shownAt(scene.places(beside.found()))));
    }
}
