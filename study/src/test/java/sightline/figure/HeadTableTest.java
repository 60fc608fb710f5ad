package sightline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.analysis.AddedSamples;
import sightline.analysis.Group;
import sightline.analysis.HeadRanking;
import sightline.analysis.SampleAdditions;
import sightline.analysis.StudySummary;
import sightline.analysis.SummarySettings;
import sightline.analysis.TracedDataset;

/** What silenced heads take, summed up, in its file, in its figure and for the page; the truth is known. */
class HeadTableTest {
    private static final int HEADS = 3;

    @TempDir
    Path folder;

    private static final StudySummary STUDY = study();

    /** Head 1 of layer 2 takes 2 nats, head 0 of layer 3 gives 1, the others nothing. */
    private static StudySummary study() {
        TracedDataset plain = AddedSamples.dataset(180, -5);
        Random noise = new Random(5);
        TracedDataset data = AddedSamples.with(plain, sample -> {
            float[][] losses = new float[plain.layers()][HEADS];
            for (float[] layer : losses) {
                for (int head = 0; head < HEADS; head++) {
                    layer[head] = (float) (0.2 * noise.nextGaussian());
                }
            }
            losses[2][1] += 2;
            losses[3][0] -= 1;
            SampleAdditions its = sample.additions();
            return new SampleAdditions(its.wholeDepth(), its.pictures(), its.random(), losses);
        });
        return StudySummary.of(List.of(data), SummarySettings.usual());
    }

    @Test
    void theHeadThatMattersIsFirstAndSure() {
        HeadRanking heads =
                STUDY.summaries().get(0).additions(Group.all()).heads().orElseThrow();
        int first = heads.order()[0];
        assertThat(heads.layer(first)).isEqualTo(2);
        assertThat(heads.head(first)).isEqualTo(1);
        assertThat(heads.mean()[first]).isBetween(1.9, 2.1);
        assertThat(heads.statistics().lowAll()[first]).isGreaterThan(1.7);
        assertThat(heads.statistics().p()[first]).isLessThan(0.001);
        assertThat(heads.statistics().agree()[first]).isEqualTo(1);
        int last = heads.order()[4 * HEADS - 1];
        assertThat(heads.layer(last)).isEqualTo(3);
        assertThat(heads.statistics().highAll()[last]).isLessThan(-0.7);
        int sure = 0;
        for (double p : heads.statistics().p()) {
            sure += p <= 0.05 ? 1 : 0;
        }
        assertThat(sure).isEqualTo(2);
    }

    @Test
    void file() {
        List<String> rows = HeadTable.csv(STUDY).orElseThrow().lines().toList();
        assertThat(rows).hasSize(1 + 4 * HEADS);
        assertThat(rows.get(1)).startsWith("vqav2,,,1,2,1,text,0.5,180,60,");
        assertThat(rows.get(rows.size() - 1)).startsWith("vqav2,,,12,3,0,image,0.5,180,60,-");
        assertThat(rows).allMatch(row -> row.split(",", -1).length == 18);
    }

    @Test
    void theReportHasGridAndFile() throws IOException {
        Path out = folder.resolve("out");
        assertThat(ReportWriter.write(STUDY, out, FigureStyle.SIGHTLINE)).contains(out.resolve("heads.csv"));
        assertThat(Files.readString(out.resolve("figures/heads-vqav2.svg"))).contains("by layer and head, silenced");
        JsonNode heads = new ObjectMapper().readTree(ReportData.json(STUDY)).at("/datasets/0/heads");
        assertThat(heads.get("heads").intValue()).isEqualTo(HEADS);
        assertThat(heads.get("loss")).hasSize(4 * HEADS);
        assertThat(heads.get("loss").get(2 * HEADS + 1).doubleValue()).isBetween(1.9, 2.1);
    }

    @Test
    void nothingOfItWhereNoHeadWasSilenced() {
        StudySummary without = StudySummary.of(List.of(AddedSamples.dataset(60, -5)), SummarySettings.usual());
        assertThat(HeadTable.csv(without)).isEmpty();
        assertThat(ReportData.json(without)).doesNotContain("\"heads\"");
    }
}
