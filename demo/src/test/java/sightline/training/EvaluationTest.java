package sightline.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.dataset.Dataset;
import sightline.family.Families;
import sightline.mllama.MllamaProcessor;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.tensor.DType;
import sightline.world.Chance;
import sightline.world.SceneQuestion;

/** The checkpoint that is part of Sightline looks: it answers from its picture, and guesses without. */
class EvaluationTest {
    private static final int PICTURES = 40;
    /** Its card says more; over so few questions it may be less. */
    private static final double LEAST = 0.9;

    /** What a guesser may be luckier than chance over so few questions: about three standard errors. */
    private static final double SPREAD = 0.22;

    /** What the picture must be worth at least. */
    private static final double WORTH = 0.35;

    @TempDir
    private static Path folder;

    private static Map<String, Evaluation.Results> results;

    @BeforeAll
    static void evaluate() throws IOException {
        for (String name : DemoCheckpoint.FILES) {
            try (InputStream in = DemoCheckpoint.open(name)) {
                Files.copy(in, folder.resolve(name));
            }
        }
        int stop = DemoProcessor.learn().specialTokens().end().get(0);
        try (VisionLanguageModel model =
                Families.load(folder, LoadOptions.defaults().withDType(DType.FLOAT32))) {
            Prompter prompter = new Prompter(
                    (MllamaProcessor) model.processor(), model.config().imageToken(), stop);
            results = new Evaluation(model, prompter).run(PICTURES);
        }
    }

    private static double accuracy(String variant, Dataset style) {
        return EvaluationText.accuracy(results.get(variant), style);
    }

    @Test
    void answersFromItsOwnPicture() {
        for (Dataset style : Dataset.values()) {
            assertThat(accuracy("its own picture", style)).as(style.toString()).isGreaterThan(LEAST);
        }
    }

    @Test
    void guessesWithoutIt() {
        Chance chance = Chance.ofWorld();
        List<SceneQuestion> asked = results.get("its own picture").questions();
        for (String blind : List.of("another's picture", "a grey picture", "both cut, zero")) {
            for (Dataset style : Dataset.values()) {
                assertThat(accuracy(blind, style))
                        .as(blind + ", " + style)
                        .isLessThan(chance.of(asked, style) + SPREAD)
                        .isLessThan(accuracy("its own picture", style) - WORTH);
            }
        }
    }

    @Test
    void isTold() {
        List<String> lines = EvaluationText.lines(results, PICTURES);
        assertThat(lines).anyMatch(line -> line.startsWith("| its own picture | "));
        assertThat(lines).anyMatch(line -> line.startsWith("| vqav2 colour_beside | "));
        assertThat(lines).anyMatch(line -> line.startsWith("| docvqa form | "));
    }
}
