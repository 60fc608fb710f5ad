package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import sightline.family.Families;
import sightline.knockout.SweepRequest;
import sightline.knockout.Trace;
import sightline.model.Answer;
import sightline.model.Decoding;
import sightline.model.LoadOptions;
import sightline.model.ModelInputs;
import sightline.model.Progress;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.sweep.SharedSweep;
import sightline.sweep.Sweep;
import sightline.text.Prompt;
import sightline.text.PromptFormat;

/** What the README shows is what there is. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir")).getParent();

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    /** Whoever reads the README first finds every command in it. */
    @Test
    void namesEveryCommand() throws IOException {
        String told = CommandRun.of().err(); // "a command is missing; expected ask, … or bench."
        String[] commands = told.substring(told.indexOf("expected ") + 9, told.indexOf(". "))
                .split(", | or ");
        assertThat(commands).contains("ask", "study", "bench");
        assertThat(commands).allSatisfy(command -> assertThat(readme()).contains("`" + command + "`"));
    }

    @Test
    void itsPagesAndPicturesAreThere() throws IOException {
        List<String> links = Pattern.compile("\\]\\(([^)#]+)\\)")
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
        assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(ROOT.resolve(link))
                .exists());
    }

    /** What a stranger types first, in this order. */
    @Test
    void startsWithTheTwoCommands() throws IOException {
        String block = readme().substring(readme().indexOf("```") + 3);
        List<String> commands = block.substring(0, block.indexOf("```"))
                .lines()
                .map(line -> line.replaceFirst(" *#.*", ""))
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(commands).containsExactly("./sightline demo", "./test");
        assertThat(ROOT.resolve("test")).isExecutable();
    }

    @Test
    void theLibraryExampleIsThisOne() throws IOException {
        Path folder = CommandRun.GOLDEN.resolve("tiny10/checkpoint");
        Path picture = CommandRun.GOLDEN.resolve("images/coffee.png");
        double[] drop = example(folder, picture);
        assertThat(drop).hasSize(10);
        assertThat(Arrays.stream(drop)).allMatch(p -> p >= 0 && p <= 1);

        List<String> source = Files.readAllLines(ROOT.resolve("app/src/test/java/sightline/app/ReadmeTest.java"));
        int first = source.indexOf("        // README");
        int last = source.indexOf("        // end");
        String code = String.join("\n", source.subList(first + 1, last)).indent(-8);
        assertThat(readme()).contains(code);
    }

    private static double[] example(Path folder, Path picture) {
        // README
        Prompt question = PromptFormat.of("plain").fill("What is in the cup?", List.of());
        try (VisionLanguageModel model = Families.load(folder, LoadOptions.defaults());
                Sweep sweep = new SharedSweep(model)) { // keeps its plans for the next question
            ModelInputs inputs = model.processor().encode(picture, question); // tiles, token ids, token roles
            try (VisionMemory seen = model.see(inputs.picture())) { // once per picture
                Answer answer = model.answer(inputs, seen, Decoding.greedy(2));
                SweepRequest request = SweepRequest.published(
                        model.rules().interventions(), inputs.prompt(), answer.tokens(), List.of(1, 9));
                Trace trace = sweep.run(request, seen, Progress.NONE); // plain Java arrays
                return trace.curves().get(0).probability(); // per layer, with that pathway cut around it
            }
        }
        // end
    }
}
