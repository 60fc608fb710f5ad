package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.region.PixelBox;

class MeanColourTest {
    /** Means 0.5, 127.5 and 254.5; a half goes up. */
    @Test
    void halvesGoUp() {
        RgbImage picture = new RgbImage(2, 1, bytes(0, 0, 254, 1, 255, 255));
        assertThat(MeanColour.of(picture)).containsExactly(1, 128, 255);
        assertThat(MeanColour.blank(picture)).isEqualTo(new RgbImage(2, 1, bytes(1, 128, 255, 1, 128, 255)));
    }

    @Test
    void lessThanAHalfGoesDown() {
        RgbImage picture = new RgbImage(1, 3, bytes(0, 9, 200, 1, 9, 200, 0, 9, 255));
        assertThat(MeanColour.of(picture)).containsExactly(0, 9, 218);
    }

    /** The colour is the whole picture's, and a pixel that is touched is filled. */
    @Test
    void boxesAreFilled() {
        RgbImage picture = new RgbImage(2, 2, bytes(0, 0, 0, 4, 4, 4, 8, 8, 8, 8, 8, 8));
        RgbImage filled = MeanColour.fill(picture, List.of(new PixelBox(-1, -1, 0.5, 1), new PixelBox(1, 0.9, 9, 9)));
        assertThat(filled).isEqualTo(new RgbImage(2, 2, bytes(5, 5, 5, 5, 5, 5, 8, 8, 8, 5, 5, 5)));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
