package sightline.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * What a checkpoint's files say about pictures.
 *
 * @param tile the side of one tile in pixels (560 for the published models)
 * @param maxTiles the most tiles that one picture is cut into (4 for the published models)
 * @param rescale what a byte is multiplied by (1/255)
 * @param mean (3), subtracted after rescaling
 * @param std (3), divided by after that; none is zero
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, see below
public record ImageProcessorConfig(int tile, int maxTiles, double rescale, float[] mean, float[] std) {
    /** Beyond these the tensor of one picture would not fit an array; the published models use 560 and 4. */
    static final int LARGEST_TILE = 4096;

    private static final int MOST_TILES = 32;

    /** The faster one has the same settings; its pixels differ by rounding, and ours are those of the first. */
    private static final Set<String> TYPES = Set.of("MllamaImageProcessor", "MllamaImageProcessorFast");

    /** Pillow's number. */
    private static final int BILINEAR = 2;

    /** Checks every value; arrays are copied. */
    public ImageProcessorConfig {
        requireRange("tile", tile, LARGEST_TILE);
        requireRange("maxTiles", maxTiles, MOST_TILES);
        if (!(rescale > 0) || Double.isInfinite(rescale)) {
            throw new IllegalArgumentException("rescale " + rescale);
        }
        mean = requireThree("mean", mean);
        std = requireThree("std", std);
        for (float value : std) {
            if (value == 0) {
                throw new IllegalArgumentException("std " + Arrays.toString(std));
            }
        }
    }

    /**
     * The file of a checkpoint that has these settings: {@code preprocessor_config.json}, or {@code processor_config.json} of
     * newer folders. The former if neither is there.
     *
     * @throws sightline.error.InputException if both have them and differ
     */
    public static Path find(Path checkpoint) {
        return PreprocessorJson.find(checkpoint, ImageProcessorConfig::read);
    }

    /**
     * Reads such a file.
     *
     * @throws sightline.error.InputException if the file cannot be read, a field is missing or of the wrong kind, or a
     *     field asks for arithmetic that Sightline does not do
     */
    public static ImageProcessorConfig read(Path file) {
        PreprocessorJson json = PreprocessorJson.open(file);
        json.requireType(TYPES, "MllamaImageProcessor");
        json.requireSteps("do_resize", "do_pad", "do_rescale", "do_normalize");
        json.requireRgb();
        json.requireResample(BILINEAR, "bilinear");
        JsonNode size = json.field("size");
        JsonNode height = size.path("height");
        json.require(
                PreprocessorJson.inRange(height, LARGEST_TILE) && height.equals(size.path("width")),
                "size",
                size,
                "an equal \"height\" and \"width\" from 1 to " + LARGEST_TILE);
        JsonNode tiles = json.field("max_image_tiles");
        json.require(
                PreprocessorJson.inRange(tiles, MOST_TILES),
                "max_image_tiles",
                tiles,
                "a whole number from 1 to " + MOST_TILES);
        return new ImageProcessorConfig(
                height.intValue(), tiles.intValue(), json.rescale(), floats(json.mean()), floats(json.std()));
    }

    private static float[] floats(double[] values) {
        return new float[] {(float) values[0], (float) values[1], (float) values[2]};
    }

    private static void requireRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " " + value + ", expected 1 to " + most);
        }
    }

    private static float[] requireThree(String name, float[] values) {
        Objects.requireNonNull(values, name);
        boolean finite = true;
        for (float value : values) {
            finite &= Float.isFinite(value);
        }
        if (values.length != 3 || !finite) {
            throw new IllegalArgumentException(name + " " + Arrays.toString(values) + ", expected 3 finite numbers");
        }
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageProcessorConfig that
                && tile == that.tile
                && maxTiles == that.maxTiles
                && Double.compare(rescale, that.rescale) == 0
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tile, maxTiles, rescale, Arrays.hashCode(mean), Arrays.hashCode(std));
    }

    @Override
    public String toString() {
        return "ImageProcessorConfig[tile=" + tile + ", maxTiles=" + maxTiles + ", rescale=" + rescale + ", mean="
                + Arrays.toString(mean) + ", std=" + Arrays.toString(std) + "]";
    }
}
