package sightline.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sightline.dataset.Dataset;
import sightline.world.Kind.Asked;

/** Questions about shapes with four answers to choose from, as in Visual7W. */
final class ChoiceQuestions {
    private static final int CHOICES = 4;
    private static final String NOBODY = "nobody";

    static final List<Kind<ShapeScene>> ALL = List.of(
            kind("what_there", 1.5, ChoiceQuestions::whatThere),
            kind("what_beside", 1.5, ChoiceQuestions::whatBeside),
            kind("what_colour", 0.7, ChoiceQuestions::colour),
            kind("where_part", 1.5, ChoiceQuestions::wherePart),
            kind("how_many", 1, ChoiceQuestions::howMany),
            kind("who_there", 0.8, ChoiceQuestions::whoThere),
            kind("who_beside", 1.2, ChoiceQuestions::whoBeside),
            kind("when", 0.7, ChoiceQuestions::when),
            kind("why", 1.2, ChoiceQuestions::why));

    private ChoiceQuestions() {}

    private static Kind<ShapeScene> kind(String name, double weight, Kind.Maker<ShapeScene> maker) {
        return new Kind<>(name, Dataset.VISUAL7W, weight, maker);
    }

    /** @param wrong in order of preference; the answer itself may be among them */
    private static Optional<Asked> choose(
            Dice dice, String category, String question, String answer, Stream<String> wrong) {
        Set<String> choices = new LinkedHashSet<>();
        choices.add(answer);
        wrong.takeWhile(any -> choices.size() < CHOICES).forEach(choices::add);
        return choices.size() < CHOICES
                ? Optional.empty()
                : Optional.of(new Asked(category, question, answer, dice.shuffled(List.copyOf(choices))));
    }

    /** Colours with shapes; all colours and shapes come from the scene as far as they go. */
    private static List<String> absent(ShapeScene scene, Dice dice) {
        List<String> near = new ArrayList<>();
        List<String> far = new ArrayList<>();
        for (Colour colour : Colour.values()) {
            for (Shape shape : Shape.values()) {
                if (!scene.holds(colour, shape)) {
                    boolean known = scene.count(colour) > 0 && scene.count(shape) > 0;
                    (known ? near : far).add(colour.word() + " " + shape.word());
                }
            }
        }
        return Stream.concat(dice.shuffled(near).stream(), dice.shuffled(far).stream())
                .toList();
    }

    private static List<String> phrases(List<Item> items) {
        return items.stream().map(Item::phrase).distinct().toList();
    }

    private static Optional<Asked> whatThere(ShapeScene scene, Dice dice) {
        List<Item> alone = scene.items().stream()
                .filter(item -> scene.items().stream()
                                .filter(other -> quarter(scene, other).equals(quarter(scene, item)))
                                .count()
                        == 1)
                .toList();
        if (alone.isEmpty()) {
            return Optional.empty();
        }
        Item item = dice.pick(alone);
        return choose(
                        dice,
                        "what",
                        "What is at the " + quarter(scene, item) + "?",
                        item.phrase(),
                        Stream.concat(dice.shuffled(phrases(scene.items())).stream(), absent(scene, dice).stream()))
                .map(asked -> asked.shownAt(scene.places(item)));
    }

    private static Optional<Asked> whatBeside(ShapeScene scene, Dice dice) {
        return Beside.pick(scene, dice, item -> true).flatMap(beside -> choose(
                        dice,
                        "what",
                        "What is " + beside.words() + "?",
                        beside.found().phrase(),
                        Stream.concat(dice.shuffled(phrases(scene.items())).stream(), absent(scene, dice).stream())
                                .filter(phrase -> !beside.rulesOut(phrase)))
                .map(asked -> asked.shownAt(scene.places(beside.found()))));
    }

    /** Those of the scene first. */
    private static Stream<String> shapes(ShapeScene scene, Dice dice) {
        return Stream.concat(
                        dice.shuffled(scene.shapeNames()).stream(),
                        dice.shuffled(Arrays.asList(Shape.values())).stream())
                .map(Shape::word);
    }

