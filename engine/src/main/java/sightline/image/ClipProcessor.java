package sightline.image;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * RGB to the one square that LLaVA-1.5 reads: pad or not, resize, cut out the middle, rescale, normalise (METHOD-LLAVA,
 * section 2). Bit-exact with the reference processor. Immutable; any number of threads may share one.
 */
public final class ClipProcessor {
    private final ClipProcessorConfig config;
    private final Levels levels;

    /** A processor with a checkpoint's settings. */
    public ClipProcessor(ClipProcessorConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        this.levels = new Levels(config.rescale(), floats(config.mean()), floats(config.std()));
    }

    private static float[] floats(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return floats;
    }

    /** The settings that this processor was made with. */
    public ClipProcessorConfig config() {
        return config;
    }

    /** The picture as a single tile; what lies beside a picture that is too small to be cut is black. */
    public ImageTiles process(RgbImage picture) {
        Framing framing = config.framing(picture.width(), picture.height());
        RgbImage seen = resize(picture, framing);
        int left = (int) Math.max(-framing.cutLeft(), 0);
        int top = (int) Math.max(-framing.cutTop(), 0);
        int side = config.crop();
        float[] pixels = new float[3 * side * side];
        for (int channel = 0; channel < 3; channel++) {
            float[] values = levels.of(channel);
            int plane = channel * side * side;
            Arrays.fill(pixels, plane, plane + side * side, values[0]);
            for (int y = 0; y < seen.height(); y++) {
                int to = plane + (top + y) * side + left;
                int from = 3 * y * seen.width() + channel;
                for (int x = 0; x < seen.width(); x++) {
                    pixels[to + x] = values[seen.rgb()[from + 3 * x] & 0xff];
                }
            }
        }
        return new ImageTiles(side, 1, 1, 1, 1, pixels);
    }

    /** What is cut out of the resized picture, as far as it is there. */
    private RgbImage resize(RgbImage picture, Framing framing) {
        Framed framed =
                new Framed(picture, framing.left(), framing.top(), framing.width(), framing.height(), config.ground());
        return Resizer.resize(framed, framing.columns(), framing.rows(), Resizer.Filter.BICUBIC);
    }
}
