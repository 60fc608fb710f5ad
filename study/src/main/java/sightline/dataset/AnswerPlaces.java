package sightline.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sightline.region.PixelBox;

/**
 * Where a page says an answer: the runs of words that are those of a ground-truth answer, in lower case and without
 * punctuation around each word. Words that are nothing but punctuation do not count, so no run begins or ends with one.
 */
public final class AnswerPlaces {
    private AnswerPlaces() {}

    /** Boxes around all such runs, one for each line, in reading order; none if the page says no answer. */
    public static List<PixelBox> of(OcrPage page, List<String> answers) {
        List<String> texts = new ArrayList<>();
        List<PixelBox> boxes = new ArrayList<>();
        for (OcrPage.Word word : page.words()) {
            String text = plain(word.text());
            if (!text.isEmpty()) {
                texts.add(text);
                boxes.add(word.box());
            }
        }
        Set<Integer> said = new LinkedHashSet<>();
        for (String answer : answers) {
            List<String> wanted = Arrays.stream(answer.strip().split("\\s+", -1))
                    .map(AnswerPlaces::plain)
                    .filter(word -> !word.isEmpty())
                    .toList();
            for (int from = 0; !wanted.isEmpty() && from + wanted.size() <= texts.size(); from++) {
                if (texts.subList(from, from + wanted.size()).equals(wanted)) {
                    for (int word = from; word < from + wanted.size(); word++) {
                        said.add(word);
                    }
                }
            }
        }
        List<PixelBox> places = new ArrayList<>();
        int before = -1;
        for (int word : said.stream().sorted().toList()) {
            PixelBox box = boxes.get(word);
            PixelBox last = places.isEmpty() ? box : places.get(places.size() - 1);
            if (!places.isEmpty() && word == before + 1 && isBeside(last, box)) {
                places.set(places.size() - 1, around(last, box));
            } else {
                places.add(box);
            }
            before = word;
        }
        return places;
    }

    /** In one line. */
    private static boolean isBeside(PixelBox left, PixelBox right) {
        return left.left() <= right.left() && left.top() < right.bottom() && right.top() < left.bottom();
    }

    private static PixelBox around(PixelBox one, PixelBox other) {
        return new PixelBox(
                Math.min(one.left(), other.left()),
                Math.min(one.top(), other.top()),
                Math.max(one.right(), other.right()),
                Math.max(one.bottom(), other.bottom()));
    }

    private static String plain(String word) {
        int from = 0;
        int end = word.length();
        while (from < end && !stays(word.codePointAt(from))) {
            from += Character.charCount(word.codePointAt(from));
        }
        while (from < end && !stays(word.codePointBefore(end))) {
            end -= Character.charCount(word.codePointBefore(end));
        }
        return word.substring(from, end).toLowerCase(Locale.ROOT);
    }

    /** Letters, digits, and signs that mean something, such as $ and +; not punctuation. */
    private static boolean stays(int character) {
        return switch (Character.getType(character)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> character == '%';
            default -> !Character.isWhitespace(character);
        };
    }
}
