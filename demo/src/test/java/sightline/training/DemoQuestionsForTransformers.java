package sightline.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import sightline.family.Families;
import sightline.image.ImageTiles;
import sightline.image.RgbImage;
import sightline.knockout.RowReading;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.tensor.DType;
import sightline.text.EncodedPrompt;
import sightline.text.WordPlaces;
import sightline.world.Mix;
import sightline.world.Scene;
import sightline.world.World;

/**
 * Writes what docs/demo-transformers.py compares with: pictures, prompts, the engine's greedy answers and logits. Not run
 * unless it is named; the script says how.
 */
class DemoQuestionsForTransformers {
    private static final int MOST_TOKENS = 25;

    @Test
    @EnabledIfSystemProperty(named = "sightline.asked", matches = ".+")
    void write() throws IOException {
        Path out = Files.createDirectories(
                Path.of(System.getProperty("sightline.asked")).toAbsolutePath());
        Path checkpoint = Path.of(System.getProperty("sightline.checkpoint"));
        int questions = Integer.getInteger("sightline.questions", 100);
        ObjectMapper json = new ObjectMapper();
        ArrayNode asked = json.createArrayNode();
        try (VisionLanguageModel model =
                Families.load(checkpoint, LoadOptions.defaults().withDType(DType.FLOAT32))) {
            for (int i = 0; i < questions; i++) {
                Scene scene = World.scene(Seeds.heldOut(i), Mix.all().withQuestions(1));
                File image = out.resolve(i + ".png").toFile();
                ImageIO.write(buffered(scene.picture()), "png", image);
                var question = scene.questions().get(0);
                ImageTiles tiles = model.processor().picture(scene.picture());
                try (VisionMemory seen = model.see(tiles)) {
                    EncodedPrompt prompt = model.processor()
                            .prompt(
                                    question.style().prompt().fill(question.question(), question.choices()),
                                    WordPlaces.OPTIONS,
                                    seen.tokens());
                    ModelInputs inputs = new ModelInputs(tiles, prompt);
                    Answer answer = model.answer(inputs, seen, Decoding.greedy(MOST_TOKENS));
                    ObjectNode entry = asked.addObject().put("image", image.getPath());
                    entry.set("prompt_ids", json.valueToTree(inputs.prompt().ids()));
                    entry.set("answer_ids", json.valueToTree(answer.tokens()));
                    entry.set("logits", json.valueToTree(model.logits(prompt, seen, RowReading.TRANSFORMERS)));
                }
            }
        }
        json.writeValue(out.resolve("asked.json").toFile(), asked);
    }

    private static BufferedImage buffered(RgbImage picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    int value = picture.rgb()[(y * picture.width() + x) * 3 + channel] & 0xFF;
                    rgb = (rgb << 8) | value;
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }
}
