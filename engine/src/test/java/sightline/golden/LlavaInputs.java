package sightline.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import sightline.image.ClipProcessor;
import sightline.image.ClipProcessorConfig;
import sightline.image.ImageMode;
import sightline.image.ImageTiles;
import sightline.image.PictureReader;
import sightline.model.ModelInputs;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** A case's inputs as the reference had them: ids and roles from {@code cases.json}, pixels by our processor. */
public final class LlavaInputs {
    private LlavaInputs() {}

    public static ModelInputs of(Golden golden, Golden.Case c) {
        int[] ids = c.integers("input_ids");
        TokenRole[] roles = new TokenRole[ids.length];
        Arrays.fill(roles, TokenRole.TEMPLATE);
        int[] image = c.integers("image_positions");
        Arrays.fill(roles, image[0], image[1], TokenRole.IMAGE);
        for (int row : c.integers("question_text_positions")) {
            roles[row] = TokenRole.QUESTION;
        }
        ImageMode mode = ImageMode.valueOf(c.text("image_mode").toUpperCase(java.util.Locale.ROOT));
        ClipProcessorConfig config = ClipProcessorConfig.read(ClipProcessorConfig.find(golden.checkpoint()));
        ImageTiles picture = new ClipProcessor(config.withMode(mode)).process(PictureReader.read(c.picture()));
        assertThat(sha256(picture.pixels())).isEqualTo(c.text("pixel_values_sha256"));
        return new ModelInputs(picture, new EncodedPrompt(c.text("rendered"), ids, roles));
    }

    /** Of float32 numbers, little-endian. */
    public static String sha256(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
