package sightline.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.dataset.Dataset;
import sightline.region.PixelBox;
import sightline.world.DemoDatasets.Numbered;

/**
 * Files that tell where pictures show the answers: of documents their words, in the form of DocVQA's official OCR files; of
 * shapes boxes by question.
 */
final class PlaceFiles {
    /** The folder of OCR files. */
    static final String OCR = "ocr";

    /** The file of boxes. */
    static final String BOXES = "boxes.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACROSS = World.TILE / World.PATCH;

    private PlaceFiles() {}

    /** Contents by the files' names, folders in front. */
    static Map<String, String> of(Dataset style, List<Numbered> scenes) {
        Map<String, String> files = new LinkedHashMap<>();
        if (style == Dataset.DOCVQA) {
            for (Numbered numbered : scenes) {
                String picture = OfficialJson.image(style, numbered.number());
                files.put(OCR + "/" + picture.replaceFirst("\\.[a-z]+$", ".json"), text(page(numbered.scene())));
            }
        } else {
            files.put(BOXES, text(boxes(scenes)));
        }
        return files;
    }

    private static String text(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    private static ObjectNode page(Scene scene) {
        ObjectNode json = JSON.createObjectNode().put("status", "Succeeded");
        ObjectNode page =
                json.putArray("recognitionResults").addObject().put("page", 1).put("clockwiseOrientation", 0.0);
        page.put("width", scene.picture().width())
                .put("height", scene.picture().height())
                .put("unit", "pixel");
        ArrayNode lines = page.putArray("lines");
        Map<Integer, List<Word>> byRow = new LinkedHashMap<>();
        scene.words().forEach(word -> byRow.computeIfAbsent(word.row(), none -> new ArrayList<>())
                .add(word));
        for (List<Word> words : byRow.values()) {
            ObjectNode line = lines.addObject();
            corners(line, around(words));
            line.put("text", String.join(" ", words.stream().map(Word::text).toList()));
            ArrayNode list = line.putArray("words");
            for (Word word : words) {
                ObjectNode one = list.addObject();
                corners(one, word.box());
                one.put("text", word.text());
            }
        }
        return json;
    }

    private static PixelBox around(List<Word> words) {
        PixelBox first = words.get(0).box();
        PixelBox last = words.get(words.size() - 1).box();
        return new PixelBox(first.left(), first.top(), last.right(), last.bottom());
    }

    /** Clockwise from the top left. */
    private static void corners(ObjectNode json, PixelBox box) {
        ArrayNode corners = json.putArray("boundingBox");
        for (double corner : new double[] {
            box.left(), box.top(), box.right(), box.top(), box.right(), box.bottom(), box.left(), box.bottom()
        }) {
            corners.add((int) corner);
        }
    }

    private static ObjectNode boxes(List<Numbered> scenes) {
        ObjectNode json = JSON.createObjectNode();
        for (Numbered numbered : scenes) {
            List<SceneQuestion> questions = numbered.scene().questions();
            for (int i = 0; i < questions.size(); i++) {
                List<PixelBox> boxes = boxes(questions.get(i), numbered.scene().tileColumns());
                if (!boxes.isEmpty()) {
                    ArrayNode list = json.putArray(String.valueOf(OfficialJson.id(numbered, i)));
                    for (PixelBox box : boxes) {
                        list.addArray()
                                .add((int) box.left())
                                .add((int) box.top())
                                .add((int) box.right())
                                .add((int) box.bottom());
                    }
                }
            }
        }
        return json;
    }

    /** The patches that give the answer, as few boxes: patches of a row side by side, and rows alike below each other. */
    static List<PixelBox> boxes(SceneQuestion question, int tileColumns) {
        Set<Long> patches = new HashSet<>(); // row · columns + column, in the whole picture
        long columns = (long) tileColumns * ACROSS;
        for (int place : question.shownAt()) {
            int inTile = place % World.PLACES - 1;
            if (inTile >= 0) { // not the tile as a whole
                int tile = place / World.PLACES;
                long row = (long) tile / tileColumns * ACROSS + inTile / ACROSS;
                patches.add(row * columns + (long) tile % tileColumns * ACROSS + inTile % ACROSS);
            }
        }
        List<PixelBox> boxes = new ArrayList<>();
        for (long patch : patches.stream().sorted().toList()) {
            if (patches.contains(patch)) {
                boxes.add(box(patches, patch, columns));
            }
        }
        return boxes;
    }

    /** The box that begins at a patch; its patches are taken out. */
    private static PixelBox box(Set<Long> patches, long first, long columns) {
        long width = 1;
        while ((first + width) % columns != 0 && patches.contains(first + width)) {
            width++;
        }
        long height = 0;
        while (filled(patches, first + height * columns, width)) {
            for (long column = 0; column < width; column++) {
                patches.remove(first + height * columns + column);
            }
            height++;
        }
        double left = (double) (first % columns * World.PATCH);
        double top = (double) (first / columns * World.PATCH);
        return new PixelBox(left, top, left + width * World.PATCH, top + height * World.PATCH);
    }

    private static boolean filled(Set<Long> patches, long from, long width) {
        for (long column = 0; column < width; column++) {
            if (!patches.contains(from + column)) {
                return false;
            }
        }
        return true;
    }
}
