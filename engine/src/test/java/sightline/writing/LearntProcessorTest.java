package sightline.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.image.ImageProcessorConfig;
import sightline.text.LlamaTokenizer;

/** Tokenisers learnt from a few texts, read back. */
class LearntProcessorTest {
    @TempDir
    private Path folder;

    @Test
    void whatItHasReadIsOneTokenAndEverythingElseSurvives() {
        LearntProcessor processor = new LearntProcessor(Stream.of("a robot, a robot", "the robot of 1921"), 48, 4);
        processor.write(folder);
        try (LlamaTokenizer tokenizer = LlamaTokenizer.load(folder)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(processor.vocabularySize() + 1);
            assertThat(tokenizer.specialId("<|image|>")).contains(processor.imageToken());
            assertThat(tokenizer.encode("the robot of").ids()).hasSize(3);
            assertThat(tokenizer.encode("1921").ids()).hasSize(4);
            int[] unread = tokenizer.encode("Zoë").ids();
            assertThat(unread).hasSizeGreaterThan(3);
            assertThat(tokenizer.decode(unread, false)).isEqualTo("Zoë");
        }
        ImageProcessorConfig pictures = ImageProcessorConfig.read(folder.resolve("preprocessor_config.json"));
        assertThat(pictures.tile()).isEqualTo(48);
        assertThat(pictures.maxTiles()).isEqualTo(4);
    }
}
