package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.files.StrictJson;
import sightline.region.PixelBox;

/**
 * The words of a page, as DocVQA's official OCR files have them: Microsoft Read's answer, {@code
 * recognitionResults[].lines[].words[]}, each with its text and the four corners of its box.
 *
 * @param width of the page in pixels, as the file tells; 0 if it does not
 * @param height of the page in pixels, as the file tells; 0 if it does not
 * @param words in reading order
 */
public record OcrPage(double width, double height, List<Word> words) {
    /** Eight coordinates: x and y of each corner. */
    private static final int COORDINATES = 8;

    public OcrPage {
        words = List.copyOf(words);
    }

    /**
     * A word.
     *
     * @param box around its corners
     */
    public record Word(String text, PixelBox box) {}

    /**
     * Reads the page of a file. Words without an area are left out.
     *
     * @throws InputException if the file cannot be read, or is no such file
     */
    public static OcrPage read(Path file) {
        JsonNode json;
        try {
            json = StrictJson.read(InputFile.regular(file));
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + StrictJson.reason(e));
        }
        JsonNode pages = json.path("recognitionResults");
        if (!pages.isArray() || pages.isEmpty()) {
            throw wrong(
                    file, pages.isMissingNode() ? "has no recognitionResults" : "has no page in recognitionResults");
        }
        JsonNode page = pages.get(0);
        List<Word> words = new ArrayList<>();
        for (JsonNode line : page.path("lines")) {
            for (JsonNode word : line.path("words")) {
                if (!word.path("text").isTextual()) {
                    throw wrong(file, "has a word without text");
                }
                box(word.path("boundingBox"), file)
                        .ifPresent(box -> words.add(new Word(word.get("text").textValue(), box)));
            }
        }
        return new OcrPage(page.path("width").asDouble(0), page.path("height").asDouble(0), words);
    }

    private static Optional<PixelBox> box(JsonNode corners, Path file) {
        boolean numbers = corners.isArray() && corners.size() == COORDINATES;
        for (JsonNode one : corners) {
            numbers &= one.isNumber();
        }
        if (!numbers) {
            throw wrong(file, "has a word whose boundingBox is " + corners);
        }
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < COORDINATES; i += 2) {
            left = Math.min(left, corners.get(i).doubleValue());
            right = Math.max(right, corners.get(i).doubleValue());
            top = Math.min(top, corners.get(i + 1).doubleValue());
            bottom = Math.max(bottom, corners.get(i + 1).doubleValue());
        }
        return left < right && top < bottom ? Optional.of(new PixelBox(left, top, right, bottom)) : Optional.empty();
    }

    private static InputException wrong(Path file, String problem) {
        return new InputException(
                file.toString(),
                problem,
                "an OCR file of DocVQA: recognitionResults[].lines[].words[], each with text and a boundingBox of eight"
                        + " numbers",
                "Give the folder of the official OCR files");
    }
}
