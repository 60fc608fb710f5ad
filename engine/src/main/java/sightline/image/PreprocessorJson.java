package sightline.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import sightline.error.InputException;
import sightline.json.JsonText;

/**
 * The settings of an image processor as they stand in a file; every field that changes a pixel is checked. They lie in {@code
 * preprocessor_config.json}, or in newer folders inside {@code processor_config.json}.
 */
final class PreprocessorJson {
    private static final String OWN_FILE = "preprocessor_config.json";
    private static final String SHARED_FILE = "processor_config.json";
    private static final String INSIDE = "image_processor";
    private static final String NEXT_STEP = "Use the file as it was published with the checkpoint";

    private final Path file;
    private final JsonNode root;

    private PreprocessorJson(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** @throws InputException if the file cannot be read */
    static PreprocessorJson open(Path file) {
        JsonNode root = JsonText.read(Objects.requireNonNull(file, "file"));
        return new PreprocessorJson(file, root.path(INSIDE).isObject() ? root.get(INSIDE) : root);
    }

    /**
     * The file of a folder that has the settings; {@value #OWN_FILE} if none has.
     *
     * @param read makes settings of a file, to be compared where there are two
     */
    static Path find(Path checkpoint, Function<Path, ?> read) {
        Path own = checkpoint.resolve(OWN_FILE);
        Path shared = checkpoint.resolve(SHARED_FILE);
        boolean inShared =
                Files.exists(shared) && JsonText.read(shared).path(INSIDE).isObject();
        if (!inShared) {
            return own;
        }
        if (Files.exists(own) && !read.apply(own).equals(read.apply(shared))) {
            throw problem(
                    shared,
                    "has other settings of the image processor than " + OWN_FILE + ", and versions of the reference"
                            + " differ in which they take",
                    "the same in both files");
        }
        return Files.exists(own) ? own : shared;
    }

    /** @param usual named in the error */
    void requireType(Set<String> types, String usual) {
        JsonNode type = field("image_processor_type");
        require(types.contains(type.asText()), "image_processor_type", type, "\"" + usual + "\"");
    }

    /** All of these steps are done. */
    void requireSteps(String... steps) {
        for (String step : steps) {
            JsonNode value = field(step);
            require(value.isBoolean() && value.booleanValue(), step, value, "true");
        }
    }

    /** Not written by every version; a picture is always converted here. */
    void requireRgb() {
        if (root.has("do_convert_rgb")) {
            requireSteps("do_convert_rgb");
        }
    }

    /**
     * The filter that pictures are resized with.
     *
     * @param number Pillow's
     */
    void requireResample(int number, String name) {
        JsonNode resample = field("resample");
        require(resample.isInt() && resample.intValue() == number, "resample", resample, number + " (" + name + ")");
    }

    double rescale() {
        JsonNode rescale = field("rescale_factor");
        require(
                rescale.isNumber() && rescale.doubleValue() > 0 && Double.isFinite(rescale.doubleValue()),
                "rescale_factor",
                rescale,
                "a positive number such as 0.00392156862745098");
        return rescale.doubleValue();
    }

    /** (3), subtracted after rescaling. */
    double[] mean() {
        return three("image_mean", false);
    }

    /** (3), divided by after that. */
    double[] std() {
        return three("image_std", true);
    }

    private double[] three(String name, boolean nonZero) {
        JsonNode node = field(name);
        String expected = "a list of three numbers" + (nonZero ? ", none of them 0" : "");
        require(node.isArray() && node.size() == 3, name, node, expected);
        double[] values = new double[3];
        for (int i = 0; i < 3; i++) {
            values[i] = node.get(i).doubleValue();
            float used = (float) values[i];
            boolean right = node.get(i).isNumber() && Float.isFinite(used) && !(nonZero && used == 0);
            require(right, name, node, expected);
        }
        return values;
    }

    /** A field that says yes or no; no if it is not there or null. */
    boolean flag(String name) {
        if (!root.hasNonNull(name)) {
            return false;
        }
        JsonNode value = field(name);
        require(value.isBoolean(), name, value, "true or false");
        return value.booleanValue();
    }

    static boolean inRange(JsonNode node, int most) {
        return node.isInt() && node.intValue() >= 1 && node.intValue() <= most;
    }

    JsonNode field(String name) {
        JsonNode node = root.get(name);
        if (node == null) {
            throw problem(file, "has no field \"" + name + "\"", "");
        }
        return node;
    }

    void require(boolean right, String name, JsonNode found, String expected) {
        if (!right) {
            throw problem(file, "\"" + name + "\" is " + found + ", which Sightline does not do", expected);
        }
    }

    private static InputException problem(Path file, String problem, String expected) {
        return new InputException(file.toString(), problem, expected, NEXT_STEP);
    }
}
