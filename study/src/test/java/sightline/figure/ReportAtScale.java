package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.RunResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.dataset.Dataset;
import sightline.run.ResultTable;
import sightline.run.RunFolders;

/**
 * What a large report costs: 8,000 samples × 40 layers × 4 pathways × 5 window sizes × 2 maskings. No part of the usual run,
 * as its name says to surefire; docs/statistics.md has the command.
 */
class ReportAtScale {
    @TempDir
    Path folder;

    @Test
    void aReportOf8000Samples() throws IOException {
        Path run = RunFolders.write(
                folder.resolve("run"),
                Dataset.VQAV2,
                40,
                List.of(1, 3, 5, 9, 15),
                List.of("paper", "zero"),
                8000,
                8000);
        System.out.printf("journal %.0f MB%n", Files.size(run.resolve("samples.jsonl")) / 1e6);
        long start = System.nanoTime();
        List<TracedDataset> datasets;
        try (ResultTable table = ResultTable.read(List.of(run))) {
            datasets = RunResults.of(table);
        }
        double read = seconds(start);
        StudySummary study = StudySummary.of(datasets, SummarySettings.usual());
        double summed = seconds(start) - read;
        Path out = folder.resolve("report");
        ReportWriter.write(study, out, FigureStyle.SIGHTLINE);
        double all = seconds(start);
        System.out.printf(
                "read %.1f s, statistics %.1f s, written %.1f s; page %.1f MB; peak memory %s%n",
                read, summed, all - read - summed, Files.size(out.resolve("report.html")) / 1e6, peak());
        assertThat(summed).as("seconds of statistics").isLessThan(60);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
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
