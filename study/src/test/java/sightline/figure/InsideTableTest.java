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
import sightline.analysis.AnswerNumbers;
import sightline.analysis.CurveKey;
import sightline.analysis.Group;
import sightline.analysis.InsideSummary;
import sightline.analysis.RegionWorth;
import sightline.analysis.SampleAdditions;
import sightline.analysis.SampleInside;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;
import sightline.analysis.WholeDepth;

/** Regions, lenses, attention, edges and gates: summed up, in their files and figures, and for the page; the truth is known. */
class InsideTableTest {
    private static final CurveKey IMAGE = new CurveKey("image_to_last", 3, "paper");

    @TempDir
    Path folder;

    private static final StudySummary STUDY = study(180);

    /** Cutting the region takes half of p, random boxes next to nothing; only two of three samples have a region. */
    static StudySummary study(int count) {
        TracedDataset plain = AddedSamples.dataset(count, -5);
        Random noise = new Random(7);
        TracedDataset data = AddedSamples.with(plain, sample -> {
            SampleAdditions its = sample.additions();
            Map<WholeDepth, AnswerNumbers> whole = new HashMap<>(its.wholeDepth());
            if (sample.id() % 3 > 0) {
                double odds = sample.measures().orElseThrow().uncut().logOdds();
                double p = sample.probability();
                for (String target : List.of("last", "all")) {
                    whole.put(
                            new WholeDepth("region_to_" + target, "paper"),
                            new AnswerNumbers(p * (0.5 + 0.05 * noise.nextGaussian()), -1, odds - 3));
                    whole.put(
                            new WholeDepth("random_boxes_to_" + target, "paper"),
                            new AnswerNumbers(p * (0.999 + 0.0001 * noise.nextGaussian()), -0.3, odds));
                }
                whole.put(new WholeDepth("outside_to_all", "paper"), new AnswerNumbers(p, -0.3, odds));
            }
            return new SampleAdditions(
                    whole, its.pictures(), its.random(), its.heads(), inside(noise, sample.id()), its.windows());
        });
        return StudySummary.of(List.of(data), SummarySettings.usual());
    }

    /** Layer 3 of 4 reads the picture. Half of the answers settle behind layer 1, half behind layer 2; every ninth never. */
    private static SampleInside inside(Random noise, long id) {
        float late = (float) (0.1 * noise.nextGaussian());
        float[] uncut = {-8, -6 + late, -3 + late, -1, -0.2f};
        float[] cut = {-8, -6 + late, -3 + late, -1, -2 + late};
        float nan = Float.NaN;
        return new SampleInside(
                Map.of(SampleInside.UNCUT, uncut, IMAGE, cut),
                id % 9 == 0 ? 4 : id % 2 == 0 ? 1 : 2,
                Map.of(
                        "question", new float[] {0.6f, 0.5f, 0.4f + 0.1f * late, nan},
                        "template", new float[] {0.4f, 0.5f, 0.6f - 0.1f * late, nan}),
                Map.of(
                        "image_to_last",
                        new SampleInside.Edges(
                                new float[] {nan, nan, nan, 1},
                                new float[] {nan, nan, nan, 1},
                                Map.of("paper", new float[] {nan, nan, nan, 1}))),
                Map.of(3, new float[] {0.5f, 0.25f, 0.3f + 0.01f * late, 0.1f}));
    }

    @Test
    void regionsAgainstRandomBoxes() {
        List<RegionWorth> regions =
                STUDY.summaries().get(0).additions(Group.all()).regions();
        assertThat(regions)
                .extracting(RegionWorth::cut)
                .containsExactly("region_to_last", "region_to_all", "outside_to_all");
        RegionWorth all = regions.get(1);
        assertThat(all.n()).isEqualTo(120);
        assertThat(all.change().value()).isCloseTo(-50, within(2.0));
        assertThat(all.logOdds().value()).isCloseTo(-3, within(1e-9));
        assertThat(all.random().orElseThrow().change().value()).isCloseTo(-0.1, within(0.05));
        assertThat(all.random().orElseThrow().difference().low()).isBetween(-53.0, -49.0);
        assertThat(all.significant()).isTrue();
        assertThat(regions.get(2).random()).isEmpty();
        assertThat(regions.get(2).significant()).as("nothing changes").isFalse();
    }

