package sightline.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.checkpoint.Folders;
import sightline.error.InputException;
import sightline.golden.Golden;
import sightline.golden.GoldenInputs;
import sightline.image.ImageMode;
import sightline.image.RgbImage;
import sightline.json.JsonText;
import sightline.knockout.PictureTokens;
import sightline.model.ModelInputs;
import sightline.model.ProcessorOptions;
import sightline.text.PromptFormat;
import sightline.text.TokenRole;
import sightline.text.WordPlaces;

/** A LLaVA-1.5 checkpoint's processor, of both layouts, against the reference's (golden/llava). */
class LlavaProcessorTest {
    @TempDir
    Path folder;

    private int copies;

    private static LlavaProcessor load(Path checkpoint, ProcessorOptions options) {
        Path config = checkpoint.resolve("config.json");
        return LlavaProcessor.load(checkpoint, LlavaConfig.of(config, JsonText.read(config)), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llava/llava8", "llava/llava10"})
    void inputsEqualTheReferences(String name) {
        try (Golden golden = Golden.open(name)) {
            for (Golden.Case c : golden.cases()) {
                ImageMode mode = c.text("image_mode").equals("pad") ? ImageMode.PAD : ImageMode.CROP;
                Optional<String> system = c.node().has("system") ? Optional.of(c.text("system")) : Optional.empty();
                ProcessorOptions options = new ProcessorOptions(Optional.empty(), Optional.of(mode), system);
                try (LlavaProcessor processor = load(golden.checkpoint(), options)) {
                    assertThat(processor.imageMode()).contains(mode);
                    ModelInputs inputs = GoldenInputs.of(c, processor);
                    assertThat(sha256(inputs.picture().pixels())).isEqualTo(c.text("pixel_values_sha256"));
                    assertThat(inputs.prompt().ids()).isEqualTo(c.integers("input_ids"));
                    assertThat(positions(inputs, TokenRole.QUESTION)).isEqualTo(c.integers("question_text_positions"));
                    int[] image = c.integers("image_positions");
                    assertThat(positions(inputs, TokenRole.IMAGE))
                            .isEqualTo(IntStream.range(image[0], image[1]).toArray());
                }
            }
        }
    }

    private static int[] positions(ModelInputs inputs, TokenRole role) {
        TokenRole[] roles = inputs.prompt().roles();
        return IntStream.range(0, roles.length).filter(i -> roles[i] == role).toArray();
    }

    private static String sha256(float... pixels) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(pixels);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFilesDecideOnTheImageMode() {
        Path checkpoint = changed("preprocessor_config.json", json -> json.put("do_pad", true));
        try (LlavaProcessor padding = load(checkpoint, ProcessorOptions.NONE)) {
            assertThat(padding.imageMode()).contains(ImageMode.PAD);
            assertThat(LlavaProcessor.mode(checkpoint, ProcessorOptions.NONE)).isEqualTo(ImageMode.PAD);
            assertThat(padding.patches(80, 40).rows()).isEqualTo(2);
        }
    }

    /** A row of the head without an entry of the tokeniser may win. */
    @Test
    void idsWithoutATokenGiveNothing() {
        try (LlavaProcessor processor = load(checkpoint("llava8"), ProcessorOptions.NONE)) {
            assertThat(processor.decode(new int[] {479, 514, 477})).isEqualTo("US");
            assertThat(processor.token(514)).isEqualTo("<id 514>");
        }
    }

    @Test
    void withoutAllOfItsFieldsTheTowerSaysHowManyTokensAPictureHas() {
        Path checkpoint = changed("processor_config.json", json -> json.without("patch_size"));
        try (LlavaProcessor processor = load(checkpoint, ProcessorOptions.NONE)) {
            RgbImage picture = new RgbImage(2, 1, new byte[6]);
            assertThat(processor.tokens(processor.picture(picture))).isEqualTo(new PictureTokens(16, 16));
            assertThat(processor
                            .prompt(
                                    PromptFormat.of("plain").fill("Why?", List.of()),
                                    WordPlaces.OPTIONS,
                                    processor.tokens(processor.picture(picture)))
                            .roles())
                    .filteredOn(role -> role == TokenRole.IMAGE)
                    .hasSize(16);
        }
    }

    @Test
    void anotherNumberOfImageTokensThanTheTowersIsRefused() {
        refuses(
                "processor_config.json",
                json -> json.put("num_additional_image_tokens", 0),
                "tokens: 15",
                "rows are 16");
        refuses("processor_config.json", json -> json.put("vision_feature_select_strategy", "full"), "tokens: 17");
        refuses("processor_config.json", json -> json.put("patch_size", 28), "tokens: 4");
        refuses("processor_config.json", json -> json.put("patch_size", "14"), "\"patch_size\" is \"14\"");
        refuses(
                "preprocessor_config.json",
                json -> json.withObject("crop_size").put("height", 42).put("width", 42),
                "crop_size is 42",
                "image_size 56");
    }

    private void refuses(String file, Consumer<ObjectNode> change, String... words) {
        Path checkpoint = changed(file, change);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> load(checkpoint, ProcessorOptions.NONE).close())
                .satisfies(e -> assertThat(e.place()).endsWith(file))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    private Path changed(String file, Consumer<ObjectNode> change) {
        Path copy = Folders.copy(checkpoint("llava8"), folder.resolve("copy" + copies++));
        Folders.editJson(copy.resolve(file), change);
        return copy;
    }

    private static Path checkpoint(String name) {
        return Golden.file("llava/" + name + "/checkpoint");
    }
}
