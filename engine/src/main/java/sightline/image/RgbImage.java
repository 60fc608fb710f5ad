package sightline.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * A decoded picture: 8 bits a channel, no alpha.
 *
 * <p>The array is not copied; whoever hands it over must not write to it afterwards.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb (height, width, 3), row by row from the top, red first; bytes are unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, see below
public record RgbImage(int width, int height, byte[] rgb) {
    /** Checks the sizes against each other. */
    public RgbImage {
        Objects.requireNonNull(rgb, "rgb");
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels");
        }
        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes for " + width + " x " + height + " pixels of 3 bytes");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage that
                && width == that.width
                && height == that.height
                && Arrays.equals(rgb, that.rgb);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, Arrays.hashCode(rgb));
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + " x " + height + "]";
    }
}
