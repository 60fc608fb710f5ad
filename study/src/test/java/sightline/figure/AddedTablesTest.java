package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.AddedSamples;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;

/** The files of what was traced beside the curves, and what the page gets of it. */
class AddedTablesTest {
    @TempDir
    Path folder;

    private static StudySummary study() {
        return StudySummary.of(List.of(AddedSamples.dataset(60, -5)), SummarySettings.usual());
    }

    @Test
    void filesAreThereOnlyIfSuchWasTraced() throws IOException {
        Path out = folder.resolve("out");
        assertThat(ReportWriter.write(study(), out, FigureStyle.SIGHTLINE))
                .contains(out.resolve("whole_depth.csv"), out.resolve("controls.csv"));
        List<Path> runs = Reports.runs(folder.resolve("runs"), 4, List.of(3), List.of("paper"), 12);
        ReportWriter.write(
                Reports.summary(runs), out, FigureStyle.SIGHTLINE); // replaces the report, and is not refused
        assertThat(out.resolve("whole_depth.csv")).doesNotExist();
        assertThat(out.resolve("controls.csv")).doesNotExist();
        assertThat(Files.readString(out.resolve("report.html"))).contains("report");
    }

    @Test
    void wholeDepth() {
        List<String> rows =
                AddedTables.wholeDepth(study()).orElseThrow().lines().toList();
        assertThat(rows).hasSize(1 + 2 * (2 + 8 + 8 + 3 + 3)); // all samples, and one category
        assertThat(rows.get(1)).startsWith("vqav2,,,zero,sufficiency,image_to_last,log_p,0.5,60,20,0.8333");
        assertThat(rows)
                .anyMatch(row -> row.startsWith(
                        "vqav2,,object,zero,interaction,image_to_question+question_to_last,log_odds,0.5,60,20,-1.5"));
        assertThat(rows).allMatch(row -> row.split(",", -1).length == 14);
    }

    @Test
    void controls() {
        List<String> rows = AddedTables.controls(study()).orElseThrow().lines().toList();
        assertThat(rows).hasSize(1 + 2 * (2 * 4 + 2 * 4));
        assertThat(rows)
                .anyMatch(row -> row.startsWith("vqav2,,,swap,image_to_last,1,zero,3,share_of_worth,0.5,60,20,0.25"))
                .anyMatch(row -> row.startsWith("vqav2,,,blank,image_to_last,1,zero,3,share_of_worth,0.5,60,20,,,,,,,"))
                .anyMatch(row -> row.startsWith("vqav2,,,swap,,,,,worth,0.5,60,20,4.0")
                        && row.endsWith("," + 1 / 5000.0 + "," + 2 / 5000.0 + ",true"))
                .anyMatch(row -> row.startsWith("vqav2,,,blank,,,,,worth,0.5,60,20,0.0499") && row.endsWith(",false"))
                .anyMatch(row ->
                        row.startsWith("vqav2,,,random_sources,question_text_to_last,1,zero,2,difference,0.5,45,20,-3")
                                && row.endsWith("," + 1 / 5000.0 + "," + 2 / 5000.0 + ",true"));
        assertThat(rows).allMatch(row -> row.split(",", -1).length == 19);
    }

    @Test
    void thePageGetsThem() throws IOException {
        JsonNode dataset = new ObjectMapper()
                .readTree(ReportData.json(study()))
                .get("datasets")
                .get(0);
        JsonNode all = dataset.get("added").get(0);
        assertThat(all.get("kept").get(0).get("sufficiency").get(0).asDouble()).isEqualTo(0.833);
        assertThat(all.get("joint").get(0).get("shares").get(0).get(0).asDouble())
                .isEqualTo(1.85);
        JsonNode blank = all.get("pictures").get(1);
        assertThat(blank.get("control").asText()).isEqualTo("blank");
        assertThat(blank.get("shares").get(0).get("share").get(0).isNull()).isTrue();
        assertThat(dataset.get("pool").findValues("control")).isNotEmpty();
    }
}
