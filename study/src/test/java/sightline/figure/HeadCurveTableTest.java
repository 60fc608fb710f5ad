package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.AddedSamples;
import sightline.analysis.HeadCurvesTest;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;

/** Curves of heads in their file, their figure and the page's data. */
class HeadCurveTableTest {
    private static final StudySummary STUDY =
            StudySummary.of(List.of(HeadCurvesTest.dataset()), SummarySettings.usual());

    @TempDir
    Path folder;

    @Test
    void fileFigureAndPage() throws IOException {
        Path out = folder.resolve("out");
        assertThat(ReportWriter.write(STUDY, out, FigureStyle.SIGHTLINE))
                .contains(out.resolve("head_curves.csv"), out.resolve("figures/head-curves-vqav2.svg"));
        List<String> rows = Files.readAllLines(out.resolve("head_curves.csv"));
        assertThat(rows).hasSize(1 + 40 + 4 + 2 + 2).allMatch(row -> row.split(",", -1).length == 14);
        assertThat(rows).anyMatch(row -> row.startsWith("vqav2,,,kept,ranked,faithfulness,0.1,10,0.5,90,60,0.3162"));
        assertThat(rows).anyMatch(row -> row.startsWith("vqav2,,,cut,random,faithfulness,1.0,100,0.5,90,60,0.0,"));
        JsonNode json = new ObjectMapper().readTree(ReportData.json(STUDY)).at("/datasets/0/head_curves");
        assertThat(json.get("counts").toString()).isEqualTo("[0,0,1,1,2,5,10,20,50,100]");
        assertThat(json.at("/curves/0/f/8/0").doubleValue()).isCloseTo(Math.sqrt(0.5), within(1e-3));
    }

    @Test
    void nothingOfItWithoutASecondRound() {
        StudySummary without = StudySummary.of(List.of(AddedSamples.dataset(60, -5)), SummarySettings.usual());
        assertThat(HeadCurveTable.csv(without)).isEmpty();
        assertThat(ReportData.json(without)).doesNotContain("\"head_curves\"");
    }

    /** The grid's layers are where those of the large panel of curves are. */
    @Test
    void theGridSharesTheCurvesLayers() {
        PanelAxes axes = CurveFigure.layers(STUDY.summaries().get(0).data(), 0, 1);
        double small = (1216 - 48 - 48) / 5.05;
        assertThat(axes.x0()).isEqualTo(24.0 + 44);
        assertThat(axes.x1()).isCloseTo(24 + 2.05 * small - 140, within(1e-9));
    }
}
