package sightline.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a LLaVA-1.5 checkpoint's files say about pictures.
 *
 * @param target the size to which a picture is resized
 * @param crop the side of the square cut out of its middle, pixels (336 for the published models)
 * @param rescale what a byte is multiplied by (1/255)
 * @param mean (3), subtracted after rescaling
 * @param std (3), divided by after that; none is zero
 * @param mode whether a picture is put into a square first
 */
public record ClipProcessorConfig(
        Target target, int crop, double rescale, List<Double> mean, List<Double> std, ImageMode mode) {
    /** CLIP's own, the one made for LLaVA, and their faster ones, whose pixels differ by rounding. */
    private static final Set<String> TYPES =
            Set.of("CLIPImageProcessor", "CLIPImageProcessorFast", "LlavaImageProcessor", "LlavaImageProcessorFast");

    /** Pillow's number. */
    private static final int BICUBIC = 3;

    private static final int LARGEST = 4096;

    /** The size of a resized picture. */
    public sealed interface Target {}

    /** The shorter side becomes this long, the other in proportion, rounded down. */
    public record ShorterSide(int pixels) implements Target {}

    /** Whatever its shape was. */
    public record Exactly(int width, int height) implements Target {}

    public ClipProcessorConfig {
        Objects.requireNonNull(target);
        Objects.requireNonNull(mode);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /**
     * The file of a checkpoint that has these settings; see {@link ImageProcessorConfig#find}.
     *
     * @throws sightline.error.InputException if two have them and differ
     */
    public static Path find(Path checkpoint) {
        return PreprocessorJson.find(checkpoint, ClipProcessorConfig::read);
    }

    /**
     * Reads such a file.
     *
     * @throws sightline.error.InputException if the file cannot be read, a field is missing or of the wrong kind, or a
     *     field asks for arithmetic that Sightline does not do
     */
    public static ClipProcessorConfig read(Path file) {
        PreprocessorJson json = PreprocessorJson.open(file);
        json.requireType(TYPES, "CLIPImageProcessor");
        json.requireSteps("do_resize", "do_center_crop", "do_rescale", "do_normalize");
        json.requireRgb();
        json.requireResample(BICUBIC, "bicubic");
        JsonNode crop = json.field("crop_size");
        json.require(
                isSize(crop) && crop.get("height").equals(crop.get("width")),
                "crop_size",
                crop,
                "an equal \"height\" and \"width\" from 1 to " + LARGEST);
        return new ClipProcessorConfig(
                target(json),
                crop.get("height").intValue(),
                json.rescale(),
                Arrays.stream(json.mean()).boxed().toList(),
                Arrays.stream(json.std()).boxed().toList(),
                json.flag("do_pad") ? ImageMode.PAD : ImageMode.CROP);
    }

    private static Target target(PreprocessorJson json) {
        JsonNode size = json.field("size");
        JsonNode shortest = size.path("shortest_edge");
        if (size.size() == 1 && PreprocessorJson.inRange(shortest, LARGEST)) {
            return new ShorterSide(shortest.intValue());
        }
        json.require(
                isSize(size), "size", size, "\"shortest_edge\", or \"height\" and \"width\", from 1 to " + LARGEST);
        return new Exactly(size.get("width").intValue(), size.get("height").intValue());
    }

    private static boolean isSize(JsonNode node) {
        return node.size() == 2
                && PreprocessorJson.inRange(node.path("height"), LARGEST)
                && PreprocessorJson.inRange(node.path("width"), LARGEST);
    }

    /** The same with another mode. */
    public ClipProcessorConfig withMode(ImageMode given) {
        return new ClipProcessorConfig(target, crop, rescale, mean, std, given);
    }

    /** Where a picture of this size comes to lie. */
    public Framing framing(int width, int height) {
        boolean padded = mode == ImageMode.PAD;
        int longer = Math.max(width, height);
        int left = padded ? (longer - width) / 2 : 0;
        int top = padded ? (longer - height) / 2 : 0;
        int framedWidth = padded ? longer : width;
        int framedHeight = padded ? longer : height;
        if (target instanceof Exactly exactly) {
            return new Framing(left, top, framedWidth, framedHeight, exactly.width(), exactly.height(), crop);
        }
        int shorter = ((ShorterSide) target).pixels();
        long follows =
                (long) ((double) shorter * Math.max(framedWidth, framedHeight) / Math.min(framedWidth, framedHeight));
        boolean wide = framedWidth > framedHeight;
        return new Framing(
                left, top, framedWidth, framedHeight, wide ? follows : shorter, wide ? shorter : follows, crop);
    }

    /** The colour around a padded picture: ⌊255 · mean⌋ per channel, 0xRRGGBB. */
    int ground() {
        int colour = 0;
        for (double channel : mean) {
            colour = colour << 8 | (int) Math.min(Math.max(255 * channel, 0), 255);
        }
        return colour;
    }
}
