package sightline.run;

import java.util.List;
import java.util.Objects;
import sightline.region.PixelBox;

/**
 * Where a page says a sample's answer.
 *
 * @param boxes in pixels of the page as its OCR file has it; none if the page does not say the answer
 * @param width of that page; 0 if the file does not tell, and it is the picture's
 * @param height of that page; 0 if the file does not tell, and it is the picture's
 * @param missing why there are no boxes; empty if there are
 */
record AnswerRegion(List<PixelBox> boxes, double width, double height, String missing) {
    AnswerRegion {
        boxes = List.copyOf(boxes);
        Objects.requireNonNull(missing);
    }

    static AnswerRegion without(String why) {
        return new AnswerRegion(List.of(), 0, 0, why);
    }

    /** The boxes on a picture of this size. */
    List<PixelBox> on(int pictureWidth, int pictureHeight) {
        double x = width > 0 ? pictureWidth / width : 1;
        double y = height > 0 ? pictureHeight / height : 1;
        return boxes.stream()
                .map(box -> new PixelBox(box.left() * x, box.top() * y, box.right() * x, box.bottom() * y))
                .toList();
    }
}
