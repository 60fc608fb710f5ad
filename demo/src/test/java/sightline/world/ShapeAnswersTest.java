package sightline.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Answers found anew from a question's words and the things in the scene, as a reader would find them. */
class ShapeAnswersTest {
    private static final int SCENES = 400;
    private static final String SIDES = "(left of|right of|above|below)";

    @Test
    void openQuestions() {
        check(OpenQuestions.ALL);
    }

    @Test
    void choices() {
        check(ChoiceQuestions.ALL);
    }

    private static void check(List<Kind<ShapeScene>> kinds) {
        Map<String, Integer> checked = new TreeMap<>();
        for (int seed = 0; seed < SCENES; seed++) {
            Dice dice = new Dice(seed);
            ShapeScene scene = ShapeSceneMaker.make(dice, seed % 4 == 0);
            for (SceneQuestion question : World.ask(scene, kinds, dice, Mix.all())) {
                List<String> right = question.choices().isEmpty()
                        ? List.of(open(scene, question.question()))
                        : question.choices().stream()
                                .filter(choice -> fits(scene, question.question(), choice))
                                .toList();
                assertThat(right)
                        .as(question.kind() + " " + question.question() + " " + question.choices() + " of " + scene)
                        .containsExactly(question.answer());
                checked.merge(question.kind(), 1, Integer::sum);
            }
        }
        assertThat(checked).hasSize(kinds.size());
        assertThat(checked.values()).allMatch(count -> count >= 20);
    }

    /** The one thing of that name; a name that fits several is a fault. */
    private static Item one(ShapeScene scene, String name) {
        List<Item> all = all(scene, name);
        assertThat(all).as(name + " in " + scene).hasSize(1);
        return all.get(0);
    }

    private static List<Item> all(ShapeScene scene, String name) {
        String words = name.replaceFirst("s$", "").replaceFirst("crosse$", "cross");
        String singular = name.endsWith("cross") ? name : words;
        return scene.items().stream()
                .filter(item -> item.isShape()
                        ? singular.equals("shape")
                                || singular.equals(item.shape().word())
                                || singular.equals(item.colour().word())
                                || singular.equals(item.colour().word() + " shape")
                                || singular.equals(item.phrase())
                        : singular.equals(item.being().word()))
                .toList();
    }

    private static boolean lies(Item item, String side, Item other) {
        return switch (side) {
            case "left of" -> item.column() < other.column();
            case "right of" -> item.column() > other.column();
            case "above" -> item.row() < other.row();
            default -> item.row() > other.row();
        };
    }

    private static Item just(ShapeScene scene, String side, String anchor) {
        Item other = one(scene, anchor);
        List<Item> near = scene.items().stream()
                .filter(item -> lies(item, side, other)
                        && Math.abs(item.row() - other.row()) + Math.abs(item.column() - other.column()) == 1)
                .toList();
        assertThat(near).hasSize(1);
        return near.get(0);
    }

    private static String yes(boolean holds) {
        return holds ? "Yes" : "No";
    }

