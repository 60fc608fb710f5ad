package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sightline.analysis.AddedSamples;
import sightline.analysis.Clipping;
import sightline.analysis.CurveKey;
import sightline.analysis.CurveView;
import sightline.analysis.DatasetSummary;
import sightline.analysis.Group;
import sightline.analysis.MeanCurve;
import sightline.analysis.Measure;
import sightline.analysis.Metric;
import sightline.analysis.PathwayStability;
import sightline.analysis.Stability;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.analysis.TracedSample;
import sightline.dataset.Dataset;
import sightline.run.KnownPathways;

/** What the page's script gets is what the study says. */
class PageDataTest {
    private static final CurveKey QUESTION = new CurveKey("question_to_last", 1, "paper");
    private static final CurveKey LAST = new CurveKey("last_to_last", 1, "paper");

    private static JsonNode dataset(StudySummary study) throws IOException {
        return new ObjectMapper()
                .readTree(ReportData.json(study))
                .get("datasets")
                .get(0);
    }

    /** DocVQA, whose question_to_last alone is not clipped in the published plots; last_to_last rises as often as it falls. */
    private static StudySummary documents() {
        Random noise = new Random(5);
        List<TracedSample> samples = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            double p = 0.8;
            Map<CurveKey, double[]> curves = Map.of(
                    QUESTION, new double[] {p, p * (0.985 + 0.05 * noise.nextGaussian())},
                    LAST, new double[] {p, p * (1 + 0.05 * noise.nextGaussian())});
            samples.add(new TracedSample(i, List.of("form"), "page" + i + "_1.png", "q", "a", 1, p, curves));
        }
        return StudySummary.of(
                List.of(new TracedDataset(
                        Dataset.DOCVQA,
                        "DocVQA",
                        2,
                        List.of(),
                        TracedDataset.byName(List.of(
                                KnownPathways.named("question_to_last", List.of("paper"), 2, List.of()),
                                KnownPathways.named("last_to_last", List.of("paper"), 2, List.of()))),
                        samples,
                        0,
                        Optional.empty())),
                SummarySettings.usual());
    }

    @Test
    void clippingMakesNoFinding() throws IOException {
        StudySummary study = documents();
        DatasetSummary summary = study.summaries().get(0);
        MeanCurve told = summary.curve(Group.all(), QUESTION, Metric.PRODUCT, Clipping.PUBLISHED);
        MeanCurve beside = summary.curve(new CurveView(Group.all(), QUESTION, true, Metric.PRODUCT, false));
        assertThat(told.pHolm())
                .as("what is clipped is tested as it was before, so that chance alone makes no finding")
                .isCloseTo(beside.pHolm(), within(1e-12));
        JsonNode json = dataset(study);
        for (int i = 0; i < summary.keys().size(); i++) {
            for (Clipping clipping : Clipping.values()) {
                MeanCurve curve = summary.curve(Group.all(), summary.keys().get(i), Metric.PRODUCT, clipping);
                JsonNode page = json.get("pool")
                        .get(json.at("/curves/0/" + i + "/1/0/"
                                        + List.of(Clipping.values()).indexOf(clipping))
                                .intValue());
                assertThat(page.get("p_holm").doubleValue()).isCloseTo(curve.pHolm(), within(1e-6));
                assertThat(page.get("mean").get(1).doubleValue()).isCloseTo(curve.mean()[1], within(1e-3));
                assertThat(page.get("significant").size()).isEqualTo(curve.significant()[1] ? 1 : 0);
            }
        }
    }

    @Test
    void flips() throws IOException {
        StudySummary study = StudySummary.of(List.of(AddedSamples.dataset(60, -5)), SummarySettings.usual());
        DatasetSummary summary = study.summaries().get(0);
        JsonNode flips = dataset(study).get("flips");
        assertThat(flips.get("unmeasured").intValue()).isZero();
        int image = summary.keys().indexOf(AddedSamples.IMAGE);
        JsonNode curve = flips.get("curves").get(0).get(image);
        MeanCurve told = summary.find(new CurveView(Group.all(), AddedSamples.IMAGE, true, Measure.FLIP))
                .orElseThrow();
        assertThat(curve.get("n").intValue()).isEqualTo(60);
        assertThat(curve.get("mean").get(3).doubleValue()).as("percent").isEqualTo(50);
        assertThat(curve.get("low").get(3).doubleValue()).isCloseTo(100 * told.low()[3], within(1e-3));
        assertThat(curve.get("significant").get(0).intValue()).isEqualTo(3);
        int text = summary.keys().indexOf(AddedSamples.TEXT);
        assertThat(flips.get("curves").get(0).get(text).isNull())
                .as("no sample tells measures of this cut")
                .isTrue();
        assertThat(dataset(documents()).has("flips")).isFalse();
    }

    @Test
    void stability() throws IOException {
        StudySummary study = StudySummary.of(List.of(AddedSamples.dataset(60, -5)), SummarySettings.usual());
        Stability told = study.summaries().get(0).stability().orElseThrow();
        JsonNode page = dataset(study).get("stability");
        List<String> rows = StabilityTable.csv(study).orElseThrow().lines().toList();
        assertThat(rows).hasSize(1 + told.pathways().size());
        for (int i = 0; i < told.pathways().size(); i++) {
            PathwayStability one = told.pathways().get(i);
            JsonNode row = page.get("pathways").get(one.pathway());
            assertThat(row.get("layer").intValue()).isEqualTo(one.layer());
            assertThat(row.get("settings").intValue()).isEqualTo(one.settings());
            assertThat(row.get("overlap").doubleValue()).isCloseTo(one.overlap(), within(1e-3));
            assertThat(row.get("change").doubleValue()).isCloseTo(one.change(), within(1e-3));
            assertThat(rows.get(i + 1))
                    .startsWith("vqav2,," + one.pathway() + ",1,zero,change,product,none,0.5," + one.settings() + ","
                            + one.layer() + ",")
                    .contains("," + one.change() + "," + one.least() + "," + one.most() + ",");
            assertThat(rows.get(i + 1).split(",", -1)).hasSameSizeAs(rows.get(0).split(",", -1));
        }
        assertThat(StabilityTable.csv(StudySummary.of(List.of(), SummarySettings.usual())))
                .isEmpty();
    }
}
