package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.RunResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.dataset.Dataset;
import sightline.run.RunFolders;

/**
 * What a large report costs: 8,000 samples × 40 layers × 4 pathways × 5 window sizes × 2 maskings. No part of the usual run,
 * as its name says to surefire; docs/statistics.md has the command.
 */
class ReportAtScale {
    private static final int SAMPLES = 8000;

    @TempDir
    Path folder;

    @Test
    void aReportOf8000Samples() throws IOException {
        Path run = RunFolders.measured(
                folder.resolve("run"), Dataset.VQAV2, 40, List.of(1, 3, 5, 9, 15), List.of("paper", "zero"), SAMPLES);
        System.out.printf("journal %.0f MB%n", Files.size(run.resolve("samples.jsonl")) / 1e6);
        Clock clock = new Clock();
        List<TracedDataset> datasets = RunResults.read(List.of(run));
        clock.tell("read");
        StudySummary study = StudySummary.of(datasets, SummarySettings.usual());
        clock.tell("statistics");
        Path out = folder.resolve("report");
        ReportWriter.write(study, out, FigureStyle.SIGHTLINE);
        clock.tell("files");
        System.out.printf("page %.1f MB, peak %s%n", Files.size(out.resolve("report.html")) / 1e6, peak());
        assertThat(out.resolve("curves.csv")).exists();
    }

    /** Seconds on the clock, and of all cores together: what a busy machine does not change much. */
    private static final class Clock {
        private long start = System.nanoTime();
        private Duration cores = cores();

        void tell(String what) {
            System.out.printf(
                    "%s %.1f s, %.1f core s%n",
                    what,
                    (System.nanoTime() - start) / 1e9,
                    cores().minus(cores).toMillis() / 1e3);
            start = System.nanoTime();
            cores = cores();
        }

        private static Duration cores() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    /** Of the whole process, as Linux tells it. */
    private static String peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse("unknown")
                : "unknown";
    }
}
