package sightline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.error.InputException;
import sightline.error.InputFile;
import sightline.files.StrictJson;
import sightline.region.PixelBox;

/** Boxes on pictures by a question's id: {@code {"1000": [[left, top, right, bottom], …], …}}, in the picture's pixels. */
public final class BoxFile {
    private static final int CORNERS = 4;

    private BoxFile() {}

    /**
     * Reads all boxes. A question may have none.
     *
     * @throws InputException if the file cannot be read, or is no such file
     */
    public static Map<Long, List<PixelBox>> read(Path file) {
        JsonNode json;
        try {
            json = StrictJson.read(InputFile.regular(file));
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + StrictJson.reason(e));
        }
        if (!json.isObject()) {
            throw wrong(file, "is no JSON object");
        }
        Map<Long, List<PixelBox>> boxes = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            boxes.put(id(field.getKey(), file), boxes(field.getValue(), field.getKey(), file));
        }
        return boxes;
    }

    private static long id(String name, Path file) {
        try {
            return Long.parseLong(name);
        } catch (NumberFormatException e) {
            throw wrong(file, "has the id \"" + name + "\"");
        }
    }

    private static List<PixelBox> boxes(JsonNode list, String id, Path file) {
        List<PixelBox> boxes = new ArrayList<>();
        if (!list.isArray()) {
            throw wrong(file, "has no list of boxes of " + id);
        }
        for (JsonNode box : list) {
            boolean numbers = box.isArray() && box.size() == CORNERS;
            for (JsonNode one : box) {
                numbers &= one.isNumber();
            }
            if (!numbers
                    || box.get(0).doubleValue() >= box.get(2).doubleValue()
                    || box.get(1).doubleValue() >= box.get(3).doubleValue()) {
                throw wrong(file, "has the box " + box + " of " + id);
            }
            boxes.add(new PixelBox(
                    box.get(0).doubleValue(),
                    box.get(1).doubleValue(),
                    box.get(2).doubleValue(),
                    box.get(3).doubleValue()));
        }
        return boxes;
    }

    private static InputException wrong(Path file, String problem) {
        return new InputException(
                file.toString(),
                problem,
                "boxes by question: {\"1000\": [[left, top, right, bottom], …], …}, left < right and top < bottom",
                "Mend it, or give another file to --boxes");
    }
}
