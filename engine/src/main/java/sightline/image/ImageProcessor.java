package sightline.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * RGB to tiles: choose the canvas, resize, pad right and bottom, rescale, normalise, cut into tiles (METHOD, section 2).
 * Bit-exact with the reference processor. Immutable; any number of threads may share one.
 */
public final class ImageProcessor {
    private final ImageProcessorConfig config;
    private final Levels levels;

    /** A processor with a checkpoint's settings. */
    public ImageProcessor(ImageProcessorConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        this.levels = new Levels(config.rescale(), config.mean(), config.std());
    }

    /** The settings that this processor was made with. */
    public ImageProcessorConfig config() {
        return config;
    }

    /** The picture as tiles; a padding pixel inside the canvas is a black one, a padding tile is all zeros. */
    public ImageTiles process(RgbImage picture) {
        Canvas canvas = Canvas.choose(picture.width(), picture.height(), config.tile(), config.maxTiles());
        RgbImage fitted = fit(picture, canvas);
        int tile = config.tile();
        int plane = tile * tile;
        float[] pixels = new float[3 * config.maxTiles() * plane];
        for (int index = 0; index < canvas.count(); index++) {
            int top = index / canvas.columns() * tile;
            int left = index % canvas.columns() * tile;
            for (int channel = 0; channel < 3; channel++) {
                int to = (3 * index + channel) * plane;
                copyPlane(fitted, channel, top, left, pixels, to);
            }
        }
        return new ImageTiles(
                tile,
                canvas.rows(),
                canvas.columns(),
                canvas.aspectRatioId(config.maxTiles()),
                config.maxTiles(),
                pixels);
    }

    /** The picture resized for the canvas, not yet padded. */
    static RgbImage fit(RgbImage picture, Canvas canvas) {
        Canvas.Size size = canvas.fit(picture.width(), picture.height());
        return Resizer.resize(picture, size.width(), size.height(), Resizer.Filter.BILINEAR);
    }

    /** One channel of one tile; what lies outside the picture becomes level 0. */
    private void copyPlane(RgbImage picture, int channel, int top, int left, float[] pixels, int to) {
        float[] values = levels.of(channel);
        byte[] rgb = picture.rgb();
        int tile = config.tile();
        int filled = Math.min(Math.max(picture.width() - left, 0), tile);
        for (int y = 0; y < tile; y++) {
            int row = to + y * tile;
            int inside = top + y < picture.height() ? filled : 0;
            int from = inside == 0 ? 0 : 3 * ((top + y) * picture.width() + left) + channel;
            for (int x = 0; x < inside; x++) {
                pixels[row + x] = values[rgb[from + 3 * x] & 0xff];
            }
            Arrays.fill(pixels, row + inside, row + tile, values[0]);
        }
    }
}
