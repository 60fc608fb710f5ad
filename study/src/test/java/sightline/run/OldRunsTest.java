package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.Metric;
import sightline.analysis.RunResults;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.dataset.Dataset;
import sightline.error.InputException;
import sightline.figure.FigureStyle;
import sightline.figure.ReportWriter;
import sightline.knockout.Medium;

/**
 * Runs of each earlier format: two samples of the tiny checkpoint. That of format 2 was written by the version before format
 * 3 and cut down; that of format 1 is the same run without what this format lacks.
 */
class OldRunsTest {
    private static final Path RUNS = Path.of("src/test/resources/runs").toAbsolutePath();

    @TempDir
    private Path folder;

    private static Path old(int format) {
        return RUNS.resolve("format-" + format);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anOldRunIsReported(int format) throws IOException {
        TracedDataset data = RunResults.read(List.of(old(format))).get(0);
        assertThat(data.dataset()).isEqualTo(Dataset.VISUAL7W);
        assertThat(data.samples()).hasSize(2);
        assertThat(data.interventions().values())
                .as("told by their names")
                .containsExactlyInAnyOrder(
                        new InterventionFacts(
                                "image_to_last",
                                List.of(new ActFacts(
                                        Medium.IMAGE,
                                        List.of(3, 8),
                                        List.of("last"),
                                        List.of("image"),
                                        List.of("paper", "zero")))),
                        new InterventionFacts(
                                "question_to_last",
                                List.of(new ActFacts(
                                        Medium.TEXT,
                                        List.of(0, 1, 2, 4, 5, 6, 7, 9),
                                        List.of("last"),
                                        List.of("question"),
                                        List.of("paper", "zero")))));
        assertThat(data.acts(new CurveKey("image_to_last", 1, "paper"), 3)).isTrue();
        assertThat(data.acts(new CurveKey("question_to_last", 1, "paper"), 3)).isFalse();

        StudySummary study = StudySummary.of(List.of(data), SummarySettings.of(0, Metric.PRODUCT, Clipping.NONE));
        Path report = folder.resolve("report");
        ReportWriter.write(study, report, FigureStyle.SIGHTLINE);
        assertThat(Files.readString(report.resolve("report.html"))).contains("image→last", "question→last");
        assertThat(Files.readAllLines(report.resolve("curves.csv")))
                .filteredOn(line -> line.startsWith("visual7w,format-" + format + ",,image_to_last,3,zero,"))
                .hasSize(10)
                .allMatch(line -> line.contains(",2,"));
    }

    /** Before anything else is said of it: here also the pictures are missing, and a file of the user's is in the way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anOldRunIsNotGoneOnWith(int format) throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        try (Stream<Path> files = Files.list(old(format))) {
            for (Path file : files.toList()) {
                Files.copy(file, run.resolve(file.getFileName()));
            }
        }
        Files.writeString(run.resolve("results.parquet"), "mine");
        TinyStudy study = TinyStudy.in(folder);
        RunPlan plan = new RunPlan(
                run,
                Dataset.VQAV2,
                study.filtered(Dataset.VQAV2),
                folder.resolve("none"),
                TinyStudy.checkpoint(),
                TinyStudy.loading(),
                TinyStudy.settings(),
                Portion.ALL,
                0,
                false);
        String[] message = {
            "manifest.json: has format " + format + ", of an earlier version",
            "Expected format 3 to go on",
            "results that are there can still be read"
        };
        assertThatThrownBy(() -> TinyStudy.read(plan))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(message);
        assertThatThrownBy(() -> TinyStudy.open(plan, List.of())).hasMessageContainingAll(message);
        assertThatThrownBy(() -> TinyStudy.difference(plan)).hasMessageContainingAll(message);
        assertThat(run.resolve("run.lock")).doesNotExist();
    }

    @Test
    void aNameThatNoPathwayHasIsTakenApart() {
        ActFacts odd = KnownPathways.named("odd_to_even", List.of("paper"), 4, List.of(1))
                .acts()
                .get(0);
        assertThat(odd.medium()).isEqualTo(Medium.TEXT);
        assertThat(odd.sources()).containsExactly("odd");
        assertThat(odd.targets()).containsExactly("even");
        assertThat(KnownPathways.named("image_to_odd", List.of("paper"), 4, List.of(1))
                        .cutsImageAlone())
                .isTrue();
        assertThat(KnownPathways.named("odd", List.of("paper"), 4, List.of(1))
                        .acts()
                        .get(0)
                        .sources())
                .isEmpty();
    }
}
