package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Squares against the reference processor's, byte by byte (golden/llava/inputs/images.json). */
class ClipProcessorTest {
    private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> STD = List.of(0.26862954, 0.26130258, 0.27577711);

    private static Stream<JsonNode> entries(String kind) {
        JsonNode all = Golden.json(Golden.FOLDER.resolve("llava/inputs/images.json"));
        return StreamSupport.stream(all.get(kind).spliterator(), false);
    }

    static Stream<JsonNode> patterns() {
        return entries("patterns");
    }

    static Stream<JsonNode> photos() {
        return entries("photos");
    }

    @Test
    void allReferencePicturesAreThere() {
        assertThat(patterns().count() + photos().count()).isEqualTo(152);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void patternEqualsReference(JsonNode expected) {
        check(
                ImageProcessorTest.pattern(
                        expected.get("width").intValue(), expected.get("height").intValue()),
                expected);
    }

    @ParameterizedTest
    @MethodSource("photos")
    void photoEqualsReference(JsonNode expected) {
        RgbImage picture =
                PictureReader.read(Golden.PHOTOS.resolve(expected.get("source").textValue()));
        assertThat(Golden.sha256(picture.rgb()))
                .isEqualTo(expected.get("rgb_sha256").textValue());
        check(picture, expected);
    }

    private static void check(RgbImage picture, JsonNode expected) {
        int crop = expected.get("crop").intValue();
        ImageMode mode = expected.get("mode").textValue().equals("pad") ? ImageMode.PAD : ImageMode.CROP;
        var target = new ClipProcessorConfig.ShorterSide(
                expected.get("shortest_edge").intValue());
        var config = new ClipProcessorConfig(target, crop, 0.00392156862745098, MEAN, STD, mode);
        Framing framing = config.framing(picture.width(), picture.height());
        assertThat(List.of(framing.resizedWidth(), framing.resizedHeight()))
                .isEqualTo(List.of(
                        expected.get("resized").get(0).longValue(),
                        expected.get("resized").get(1).longValue()));
        ImageTiles tiles = new ClipProcessor(config).process(picture);
        assertThat(tiles.tile()).isEqualTo(crop);
        byte[] bytes = bytes(tiles.pixels());
        long sum = 0;
        for (byte value : bytes) {
            sum += value & 0xff;
        }
        assertThat(sum).isEqualTo(expected.get("sum_of_bytes").longValue());
        assertThat(Golden.sha256(bytes)).isEqualTo(expected.get("bytes_sha256").textValue());
        assertThat(Golden.sha256(tiles.pixels()))
                .isEqualTo(expected.get("pixel_values_sha256").textValue());
    }

    /** The levels that normalised values came from. */
    private static byte[] bytes(float[] pixels) {
        byte[] bytes = new byte[pixels.length];
        int plane = pixels.length / 3;
        for (int i = 0; i < pixels.length; i++) {
            int channel = i / plane;
            bytes[i] = (byte) Math.round(255 * (pixels[i] * STD.get(channel) + MEAN.get(channel)));
        }
        return bytes;
    }

    /** One that fills memory if it is resized or padded as a whole. */
    @Test
    void aVeryLongPictureIsNotResizedWhole() {
        byte[] grey = new byte[3 * 3_000_000];
        Arrays.fill(grey, (byte) 90);
        for (ImageMode mode : ImageMode.values()) {
            var config = new ClipProcessorConfig(new ClipProcessorConfig.ShorterSide(336), 336, 1, MEAN, STD, mode);
            float[] wide = new ClipProcessor(config)
                    .process(new RgbImage(3_000_000, 1, grey))
                    .pixels();
            float level =
                    mode == ImageMode.PAD ? 122 : 90; // one row of three million has no part in the padded picture
            assertThat(wide[336 * 168 + 168])
                    .as("%s", mode)
                    .isEqualTo((level - (float) 0.48145466) / (float) 0.26862954);
        }
    }
}
