package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.AddedSamples;
import sightline.analysis.CurveKey;
import sightline.analysis.Group;
import sightline.analysis.KeptWindows;
import sightline.analysis.OtherWindows;
import sightline.analysis.SampleAdditions;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.analysis.Triangle;
import sightline.analysis.WholeDepth;
import sightline.knockout.Window;
import sightline.knockout.Windows;

/** Pathways kept alone around each layer, and cut in every range of layers: means, files, page. */
class OtherWindowsTest {
    private static final String PATHWAY = "image_to_last";

    private static final StudySummary STUDY = study();

    @TempDir
    Path folder;

    /**
     * Cutting all takes 2 nats around layers 2 and 3 of 4, and nothing elsewhere; kept, the picture gives 1.5 of them back. A cut
     * of the ranges with layer 2 halves the probability.
     */
    private static StudySummary study() {
        TracedDataset plain = AddedSamples.dataset(180, -5);
        Random noise = new Random(9);
        List<Window> ranges = new Windows.StartByEnd().of(plain.layers());
        TracedDataset data = AddedSamples.with(plain, sample -> {
            double uncut = sample.measures().orElseThrow().uncut().logP();
            Map<CurveKey, double[]> kept = new HashMap<>();
            double some = uncut - 0.5 + 0.1 * noise.nextGaussian();
            kept.put(new CurveKey("keep(nothing)", 3, "zero"), new double[] {uncut, uncut, uncut - 2, uncut - 2});
            kept.put(new CurveKey("keep(" + PATHWAY + ")", 3, "zero"), new double[] {uncut, uncut, some, some});
            double left = 0.5 + 0.05 * noise.nextGaussian();
            double[] triangle = ranges.stream()
                    .mapToDouble(range -> sample.probability() * (range.first() <= 2 && range.last() >= 2 ? left : 1))
                    .toArray();
            SampleAdditions its = sample.additions();
            return new SampleAdditions(
                    its.wholeDepth(),
                    its.pictures(),
                    its.random(),
                    its.heads(),
                    its.inside(),
                    new OtherWindows(kept, Map.of(new WholeDepth(PATHWAY, "zero"), triangle)));
        });
        return StudySummary.of(List.of(data), SummarySettings.usual());
    }

    @Test
    void whatIsGivenBackIsAShareOfWhatCuttingAllTakes() {
        List<KeptWindows> all = STUDY.summaries().get(0).additions(Group.all()).keptWindows();
        assertThat(all).hasSize(1);
        KeptWindows kept = all.get(0);
        assertThat(kept.pathway()).isEqualTo(PATHWAY);
        assertThat(kept.k()).isEqualTo(3);
        assertThat(kept.n()).isEqualTo(180);
        assertThat(kept.clusters()).isEqualTo(60);
        assertThat(kept.sufficiency().get(0).value()).as("nothing to give back").isNaN();
        assertThat(kept.sufficiency().get(2).value()).isCloseTo(0.75, within(0.01));
        assertThat(kept.sufficiency().get(2).low()).isBetween(0.73, 0.75);
        assertThat(kept.sufficiency().get(2).high()).isBetween(0.75, 0.77);
    }

    @Test
    void rangesWithTheLayerThatMattersAreFound() {
        List<Triangle> all = STUDY.summaries().get(0).additions(Group.all()).triangles();
        assertThat(all).hasSize(1);
        Triangle triangle = all.get(0);
        assertThat(triangle.windows()).hasSize(10);
        for (int place = 0; place < 10; place++) {
            Window window = triangle.windows().get(place);
            boolean with = window.first() <= 2 && window.last() >= 2;
            assertThat(triangle.mean()[place]).as(window.toString()).isCloseTo(with ? -50 : 0, within(1.0));
            assertThat(triangle.statistics().p()[place] <= 0.05)
                    .as(window.toString())
                    .isEqualTo(with);
            assertThat(triangle.statistics().lowAll()[place]).isCloseTo(with ? -51.3 : 0, within(1.0));
        }
        assertThat(STUDY.summaries().get(0).additions(Group.of("object")).triangles())
                .as("of single categories")
                .isEmpty();
    }

    @Test
    void filesFigureAndPageHoldThem() throws IOException {
        Path out = folder.resolve("out");
        assertThat(ReportWriter.write(STUDY, out, FigureStyle.SIGHTLINE))
                .contains(out.resolve("kept.csv"), out.resolve("triangle.csv"));
        List<String> kept = Files.readAllLines(out.resolve("kept.csv"));
        assertThat(kept).hasSize(1 + 2 * 4).allMatch(row -> row.split(",", -1).length == 14);
        assertThat(kept.get(1)).isEqualTo("vqav2,,,image_to_last,3,0,0,1,0.5,180,60,,,");
        assertThat(kept.get(3)).startsWith("vqav2,,,image_to_last,3,2,1,3,0.5,180,60,0.7");
        List<String> triangle = Files.readAllLines(out.resolve("triangle.csv"));
        assertThat(triangle).hasSize(1 + 10).allMatch(row -> row.split(",", -1).length == 16);
        assertThat(triangle.get(3)).startsWith("vqav2,,image_to_last,zero,0,2,0.5,180,60,-");
        assertThat(Files.readString(out.resolve("figures/triangle-vqav2.svg"))).contains("triangle image_to_last");
        JsonNode data = new ObjectMapper().readTree(ReportData.json(STUDY)).at("/datasets/0");
        assertThat(data.at("/added/0/kept_windows/0/mean/2").doubleValue()).isCloseTo(75, within(1.0));
        assertThat(data.at("/added/0/kept_windows/0/mean/0").isNull()).isTrue();
        assertThat(data.at("/triangles/0/mean")).hasSize(10);
    }

    @Test
    void nothingOfItWhereNothingElseWasTraced() {
        StudySummary without = StudySummary.of(List.of(AddedSamples.dataset(60, -5)), SummarySettings.usual());
        assertThat(KeptTable.csv(without)).isEmpty();
        assertThat(TriangleTable.csv(without)).isEmpty();
        assertThat(ReportData.json(without)).doesNotContain("kept_windows").doesNotContain("triangles");
    }
}
