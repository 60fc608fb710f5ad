package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What holds for every size; that the numbers are the reference's is shown by {@link ImageProcessorTest}. */
class ResizerTest {
    @Property(tries = 200)
    void oneColourStaysOneColour(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 90) int toWidth,
            @ForAll @IntRange(min = 1, max = 90) int toHeight,
            @ForAll byte level,
            @ForAll Resizer.Filter filter) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, level);
        RgbImage resized = Resizer.resize(new RgbImage(width, height, rgb), toWidth, toHeight, filter);
        assertThat(resized.width()).isEqualTo(toWidth);
        assertThat(resized.height()).isEqualTo(toHeight);
        for (byte value : resized.rgb()) {
            assertThat(value).isEqualTo(level);
        }
    }

    @Test
    void sameSizeIsTheSamePicture() {
        RgbImage picture = ImageProcessorTest.pattern(7, 5);
        assertThat(Resizer.resize(picture, 7, 5, Resizer.Filter.BICUBIC)).isSameAs(picture);
    }

    @Test
    void halvingAveragesUnderATriangle() {
        // Weights of output 0 at centre 1: inputs 0, 1, 2 at distances .5, .5, 1.5 of 2, so (.75, .75, .25) / 1.75.
        byte[] row = {0, 0, 0, 100, 100, 100, (byte) 200, (byte) 200, (byte) 200, 40, 40, 40};
        RgbImage half = Resizer.resize(new RgbImage(4, 1, row), 2, 1, Resizer.Filter.BILINEAR);
        assertThat(half.rgb()[0] & 0xff).isEqualTo(Math.round((0.75f * 100 + 0.25f * 200) / 1.75f));
        assertThat(half.rgb()[3] & 0xff).isEqualTo(Math.round((0.25f * 100 + 0.75f * 200 + 0.75f * 40) / 1.75f));
    }
}