    private static Optional<Asked> colour(ShapeScene scene, Dice dice) {
        List<Item> unique = scene.shapes(item -> scene.count(item.shape()) == 1);
        if (unique.isEmpty()) {
            return Optional.empty();
        }
        Item item = dice.pick(unique);
        Stream<Colour> others = Stream.concat(
                dice.shuffled(scene.colours()).stream(), dice.shuffled(Arrays.asList(Colour.values())).stream());
        return choose(
                        dice,
                        "what",
                        "What colour is the " + item.shape().word() + "?",
                        item.colour().word(),
                        others.map(Colour::word))
                .map(asked -> asked.shownAt(scene.places(item)));
    }

    private static Optional<Asked> wherePart(ShapeScene scene, Dice dice) {
        List<Item> named = scene.items().stream()
                .filter(item -> !scene.names(item).isEmpty())
                .toList();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Item item = dice.pick(named);
        return choose(
                        dice,
                        "where",
                        "Where is the " + dice.pick(scene.names(item)) + "?",
                        quarter(scene, item),
                        Stream.of("top left", "top right", "bottom left", "bottom right"))
                .map(asked -> asked.shownAt(scene.places(item)));
    }

    private static String quarter(ShapeScene scene, Item item) {
        return (scene.isTop(item) ? "top " : "bottom ") + (scene.isLeft(item) ? "left" : "right");
    }

    private static Optional<Asked> howMany(ShapeScene scene, Dice dice) {
        int count = OpenQuestions.countToAsk(dice);
        List<String> fit = new ArrayList<>();
        Arrays.stream(Shape.values())
                .filter(shape -> scene.count(shape) == count)
                .forEach(shape -> fit.add(shape.words()));
        Arrays.stream(Colour.values())
                .filter(colour -> scene.count(colour) == count)
                .forEach(colour -> fit.add(colour.word() + " shapes"));
        return fit.isEmpty()
                ? Optional.empty()
                : choose(
                                dice,
                                "how",
                                "How many " + dice.pick(fit) + " are there?",
                                Integer.toString(count),
                                Stream.of("0", "1", "2", "3"))
                        .map(asked -> asked.shownAt(scene.tiles()));
    }

    private static Stream<String> everybody() {
        return Stream.concat(Arrays.stream(Being.values()).map(Being::word), Stream.of(NOBODY));
    }

    private static Optional<Asked> whoThere(ShapeScene scene, Dice dice) {
        List<Item> beings = scene.beings();
        if (beings.size() > 1) {
            return Optional.empty();
        }
        String answer = beings.isEmpty() ? NOBODY : beings.get(0).being().word();
        return choose(dice, "who", "Who is in the picture?", answer, everybody());
    }

    private static Optional<Asked> whoBeside(ShapeScene scene, Dice dice) {
        List<String> questions = new ArrayList<>();
        List<Item> found = new ArrayList<>();
        for (Item shape : scene.shapes()) {
            List<Item> near = scene.beings().stream()
                    .filter(being -> being.isBeside(shape))
                    .toList();
            if (near.size() == 1) {
                for (String name : scene.names(shape)) {
                    questions.add("Who is beside the " + name + "?");
                    found.add(near.get(0));
                }
            }
        }
        if (questions.isEmpty()) {
            return Optional.empty();
        }
        int chosen = dice.between(0, questions.size() - 1);
        Item being = found.get(chosen);
        return choose(dice, "who", questions.get(chosen), being.being().word(), everybody())
                .map(asked -> asked.shownAt(scene.places(being)));
    }

    private static Optional<Asked> when(ShapeScene scene, Dice dice) {
        return choose(
                        dice,
                        "when",
                        "When was the picture taken?",
                        scene.backdrop().when(),
                        Arrays.stream(Backdrop.values()).map(Backdrop::when))
                .map(asked -> asked.shownAt(scene.tiles()));
    }

    /** A being is where it is for the sake of the one shape beside it. */
    private static Optional<Asked> why(ShapeScene scene, Dice dice) {
        List<Item> beings = scene.beings().stream()
                .filter(being -> scene.shapes(being::isBeside).size() == 1)
                .toList();
        if (beings.isEmpty()) {
            return Optional.empty();
        }
        Item being = dice.pick(beings);
        Item reason = scene.shapes(being::isBeside).get(0);
        return choose(
                        dice,
                        "why",
                        "Why is the " + being.being().word() + " here?",
                        "for the " + reason.shape().word(),
                        shapes(scene, dice).map(word -> "for the " + word))
                .map(asked -> asked.shownAt(scene.places(reason)));
    }
}
