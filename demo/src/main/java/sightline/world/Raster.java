package sightline.world;

import sightline.image.RgbImage;

/** A picture in the making. */
final class Raster {
    private static final int NOISE = 8;

    private final int width;
    private final int height;
    private final byte[] rgb;

    Raster(int tileRows, int tileColumns) {
        this.width = tileColumns * World.TILE;
        this.height = tileRows * World.TILE;
        this.rgb = new byte[3 * width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    void set(int x, int y, int colour) {
        int at = 3 * (y * width + x);
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
    }

    /** The picture, each byte moved a little at random. */
    RgbImage finish(Dice dice) {
        long bits = 0;
        for (int i = 0; i < rgb.length; i++) {
            if (i % 8 == 0) {
                bits = dice.bits();
            }
            int noisy = (rgb[i] & 0xff) + (int) (bits & 2 * NOISE - 1) - NOISE;
            rgb[i] = (byte) Math.max(0, Math.min(255, noisy));
            bits >>>= 8;
        }
        return new RgbImage(width, height, rgb);
    }
}
