package sightline.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.CommandRun;
import sightline.app.TraceFiles;

/** {@code trace --head-curves} and {@code --head-set}, then {@code report}. */
class TraceHeadCurvesTest {
    @TempDir
    private Path folder;

    @Test
    void theSecondRoundFollows() throws IOException {
        TraceFiles files = TraceFiles.make(folder, 6);
        Path run = folder.resolve("run");
        String[] options = {"--pathways", "image_to_last", "--heads", "zero", "--head-curves"};
        CommandRun alone = files.trace(run, "--pathways", "image_to_last", "--heads", "zero");
        assertThat(alone.status()).as(alone.err()).isZero();
        assertThat(run.resolve("head_curves")).doesNotExist();
        CommandRun first = files.trace(run, options);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).contains("second round");
        assertThat(first.out()).contains(" samples traced: " + run.resolve("head_curves"));
        assertThat(files.trace(run, options).status()).isZero();
        int judged = TraceFiles.finished(run.resolve("head_curves")).size();
        assertThat(judged).isBetween(1, 5);
        Path report = folder.resolve("report");
        CommandRun told = CommandRun.of("report", run.toString(), "--threshold", "0", "--out", report.toString());
        assertThat(told.status()).as(told.err()).isZero();
        assertThat(Files.readAllLines(report.resolve("head_curves.csv")))
                .anyMatch(row -> row.contains(",kept,ranked,area,,,0.0," + judged + ","));
    }

    @Test
    void chosenSetsAreInTheRunAndItsReport() throws IOException {
        TraceFiles files = TraceFiles.make(folder, 3);
        Path run = folder.resolve("run");
        CommandRun traced =
                files.trace(run, "--pathways", "image_to_last", "--head-set", "3.1,8.2", "--heads-at", "all");
        assertThat(traced.status()).as(traced.err()).isZero();
        assertThat(run.resolve("whole_depth.parquet")).isNotEmptyFile();
        assertThat(run.resolve("heads.parquet")).doesNotExist();
        Path report = folder.resolve("report");
        CommandRun told = CommandRun.of("report", run.toString(), "--threshold", "0", "--out", report.toString());
        assertThat(told.status()).as(told.err()).isZero();
        assertThat(Files.readString(report.resolve("whole_depth.csv")))
                .contains(",zero,heads,\"heads_in_all_rows(3.1,8.2)\",log_odds,");
        assertThat(Files.readString(report.resolve("report.html"))).contains("\"head_sets\":[{");
        CommandRun beyond = files.trace(folder.resolve("other"), "--head-set", "3.9");
        assertThat(beyond.status()).isNotZero();
        assertThat(beyond.err()).contains("names head 3.9").hasLineCount(1);
        assertThat(folder.resolve("other")).doesNotExist();
    }
}
