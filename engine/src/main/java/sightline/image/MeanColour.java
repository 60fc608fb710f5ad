package sightline.image;

import java.util.Arrays;
import java.util.List;
import sightline.region.PixelBox;

/** A picture's mean colour: of each channel the mean over all pixels, halves rounded up. */
public final class MeanColour {
    private MeanColour() {}

    /** Red, green, blue; 0 to 255. */
    public static int[] of(RgbImage picture) {
        byte[] rgb = picture.rgb();
        long[] sums = new long[3];
        for (int i = 0; i < rgb.length; i++) {
            sums[i % 3] += rgb[i] & 0xFF;
        }
        long pixels = (long) picture.width() * picture.height();
        return Arrays.stream(sums)
                .mapToInt(sum -> (int) ((2 * sum + pixels) / (2 * pixels)))
                .toArray();
    }

    /**
     * The picture with its mean colour in every pixel that a box touches.
     *
     * @param boxes may reach beyond the picture
     */
    public static RgbImage fill(RgbImage picture, List<PixelBox> boxes) {
        int[] colour = of(picture);
        byte[] rgb = picture.rgb().clone();
        for (PixelBox box : boxes) {
            int left = Math.max(0, (int) Math.floor(box.left()));
            int right = Math.min(picture.width(), (int) Math.ceil(box.right()));
            int bottom = Math.min(picture.height(), (int) Math.ceil(box.bottom()));
            for (int y = Math.max(0, (int) Math.floor(box.top())); y < bottom; y++) {
                for (int i = 3 * (y * picture.width() + left); i < 3 * (y * picture.width() + right); i++) {
                    rgb[i] = (byte) colour[i % 3];
                }
            }
        }
        return new RgbImage(picture.width(), picture.height(), rgb);
    }

    /** A picture of the same size, every pixel the mean colour. */
    public static RgbImage blank(RgbImage picture) {
        int[] colour = of(picture);
        byte[] rgb = new byte[picture.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) colour[i % 3];
        }
        return new RgbImage(picture.width(), picture.height(), rgb);
    }
}
