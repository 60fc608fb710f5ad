package sightline.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * The settings of the image processor as {@link ImageProcessorConfig}; every field that changes a pixel is checked. They lie
 * in {@code preprocessor_config.json}, or in newer folders inside {@code processor_config.json}.
 */
final class PreprocessorJson {
    static final String OWN_FILE = "preprocessor_config.json";
    static final String SHARED_FILE = "processor_config.json";

    /** The faster one has the same settings; its pixels differ by rounding, and ours are those of the first. */
    private static final Set<String> TYPES = Set.of("MllamaImageProcessor", "MllamaImageProcessorFast");

    private static final String INSIDE = "image_processor";
    /** Pillow's number for bilinear. */
    private static final int BILINEAR = 2;

    private static final String NEXT_STEP = "Use the file as it was published with the checkpoint";

    private final Path file;
    private final JsonNode root;

    private PreprocessorJson(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static ImageProcessorConfig read(Path file) {
        JsonNode root = JsonText.read(Objects.requireNonNull(file, "file"));
        return new PreprocessorJson(file, root.path(INSIDE).isObject() ? root.get(INSIDE) : root).config();
    }

    /** The file of a folder that has the settings; {@value #OWN_FILE} if none has. */
    static Path find(Path checkpoint) {
        Path own = checkpoint.resolve(OWN_FILE);
        Path shared = checkpoint.resolve(SHARED_FILE);
        boolean inShared =
                Files.exists(shared) && JsonText.read(shared).path(INSIDE).isObject();
        if (!inShared) {
            return own;
        }
        if (Files.exists(own) && !read(own).equals(read(shared))) {
            throw problem(
                    shared,
                    "has other settings of the image processor than " + OWN_FILE + ", and versions of the reference"
                            + " differ in which they take",
                    "the same in both files",
                    null);
        }
        return Files.exists(own) ? own : shared;
    }

    private ImageProcessorConfig config() {
        JsonNode type = field("image_processor_type");
        require(TYPES.contains(type.asText()), "image_processor_type", type, "\"MllamaImageProcessor\"");
        for (String step : new String[] {"do_resize", "do_pad", "do_rescale", "do_normalize"}) {
            JsonNode value = field(step);
            require(value.isBoolean() && value.booleanValue(), step, value, "true");
        }
        // Not written by every version; the picture is always converted here.
        if (root.has("do_convert_rgb")) {
            JsonNode value = field("do_convert_rgb");
            require(value.isBoolean() && value.booleanValue(), "do_convert_rgb", value, "true");
        }
        JsonNode resample = field("resample");
        require(resample.isInt() && resample.intValue() == BILINEAR, "resample", resample, BILINEAR + " (bilinear)");
        JsonNode size = field("size");
        JsonNode height = size.path("height");
        JsonNode width = size.path("width");
        require(
                inRange(height, ImageProcessorConfig.LARGEST_TILE) && height.equals(width),
                "size",
                size,
                "an equal \"height\" and \"width\" from 1 to " + ImageProcessorConfig.LARGEST_TILE);
        JsonNode tiles = field("max_image_tiles");
        require(
                inRange(tiles, ImageProcessorConfig.MOST_TILES),
                "max_image_tiles",
                tiles,
                "a whole number from 1 to " + ImageProcessorConfig.MOST_TILES);
        JsonNode rescale = field("rescale_factor");
        require(
                rescale.isNumber() && rescale.doubleValue() > 0 && Double.isFinite(rescale.doubleValue()),
                "rescale_factor",
                rescale,
                "a positive number such as 0.00392156862745098");
        return new ImageProcessorConfig(
                height.intValue(),
                tiles.intValue(),
                rescale.doubleValue(),
                three("image_mean", false),
                three("image_std", true));
    }

    private float[] three(String name, boolean nonZero) {
        JsonNode node = field(name);
        String expected = "a list of three numbers" + (nonZero ? ", none of them 0" : "");
        require(node.isArray() && node.size() == 3, name, node, expected);
        float[] values = new float[3];
        for (int i = 0; i < 3; i++) {
            values[i] = node.get(i).floatValue();
            boolean right = node.get(i).isNumber() && Float.isFinite(values[i]) && !(nonZero && values[i] == 0);
            require(right, name, node, expected);
        }
        return values;
    }

    private static boolean inRange(JsonNode node, int most) {
        return node.isInt() && node.intValue() >= 1 && node.intValue() <= most;
    }

    private JsonNode field(String name) {
        JsonNode node = root.get(name);
        if (node == null) {
            throw problem(file, "has no field \"" + name + "\"", "", null);
        }
        return node;
    }

    private void require(boolean right, String name, JsonNode found, String expected) {
        if (!right) {
            throw problem(file, "\"" + name + "\" is " + found + ", which Sightline does not do", expected, null);
        }
    }

    private static InputException problem(Path file, String problem, String expected, Throwable cause) {
        return new InputException(file.toString(), problem, expected, NEXT_STEP, cause);
    }
}
