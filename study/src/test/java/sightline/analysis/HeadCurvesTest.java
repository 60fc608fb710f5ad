package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import sightline.run.HeadShares;

/** Faithfulness of shares of the heads: against the reference's numbers, and where the truth is known. */
public class HeadCurvesTest {
    private static final double NONE = -3;

    @Test
    void areasEqualTheReference() throws IOException {
        try (InputStream in = HeadCurvesTest.class.getResourceAsStream("/statistics/stats_golden.json")) {
            JsonNode golden = new JsonMapper().readTree(in).get("faithfulness");
            List<Double> shares = StreamSupport.stream(golden.get("shares").spliterator(), false)
                    .map(JsonNode::doubleValue)
                    .toList();
            double[] f = StreamSupport.stream(golden.get("faithfulness").spliterator(), false)
                    .mapToDouble(JsonNode::doubleValue)
                    .toArray();
            assertThat(shares).isEqualTo(HeadShares.SHARES);
            assertThat(Faithfulness.area(shares, f)).isCloseTo(golden.get("cpr").doubleValue(), within(1e-12));
            assertThat(Faithfulness.distance(shares, f))
                    .isCloseTo(golden.get("cmd").doubleValue(), within(1e-12));
        }
    }

    /**
     * A hundred heads: uncut log-odds near 0, every head silenced −3. Kept: f = √share ranked, f = share in random order; cut:
     * f = 1 − √share, and 1 − share.
     */
    public static TracedDataset dataset() {
        return AddedSamples.with(AddedSamples.dataset(180, -5), sample -> {
            Map<WholeDepth, AnswerNumbers> whole = new HashMap<>();
            double uncut = sample.measures().orElseThrow().uncut().logOdds();
            if (sample.id() % 2 == 1) {
                for (double share : HeadShares.SHARES) {
                    put(whole, true, false, share, Math.sqrt(share), uncut);
                    put(whole, true, true, share, share, uncut);
                    put(whole, false, false, share, 1 - Math.sqrt(share), uncut);
                    put(whole, false, true, share, 1 - share, uncut);
                }
            }
            SampleAdditions its = sample.with(whole).additions();
            return new SampleAdditions(its.wholeDepth(), its.pictures(), its.random(), new float[4][25]);
        });
    }

    private static void put(
            Map<WholeDepth, AnswerNumbers> whole, boolean keep, boolean random, double share, double f, double uncut) {
        whole.put(
                new WholeDepth(HeadShares.name(keep, random, share), "zero"),
                new AnswerNumbers(0, 0, uncut * f + NONE * (1 - f)));
    }

    /** What the second round adds leaves all else as it was. */
    @Test
    void whatWasReadInsideStays() {
        TracedSample plain = AddedSamples.dataset(3, -5).samples().get(0);
        SampleAdditions its = plain.additions();
        SampleInside inside =
                new SampleInside(Map.of(SampleInside.UNCUT, new float[] {-1, -0.5f}), 0, Map.of(), Map.of(), Map.of());
        TracedSample sample = plain.with(new SampleAdditions(
                its.wholeDepth(), its.pictures(), its.random(), its.heads(), inside, its.windows()));
        assertThat(sample.with(Map.of()).additions()).isEqualTo(sample.additions());
    }

    @Test
    void knownCurvesAreFound() {
        DatasetSummary summary = DatasetSummary.of(dataset(), SummarySettings.usual());
        AdditionSummary its = summary.additions(Group.all());
        HeadCurves curves = its.headCurves().orElseThrow();
        assertThat(curves.n()).isEqualTo(90);
        assertThat(curves.heads()).isEqualTo(100);
        double[] ranked = HeadShares.SHARES.stream().mapToDouble(Math::sqrt).toArray();
        double[] random = HeadShares.SHARES.stream().mapToDouble(share -> share).toArray();
        for (HeadCurves.Curve curve : curves.curves()) {
            double[] kept = curve.random() ? random : ranked;
            for (int i = 0; i < kept.length; i++) {
                double expected = curve.keep() ? kept[i] : 1 - kept[i];
                assertThat(curve.faithfulness().get(i).value()).isCloseTo(expected, within(1e-9));
                assertThat(curve.faithfulness().get(i).low()).isCloseTo(expected, within(1e-6));
            }
            double area = Faithfulness.area(HeadShares.SHARES, kept);
            assertThat(curve.area().value()).isCloseTo(curve.keep() ? area : 0.999 - area, within(1e-9));
            assertThat(Double.isNaN(curve.distance())).isNotEqualTo(curve.keep());
        }
        double better = Faithfulness.area(HeadShares.SHARES, ranked) - Faithfulness.area(HeadShares.SHARES, random);
        assertThat(curves.keptBetter().value()).isCloseTo(better, within(1e-9));
        assertThat(curves.cutBetter().value()).isCloseTo(better, within(1e-9));
        assertThat(its.joint()).allSatisfy(joint -> assertThat(joint.pathways()).doesNotContain("heads"));
        assertThat(its.headSets()).isEmpty();
        assertThat(summary.additions(Group.of("object")).headCurves()).isEmpty();
    }

    @Test
    void chosenSetsAreSummedUp() {
        TracedDataset plain = AddedSamples.dataset(60, -5);
        List<TracedSample> samples = plain.samples().stream()
                .map(sample -> sample.with(Map.of(
                        new WholeDepth("heads(1.2,3.0)", "zero"),
                        new AnswerNumbers(
                                0, 0, sample.measures().orElseThrow().uncut().logOdds() - 2))))
                .toList();
        TracedDataset data = new TracedDataset(
                plain.dataset(),
                plain.title(),
                plain.layers(),
                plain.crossAttentionLayers(),
                plain.interventions(),
                samples,
                0,
                plain.run());
        AdditionSummary its = DatasetSummary.of(data, SummarySettings.usual()).additions(Group.all());
        assertThat(its.headSets()).hasSize(1);
        assertThat(its.headSets().get(0).name()).isEqualTo("heads(1.2,3.0)");
        assertThat(its.headSets().get(0).loss().value()).isCloseTo(2, within(1e-9));
        assertThat(its.joint()).hasSize(1);
    }
}
