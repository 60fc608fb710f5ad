package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole recipe in two minutes: too few to learn much, enough to see that it learns. */
class TrainDemoCommandTest {
    private static final Pattern LABELS = Pattern.compile("step \\d+, .* labels ([0-9.]+)");
    private static final Pattern LOSS = Pattern.compile("step \\d+, .* loss ([0-9.]+)");

    @TempDir
    private Path folder;

    @Test
    void lossesFallAndACheckpointWithItsCardIsLeft() throws IOException {
        String out = folder.resolve("trained").toString();

        CommandRun run = CommandRun.of("train-demo", "--out", out, "--minutes", "2", "--seed", "5");

        assertThat(run.status()).as(run.err()).isZero();
        List<Double> labels = all(LABELS, run.err());
        assertThat(labels.get(labels.size() - 1)).isLessThan(0.75 * labels.get(0));
        List<Double> losses = all(LOSS, run.err());
        assertThat(losses).hasSizeGreaterThan(1);
        assertThat(losses.get(losses.size() - 1)).as(losses.toString()).isLessThan(0.75 * losses.get(0));
        assertThat(run.out()).contains("| its own picture | ", "| vqav2 colour_of | ", "visual7w image_to_question (");
        assertThat(Files.readString(Path.of(out, "README.md")))
                .contains("2 minutes", "seed 5", run.out().strip());
        assertThat(CommandRun.of("check", out).status()).isZero();
    }

    private static List<Double> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> Double.parseDouble(match.group(1)))
                .toList();
    }
}
