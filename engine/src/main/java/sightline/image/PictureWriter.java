package sightline.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** RGB pixels as Java's own pictures, and as PNG files that lose nothing of them. */
public final class PictureWriter {
    private PictureWriter() {}

    /** The same pixels. */
    public static BufferedImage pixels(RgbImage picture) {
        BufferedImage pixels = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[picture.width()];
        byte[] rgb = picture.rgb();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int at = 3 * (y * row.length + x);
                row[x] = ((rgb[at] & 0xff) << 16) | ((rgb[at + 1] & 0xff) << 8) | (rgb[at + 2] & 0xff);
            }
            pixels.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return pixels;
    }

    /** Writes a PNG; the stream stays open. */
    public static void png(RgbImage picture, OutputStream out) throws IOException {
        try (ImageOutputStream memory = new MemoryCacheImageOutputStream(out)) { // not by way of a temporary file
            if (!ImageIO.write(pixels(picture), "png", memory)) {
                throw new IOException("no PNG writer");
            }
        }
    }
}
