package sightline.image;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import sightline.error.InputException;
import sightline.error.InputFile;

/** {@code preprocessor_config.json} as {@link ImageProcessorConfig}; every field that changes a pixel is checked. */
final class PreprocessorJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String TYPE = "MllamaImageProcessor";
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
        Objects.requireNonNull(file, "file");
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(InputFile.regular(file)));
        } catch (NoSuchFileException e) {
            throw problem(file, "does not exist", "the settings of the image processor", e);
        } catch (JsonProcessingException e) {
            throw problem(file, "is not valid JSON (" + e.getOriginalMessage() + ")", "a JSON object", e);
        } catch (IOException e) {
            throw problem(file, "cannot be read (" + e.getMessage() + ")", "the settings of the image processor", e);
        }
        if (!root.isObject()) {
            throw problem(file, "holds no JSON object", "a JSON object", null);
        }
        return new PreprocessorJson(file, root).config();
    }

    private ImageProcessorConfig config() {
        JsonNode type = field("image_processor_type");
        require(type.asText().equals(TYPE), "image_processor_type", type, "\"" + TYPE + "\"");
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
