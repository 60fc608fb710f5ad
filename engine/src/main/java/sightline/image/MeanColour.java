package sightline.image;

import java.util.Arrays;

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
