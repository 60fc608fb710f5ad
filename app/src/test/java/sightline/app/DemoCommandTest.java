package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    private static List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sightline-demo-"))
                    .toList();
        }
    }

    @Test
    void tracesTheEmbeddedPictureAndLeavesNothingBehind() throws IOException {
        List<Path> before = leftovers();

        CommandRun run = CommandRun.with(StandardCharsets.US_ASCII, "demo");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("its weights are random: its answer means nothing")
                .contains("Drop of p when a pathway is cut; k = 3, masking paper")
                .contains("  image->last  ", "  image->question  ", "  question->last  ", "  last->last  ")
                .contains("0  3    8    13   18   23   28   33   38   layer")
                .contains("./sightline ask --model DIR");
        assertThat(run.out()).matches("\\p{ASCII}*");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(leftovers()).isEqualTo(before);
    }

    @Test
    void isTheGoldenCaseOfTheSameCheckpoint() throws IOException {
        // tiny40, case 0: the reference's probabilities of its two tokens are 0.9993 and 0.6068.
        CommandRun run = CommandRun.of("demo");

        assertThat(run.out()).contains("p = 0.61").contains(" 0.999 ").contains(" 0.607 ");
    }
}
