package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.mllama.MllamaConfig;
import sightline.mllama.MllamaProcessor;
import sightline.world.Mix;
import sightline.world.SceneQuestion;
import sightline.world.World;
import sightline.writing.LearntProcessor;

class FastPromptsTest {
    /** What is trained on is what the model will be asked: token for token the processor's own. */
    @Test
    void equalsTheProcessor(@TempDir Path folder) {
        LearntProcessor files = DemoProcessor.learn();
        files.write(folder);
        MllamaConfig config = DemoSizes.config(files.vocabularySize(), files.imageToken());
        try (MllamaProcessor processor = MllamaProcessor.load(folder, config)) {
            FastPrompts prompts = new FastPrompts(processor, config.imageToken());
            for (int i = 0; i < 60; i++) {
                for (SceneQuestion question : World.scene(i, Mix.all()).questions()) {
                    var prompt = question.style().prompt().fill(question.question(), question.choices());
                    assertThat(prompts.ids(prompt))
                            .as(prompt.text())
                            .isEqualTo(processor.prompt(prompt).ids());
                }
            }
        }
    }
}
