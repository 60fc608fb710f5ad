package sightline.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import sightline.region.PixelBox;

/**
 * The answer region that was traced of a sample.
 *
 * @param boxes on the picture, in its pixels; none if there is no region
 * @param random whether as many random boxes were traced
 * @param missing why there is no region; empty if there is
 */
record TracedRegion(List<PixelBox> boxes, boolean random, String missing) {
    static final String REGION = "region";
    static final String NONE = "no_region";
    static final String RANDOM = "random_boxes";

    TracedRegion {
        boxes = List.copyOf(boxes);
        Objects.requireNonNull(missing);
    }

    static TracedRegion without(String why) {
        return new TracedRegion(List.of(), false, why);
    }

    /** Writes the fields of a line. */
    void writeTo(JsonGenerator json) throws IOException {
        if (!missing.isEmpty()) {
            json.writeStringField(NONE, missing);
            return;
        }
        json.writeObjectFieldStart(REGION);
        json.writeArrayFieldStart("boxes");
        for (PixelBox box : boxes) {
            double[] corners = {box.left(), box.top(), box.right(), box.bottom()};
            json.writeArray(corners, 0, corners.length);
        }
        json.writeEndArray();
        json.writeBooleanField(RANDOM, random);
        json.writeEndObject();
    }
}
