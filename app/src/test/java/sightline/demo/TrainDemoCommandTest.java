package sightline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sightline.app.CommandRun;

/**
 * The command around a training of a second: however few steps that is, a checkpoint with its card and tables is left. What
 * training does is tested in steps, by TrainDemoTest.
 */
class TrainDemoCommandTest {
    private static final int UNSEEN_PICTURES = 12;

    @TempDir
    private Path folder;

    @Test
    void aCheckpointWithItsCardIsLeft() throws IOException {
        String out = folder.resolve("trained").toString();

        CommandRun run = CommandRun.on(
                StandardCharsets.UTF_8, console -> new CommandLine(new TrainDemoCommand(console, UNSEEN_PICTURES))
                        .execute("--out", out, "--minutes", "0.02", "--seed", "5"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .containsPattern("step 1, 0\\.0 min left, .* labels [0-9.]+")
                .contains("wrote " + out);
        assertThat(run.out()).contains("| its own picture | ", "| vqav2 shape_of | ", "visual7w image_to_question (");
        assertThat(Files.readString(Path.of(out, "README.md")))
                .contains("0.02 minutes", "seed 5", run.out().strip());
        assertThat(CommandRun.of("check", out).status()).isZero();

        CommandRun again = CommandRun.of("train-demo", "--out", out, "--minutes", "0.02", "--seed", "6");
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("--seed", "seed 5").hasLineCount(1);
    }
}