    private static Optional<Matcher> match(String pattern, String question) {
        Matcher matcher = Pattern.compile(pattern).matcher(question);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static String open(ShapeScene scene, String question) {
        if (question.startsWith("Is the shape just ")) {
            for (Colour colour : Colour.values()) {
                String tail = " " + colour.word() + "?";
                Optional<Matcher> just =
                        match("Is the shape just " + SIDES + " the (.*)" + Pattern.quote(tail), question);
                if (just.isPresent() && colourCanEnd(question, colour)) {
                    return yes(just(scene, just.get().group(1), just.get().group(2))
                                    .colour()
                            == colour);
                }
            }
        }
        Optional<Matcher> m = match("Is there an? (.*)\\?", question);
        if (m.isPresent()) {
            return yes(!all(scene, m.get().group(1)).isEmpty());
        }
        m = match("Is the (.*) (?:at|on) the (left|right|top|bottom)\\?", question);
        if (m.isPresent()) {
            Item item = one(scene, m.get().group(1));
            return yes(
                    switch (m.get().group(2)) {
                        case "left" -> item.column() < scene.columns() / 2;
                        case "right" -> item.column() >= scene.columns() / 2;
                        case "top" -> item.row() < scene.rows() / 2;
                        default -> item.row() >= scene.rows() / 2;
                    });
        }
        m = match("Is the (\\w+) (.*)\\?", question);
        if (m.isPresent()) {
            return yes(
                    one(scene, m.get().group(1)).colour().word().equals(m.get().group(2)));
        }
        m = match("Is it (.*)\\?", question);
        if (m.isPresent()) {
            return yes(scene.backdrop().word().equals(m.get().group(1)));
        }
        m = match("How many (.*) are there\\?", question);
        if (m.isPresent()) {
            return Integer.toString(all(scene, m.get().group(1)).size());
        }
        m = match("What colour is the shape just " + SIDES + " the (.*)\\?", question);
        if (m.isPresent()) {
            return just(scene, m.get().group(1), m.get().group(2)).colour().word();
        }
        m = match("What colour is the (.*)\\?", question);
        if (m.isPresent()) {
            return one(scene, m.get().group(1)).colour().word();
        }
        m = match("Which shape is just " + SIDES + " the (.*)\\?", question);
        if (m.isPresent()) {
            return just(scene, m.get().group(1), m.get().group(2)).shape().word();
        }
        m = match("Which shape is (.*)\\?", question);
        return one(scene, m.orElseThrow().group(1) + " shape").shape().word();
    }

    /** "… the dark green shape green?" cannot occur, but "green" must not be read out of "light green". */
    private static boolean colourCanEnd(String question, Colour colour) {
        return Arrays.stream(Colour.values())
                .filter(other -> question.endsWith(" " + other.word() + "?"))
                .allMatch(other -> other.word().length() <= colour.word().length());
    }

    /** Whether a choice is a true answer. */
    private static boolean fits(ShapeScene scene, String question, String choice) {
        Optional<Matcher> m = match("What is at the (.*)\\?", question);
        if (m.isPresent()) {
            String quarter = m.get().group(1);
            List<String> there = scene.items().stream()
                    .filter(item -> quarter.equals(quarter(scene, item)))
                    .map(Item::phrase)
                    .toList();
            assertThat(there).hasSize(1);
            return there.contains(choice);
        }
        if (question.equals("Who is in the picture?")) {
            return choice.equals("nobody")
                    ? scene.beings().isEmpty()
                    : !all(scene, choice).isEmpty();
        }
        if (question.equals("When was the picture taken?")) {
            return scene.backdrop().when().equals(choice);
        }
        m = match("What is just " + SIDES + " the (.*)\\?", question);
        if (m.isPresent()) {
            return just(scene, m.get().group(1), m.get().group(2)).phrase().equals(choice);
        }
        m = match("What colour is the (.*)\\?", question);
        if (m.isPresent()) {
            return one(scene, m.get().group(1)).colour().word().equals(choice);
        }
        m = match("How many (.*) are there\\?", question);
        if (m.isPresent()) {
            return Integer.toString(all(scene, m.get().group(1)).size()).equals(choice);
        }
        m = match("Who is beside the (.*)\\?", question);
        if (m.isPresent()) {
            Item item = one(scene, m.get().group(1));
            List<String> near = scene.beings().stream()
                    .filter(being -> Math.abs(being.row() - item.row()) + Math.abs(being.column() - item.column()) == 1)
                    .map(being -> being.being().word())
                    .toList();
            return near.contains(choice);
        }
        m = match("Why is the (.*) here\\?", question);
        if (m.isPresent()) {
            Item being = one(scene, m.get().group(1));
            String shape = choice.replace("for the ", "");
            return all(scene, shape).stream()
                    .anyMatch(
                            item -> Math.abs(being.row() - item.row()) + Math.abs(being.column() - item.column()) == 1);
        }
        Item item =
                one(scene, match("Where is the (.*)\\?", question).orElseThrow().group(1));
        return choice.equals(quarter(scene, item));
    }

    private static String quarter(ShapeScene scene, Item item) {
        boolean top = item.row() < scene.rows() / 2;
        boolean left = item.column() < scene.columns() / 2;
        return (top ? "top" : "bottom") + " " + (left ? "left" : "right");
    }
}