    @Test
    void insideIsAMeanOverSamples() {
        InsideSummary inside = STUDY.summaries().get(0).additions(Group.all()).inside();
        InsideSummary.Lens lens = inside.lens().orElseThrow();
        assertThat(lens.uncut().mean()).hasSize(5);
        assertThat(lens.uncut().mean()[4]).isCloseTo(-0.2, within(1e-6));
        assertThat(lens.settled().n()).isEqualTo(160);
        assertThat(lens.settles().value()).isCloseTo(1.5, within(0.1));
        assertThat(lens.cut()).hasSize(1);
        assertThat(lens.cut().get(0).logP().mean()[4]).isCloseTo(-2, within(0.05));
        assertThat(inside.attention()).extracting(InsideSummary.Role::role).containsExactly("question", "template");
        assertThat(inside.attention().get(0).share().mean()[0]).isCloseTo(0.6, within(1e-6));
        assertThat(inside.attention().get(0).share().mean()[3]).isNaN();
        assertThat(inside.edges().get(0).left().get(0).attention().mean()[3]).isCloseTo(1, within(1e-6));
        assertThat(inside.gates().get(0).attention().value()).isCloseTo(0.3, within(0.01));
        assertThat(STUDY.summaries()
                        .get(0)
                        .additions(Group.of("object"))
                        .inside()
                        .any())
                .isFalse();
    }

    @Test
    void filesAndFigures() throws IOException {
        Path out = folder.resolve("out");
        assertThat(ReportWriter.write(STUDY, out, FigureStyle.SIGHTLINE))
                .contains(out.resolve("regions.csv"), out.resolve("inside.csv"));
        List<String> regions = Files.readAllLines(out.resolve("regions.csv"));
        assertThat(regions).allMatch(row -> row.split(",", -1).length == 17);
        assertThat(regions)
                .anyMatch(row -> row.startsWith("vqav2,,,region_to_all,paper,change,difference,0.5,120,60,-4")
                        || row.startsWith("vqav2,,,region_to_all,paper,change,difference,0.5,120,60,-5"));
        List<String> inside = Files.readAllLines(out.resolve("inside.csv"));
        assertThat(inside).allMatch(row -> row.split(",", -1).length == 14);
        assertThat(inside).anyMatch(row -> row.startsWith("vqav2,,lens_log_p,,,,-1,0.5,180,60,-8"));
        assertThat(inside).anyMatch(row -> row.startsWith("vqav2,,lens_log_p,image_to_last,3,paper,3,0.5,180,60,-"));
        assertThat(inside).anyMatch(row -> row.startsWith("vqav2,,attention_gate,,,,3,0.5,180,60,0.5,,,"));
        assertThat(inside).noneMatch(row -> row.startsWith("vqav2,,attention,question,,,3,"));
        assertThat(Files.readString(out.resolve("figures/lens-vqav2.svg"))).contains("nothing cut");
        assertThat(Files.readString(out.resolve("figures/attention-vqav2.svg"))).contains("question");
        JsonNode data = new ObjectMapper().readTree(ReportData.json(STUDY)).at("/datasets/0");
        assertThat(data.at("/inside/lens/cut/0/pathway").asText()).isEqualTo("image_to_last");
        assertThat(data.at("/inside/attention/0/mean/3").isNull()).isTrue();
        assertThat(data.at("/added/0/regions")).hasSize(3);
    }

    @Test
    void nothingOfItWithoutIt() {
        StudySummary plain = StudySummary.of(List.of(AddedSamples.dataset(30, -5)), SummarySettings.usual());
        assertThat(RegionTable.csv(plain)).isEmpty();
        assertThat(InsideTable.csv(plain)).isEmpty();
        assertThat(ReportData.json(plain)).doesNotContain("\"inside\"").doesNotContain("\"regions\"");
    }
}
