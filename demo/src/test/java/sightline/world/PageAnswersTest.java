package sightline.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sightline.dataset.Dataset;
import sightline.world.Scene.Labels;

/**
 * Answers found anew from what is written: the text is put together from the labels of a finished picture (which
 * LabelsTest holds to the pixels), split at blanks, and read.
 */
class PageAnswersTest {
    private static final int SCENES = 500;

    private static final Map<String, String> LETTER = Map.of(
            "Who is the letter for?", "DEAR",
            "Who is to be met?", "MEET",
            "Who is to be called?", "CALL",
            "Who wrote the letter?", "YOUR",
            "Where is the meeting?", "IN",
            "When is the meeting?", "ON",
            "Which taxi is to be taken?", "TAXI",
            "What is to be bought?", "BUY");

    /** One line as read: key, then what follows. */
    private record Read(String key, List<String> words, boolean byHand) {
        String value() {
            return words.size() == 2 && words.get(0).length() == 1 ? words.get(1) : String.join(" ", words);
        }
    }

    @Test
    void everyAnswerIsWritten() {
        Map<String, Integer> checked = new TreeMap<>();
        for (long seed = 0; seed < SCENES; seed++) {
            Scene scene = World.scene(seed, Mix.of(Dataset.DOCVQA));
            List<Read> lines = new ArrayList<>();
            String title = read(scene, lines);
            for (SceneQuestion question : scene.questions()) {
                assertThat(answer(title, lines, question.question()))
                        .as(question + " of " + title + " " + lines)
                        .isEqualTo(question.answer());
                checked.merge(question.kind(), 1, Integer::sum);
            }
        }
        assertThat(checked).hasSize(PageQuestions.ALL.size());
        assertThat(checked.values()).allMatch(count -> count >= 20);
    }

    private static int[] values(Scene scene, String task) {
        return scene.labels().stream()
                .filter(labels -> labels.task().equals(task))
                .map(Labels::values)
                .findFirst()
                .orElseThrow();
    }

    /** Fills the lines and returns the title. */
    private static String read(Scene scene, List<Read> lines) {
        String title = "";
        int[] objects = values(scene, "object");
        int[] inks = values(scene, "ink");
        for (int row = 0; row < 6 * scene.tileRows(); row++) {
            StringBuilder text = new StringBuilder();
            boolean byHand = false;
            for (int column = 0; column < 6 * scene.tileColumns(); column++) {
                int at = (row / 6 * scene.tileColumns() + column / 6) * 36 + row % 6 * 6 + column % 6;
                int glyph = objects[at] - LabelSheet.GLYPHS_FROM;
                text.append(glyph < 0 ? ' ' : Glyphs.CHARACTERS.charAt(glyph));
                byHand |= inks[at] == 1;
            }
            String line = text.toString().strip();
            if (row == 0) {
                title = line;
            } else if (!line.isEmpty()) {
                List<String> words = List.of(line.split(" +"));
                lines.add(new Read(words.get(0), words.subList(1, words.size()), byHand));
            }
        }
        return title;
    }

    private static Read line(List<Read> lines, String word) {
        return lines.stream()
                .filter(line -> line.key().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Matcher> match(String pattern, String question) {
        Matcher matcher = Pattern.compile(pattern).matcher(question);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static String yes(boolean holds) {
        return holds ? "Yes" : "No";
    }

    private static String answer(String title, List<Read> lines, String question) {
        if (LETTER.containsKey(question)) {
            return line(lines, LETTER.get(question)).value();
        }
        if (question.equals("What kind of document is this?")) {
            return Arrays.stream(Paper.values())
                    .filter(paper -> paper.titles().contains(title))
                    .findFirst()
                    .orElseThrow()
                    .word();
        }
        if (question.equals("What is the title?")) {
            return title;
        }
        Optional<Matcher> m = match("What is in the (first|last) line\\?", question);
        if (m.isPresent()) {
            return lines.get(m.get().group(1).equals("first") ? 0 : lines.size() - 1)
                    .key();
        }
        m = match("(What|Which entry) is written by hand\\?", question);
        if (m.isPresent()) {
            List<Read> found = lines.stream().filter(Read::byHand).toList();
            assertThat(found).hasSize(1);
            return m.get().group(1).equals("What")
                    ? found.get(0).value()
                    : found.get(0).key();
        }
        m = match("What is the quantity of (.*)\\?", question);
        if (m.isPresent()) {
            return line(lines, m.get().group(1)).words().get(0);
        }
        m = match("Which costs more, (.*) or (.*)\\?", question);
        if (m.isPresent()) {
            Read one = line(lines, m.get().group(1));
            Read other = line(lines, m.get().group(2));
            return Double.parseDouble(one.value()) > Double.parseDouble(other.value()) ? one.key() : other.key();
        }
        m = match("Is (.*) ticked\\?", question);
        if (m.isPresent()) {
            return yes(line(lines, m.get().group(1)).value().equals("#"));
        }
        m = match("What is the (?:price of )?(.*)\\?", question);
        return line(lines, m.orElseThrow().group(1)).value();
    }
}
