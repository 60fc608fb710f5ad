package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.StudySummary;
import sightline.dataset.Dataset;
import sightline.run.InventedEnds;
import sightline.run.RunFolders;

/** A report says whether flips count the answer's end, and where its runs differ in that. */
class FlipEndPageTest {
    private static final String FACT = "also where the end is lost";

    @TempDir
    Path folder;

    private static Path run(Path at, Dataset dataset, boolean flipEnd) throws IOException {
        RunFolders.measured(at, dataset, 4, List.of(1), List.of("zero"), 12);
        if (flipEnd) {
            InventedEnds.add(at);
        }
        return at;
    }

    private static JsonNode page(StudySummary study) throws IOException {
        return new ObjectMapper().readTree(ReportData.json(study));
    }

    @Test
    void ofRunsWithAndWithout() throws IOException {
        Path with = run(folder.resolve("with"), Dataset.VQAV2, true);
        Path without = run(folder.resolve("without"), Dataset.DOCVQA, false);
        StudySummary mixed = Reports.summary(List.of(with, without));
        assertThat(ReportFacts.of(mixed)).containsEntry("Flips", FACT);
        assertThat(ReportFacts.differences(mixed))
                .singleElement()
                .asString()
                .startsWith("These runs differ in what flips.")
                .contains("VQAv2: an answer's words and its end", "DocVQA: its words alone");
        JsonNode datasets = page(mixed).get("datasets");
        assertThat(datasets.at("/0/flips/end").booleanValue()).isTrue();
        assertThat(datasets.at("/1/flips").has("end")).isFalse();
        assertThat(datasets.at("/0/flips/curves/0/0/mean/0").doubleValue())
                .as("percent")
                .isEqualTo(100);
        assertThat(datasets.at("/1/flips/curves/0/0/mean/0").doubleValue()).isLessThan(100);
    }

    @Test
    void ofRunsWithoutNothingIsSaid() throws IOException {
        StudySummary study = Reports.summary(List.of(run(folder.resolve("run"), Dataset.VQAV2, false)));
        assertThat(ReportFacts.of(study)).doesNotContainKey("Flips");
        assertThat(ReportFacts.differences(study)).isEmpty();
        assertThat(page(study).at("/datasets/0/flips").has("end")).isFalse();
    }
}
