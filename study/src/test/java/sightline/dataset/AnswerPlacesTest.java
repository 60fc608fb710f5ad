package sightline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.error.InputException;
import sightline.region.PixelBox;

/** Official OCR files, and where a page says an answer. */
class AnswerPlacesTest {
    @TempDir
    private Path folder;

    /** Words of 10 pixels each, ten in a line. */
    private static OcrPage page(String... words) {
        List<OcrPage.Word> all = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            int x = i % 10 * 10;
            int y = i / 10 * 10;
            all.add(new OcrPage.Word(words[i], new PixelBox(x, y, x + 9, y + 8)));
        }
        return new OcrPage(100, 100, all);
    }

    private static List<PixelBox> places(String answer, String... words) {
        return AnswerPlaces.of(page(words), List.of(answer));
    }

    @Test
    void runsOfWordsInOneLineAreOneBox() {
        assertThat(places("Smith, John", "by", "(smith", "John).", "and", "Smith,", "J."))
                .containsExactly(new PixelBox(10, 0, 29, 8));
        assertThat(places("john", "John", "x", "JOHN!"))
                .containsExactly(new PixelBox(0, 0, 9, 8), new PixelBox(20, 0, 29, 8));
        assertThat(places("a b", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b"))
                .as("over two lines")
                .containsExactly(new PixelBox(90, 0, 99, 8), new PixelBox(0, 10, 9, 18));
    }

    /** The shortest run: what is nothing but punctuation belongs to none. */
    @Test
    void punctuationAroundWordsDoesNotCount() {
        assertThat(places("5 %", "-", "5", "%", ".")).containsExactly(new PixelBox(10, 0, 29, 8));
        assertThat(places("$1,200", "\"$1,200\"")).hasSize(1);
        assertThat(places("1,200", "$1,200")).isEmpty();
        assertThat(places("...", "...", "-")).isEmpty();
        assertThat(places("it's", "It's")).hasSize(1);
    }

    @Test
    void anyOfSeveralAnswersCounts() {
        assertThat(AnswerPlaces.of(page("one", "two", "two"), List.of("three", "TWO", "one two")))
                .containsExactly(new PixelBox(0, 0, 29, 8));
    }

    @Test
    void readsTheOfficialForm() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), """
                {"status": "Succeeded", "recognitionResults": [{"page": 1, "clockwiseOrientation": 359.8, "width": 1700,
                 "height": 2200, "unit": "pixel", "lines": [{"boundingBox": [0,0,9,0,9,9,0,9], "text": "Total due:",
                 "words": [{"boundingBox": [10,21,50,20,51,40,11,41], "text": "Total"},
                           {"boundingBox": [60,20,60,20,60,40,60,40], "text": "|", "confidence": "Low"},
                           {"boundingBox": [61.5,20,90,20,90,40,61.5,40], "text": "due:"}]}]}]}
                """);
        OcrPage page = OcrPage.read(file);
        assertThat(page.width()).isEqualTo(1700);
        assertThat(page.height()).isEqualTo(2200);
        assertThat(page.words())
                .containsExactly(
                        new OcrPage.Word("Total", new PixelBox(10, 20, 51, 41)),
                        new OcrPage.Word("due:", new PixelBox(61.5, 20, 90, 40)));
        assertThat(AnswerPlaces.of(page, List.of("total DUE"))).containsExactly(new PixelBox(10, 20, 90, 41));
    }

    /** As Microsoft's Read 2.0 answers, which DocVQA's organisers ran: lines lean, some words are unsure. */
    @Test
    void readsAPageOfTheService() {
        OcrPage page = OcrPage.read(Path.of("src/test/resources/dataset/ocr-read.json"));
        assertThat(page.words()).hasSize(9);
        assertThat(AnswerPlaces.of(page, List.of("12 march 1984"))).containsExactly(new PixelBox(530, 204, 802, 255));
        assertThat(AnswerPlaces.of(page, List.of("1,250.00"))).containsExactly(new PixelBox(408, 297, 559, 341));
        assertThat(AnswerPlaces.of(page, List.of("1984 Total")))
                .as("over two lines")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | has no recognitionResults",
                "{\"recognitionResults\": []} | has no page in recognitionResults",
                "{\"recognitionResults\": [{\"lines\": [{\"words\": [{}]}]}]} | has a word without text",
                "{\"recognitionResults\": [{\"lines\": [{\"words\": [{\"text\": \"a\", \"boundingBox\": [1,2]}]}]}]}"
                        + " | whose boundingBox is [1,2]",
                "[ | cannot be read"
            })
    void refuses(String json, String told) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), json);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> OcrPage.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(told);
    }
}
