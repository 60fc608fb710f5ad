package sightline.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiles against the reference processor's, byte by byte (golden/inputs/images.json). */
class ImageProcessorTest {
    static Stream<JsonNode> patterns() {
        return StreamSupport.stream(Golden.images().get("patterns").spliterator(), false);
    }

    static Stream<JsonNode> photos() {
        return StreamSupport.stream(Golden.images().get("photos").spliterator(), false);
    }

    @Test
    void allReferencePicturesAreThere() {
        assertThat(patterns()).hasSize(173);
        assertThat(photos()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void patternEqualsReference(JsonNode expected) {
        check(pattern(expected.get("width").intValue(), expected.get("height").intValue()), expected);
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
        int tile = expected.get("tile").intValue();
        int maxTiles = expected.get("max_tiles").intValue();
        float[] half = {0.5f, 0.5f, 0.5f};
        ImageProcessor processor = new ImageProcessor(new ImageProcessorConfig(tile, maxTiles, 1 / 255.0, half, half));
        ImageTiles tiles = processor.process(picture);
        assertThat(tiles.aspectRatioId())
                .isEqualTo(expected.get("aspect_ratio_id").intValue());
        assertThat(tiles.count()).isEqualTo(expected.get("num_tiles").intValue());

        byte[] bytes = bytes(picture, tile, maxTiles);
        long sum = 0;
        for (byte value : bytes) {
            sum += value & 0xff;
        }
        assertThat(sum).isEqualTo(expected.get("sum_of_bytes").longValue());
        assertThat(Golden.sha256(bytes)).isEqualTo(expected.get("bytes_sha256").textValue());
        assertThat(Golden.sha256(tiles.pixels()))
                .isEqualTo(expected.get("pixel_values_sha256").textValue());
    }

    /** (maxTiles, 3, tile, tile) as bytes: padded and cut here on its own, pixel by pixel. */
    private static byte[] bytes(RgbImage picture, int tile, int maxTiles) {
        Canvas canvas = Canvas.choose(picture.width(), picture.height(), tile, maxTiles);
        RgbImage fitted = ImageProcessor.fit(picture, canvas);
        byte[] bytes = new byte[3 * maxTiles * tile * tile];
        for (int y = 0; y < fitted.height(); y++) {
            for (int x = 0; x < fitted.width(); x++) {
                int index = y / tile * canvas.columns() + x / tile;
                for (int channel = 0; channel < 3; channel++) {
                    bytes[((3 * index + channel) * tile + y % tile) * tile + x % tile] =
                            fitted.rgb()[3 * (y * fitted.width() + x) + channel];
                }
            }
        }
        return bytes;
    }

    /** value(x, y, c) = (7x + 13y + 29c + floor(x * y / 3)) mod 256, as images.json says. */
    static RgbImage pattern(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    rgb[3 * (y * width + x) + channel] = (byte) (7 * x + 13 * y + 29 * channel + x * y / 3);
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }
}
