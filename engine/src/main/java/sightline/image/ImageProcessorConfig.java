package sightline.image;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

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

    static final int MOST_TILES = 32;

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
        return PreprocessorJson.find(checkpoint);
    }

    /**
     * Reads such a file.
     *
     * @throws sightline.error.InputException if the file cannot be read, a field is missing or of the wrong kind, or a
     *     field asks for arithmetic that Sightline does not do
     */
    public static ImageProcessorConfig read(Path file) {
        return PreprocessorJson.read(file);
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
