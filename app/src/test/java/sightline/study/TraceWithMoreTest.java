package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.app.TraceFiles;

/** {@code trace --foil --keep-in --triangle}, then {@code report}: what a run holds, and what a later call may not change. */
class TraceWithMoreTest {
    @TempDir
    private Path folder;

    @Test
    void foilsAndOtherWindowsAreInTheRun() throws IOException {
        TraceFiles files = TraceFiles.make(folder, 3);
        Path run = folder.resolve("run");
        CommandRun first = files.trace(
                run,
                "--masking",
                "zero",
                "--pathways",
                "image_to_last",
                "--foil",
                "b",
                "--foil",
                "c",
                "--keep",
                "image_to_last",
                "--keep-in",
                "windows",
                "--triangle",
                "image_to_last");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(run.resolve("kept.parquet")).isNotEmptyFile();
        assertThat(run.resolve("triangle.parquet")).isNotEmptyFile();
        assertThat(run.resolve("whole_depth.parquet")).doesNotExist();
        assertThat(TraceFiles.finished(run).values()).hasSize(3).allSatisfy(line -> assertThat(line.at("/uncut/foils"))
                .hasSize(2));

        CommandRun other = files.trace(run, "--masking", "zero", "--pathways", "image_to_last", "--foil", "b");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err()).contains("was [").hasLineCount(1);

        Path report = folder.resolve("report");
        CommandRun told = CommandRun.of("report", run.toString(), "--threshold", "0", "--out", report.toString());
        assertThat(told.status()).as(told.err()).isZero();
        assertThat(Files.readString(report.resolve("curves.csv"))).contains(",foil,");
        try (var pages = Files.list(report)) {
            assertThat(pages.filter(file -> file.toString().endsWith(".html")))
                    .allSatisfy(page -> assertThat(Files.readString(page)).contains("Foils"));
        }
    }

    /** Otherwise the folder would be one of --heads mean, and refuse what the message tells to give. */
    @Test
    void noRunBeginsWithTooFewSamplesForMeans() throws IOException {
        TraceFiles files = TraceFiles.make(folder, 3);
        Path run = folder.resolve("run");
        CommandRun mean = files.trace(run, "--pathways", "image_to_last", "--heads", "mean");
        assertThat(mean.status()).isNotZero();
        assertThat(mean.err()).contains("100 or more in each half").hasLineCount(1);
        assertThat(run).doesNotExist();
    }
}
