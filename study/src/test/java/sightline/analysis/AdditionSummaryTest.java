package sightline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import sightline.knockout.JointCut;
import sightline.run.Control;
import sightline.statistics.Estimate;

/** What is said of keep-only, joint cuts and controls, from samples whose truth is known. */
class AdditionSummaryTest {
    private static final double EXACT = 1e-9;
    /** Rows of measures are float32. */
    private static final double FLOAT = 1e-6;

    private static DatasetSummary summary(int samples, double random) {
        return DatasetSummary.of(AddedSamples.dataset(samples, random), SummarySettings.usual());
    }

    private static MeanCurve text(DatasetSummary summary) {
        return summary.curve(Group.all(), AddedSamples.TEXT, Metric.PRODUCT, Clipping.NONE);
    }

    /** Half of 2 nats and all of 4 are 5 of 6, not 3 of 4: means come before the ratio. */
    @Test
    void aRatioIsOfMeans() {
        List<KeptAlone> kept = summary(120, 0).additions(Group.all()).kept();
        assertThat(kept).extracting(KeptAlone::pathway).containsExactly("image_to_last", "question_text_to_last");
        Estimate image = kept.get(0).sufficiency();
        assertThat(image.value()).isCloseTo(5.0 / 6, within(EXACT));
        assertThat(image.low()).isBetween(0.75, image.value());
        assertThat(image.high()).isBetween(image.value(), 0.9);
        assertThat(kept.get(0).n()).isEqualTo(120);
        assertThat(kept.get(0).clusters()).isEqualTo(40);
        assertThat(kept.get(1).sufficiency().value()).isZero();
        assertThat(kept.get(1).sufficiency().high()).isZero();
    }

    @Test
    void jointCutsAreTheGoldenOnes() {
        JointSummary joint = summary(120, 0).additions(Group.all()).joint().get(0);
        assertThat(joint.pathways()).isEqualTo(JointCut.PATHWAYS);
        assertThat(joint.shares()).extracting(Estimate::value).satisfies(shares -> close(shares, 1.85, 0.25, 1.2));
        assertThat(joint.interactions())
                .extracting(Estimate::value)
                .satisfies(interactions -> close(interactions, -0.2, -1.5, 0.1));
        assertThat(joint.change())
                .extracting(Estimate::value)
                .satisfies(change -> close(change, 0, -1.0, -0.2, -1.4, -0.5, -3.0, -0.6, -3.3));
        assertThat(joint.shares().get(0).low()).as("all alike").isCloseTo(1.85, within(EXACT));
        assertThat(joint.cut().get(0).error()).as("samples differ").isPositive();
        assertThat(joint.cut().get(7).low()).isLessThan(joint.cut().get(7).value());
        assertThat(joint.pairs().get(1)).isEqualTo(new JointSummary.Pair(0, 2));
    }

    private static void close(List<? extends Double> values, double... expected) {
        assertThat(values.stream().mapToDouble(Double::doubleValue).toArray()).containsExactly(expected, within(EXACT));
    }

    @Test
    void sharesOfThePicturesWorth() {
        List<PictureWorth> pictures = summary(120, 0).additions(Group.all()).pictures();
        PictureWorth swap = pictures.get(0);
        assertThat(swap.control()).isEqualTo(Control.SWAP);
        assertThat(swap.worth().value()).isCloseTo(4, within(EXACT));
        assertThat(swap.own().value()).isCloseTo(0.8, within(EXACT));
        assertThat(swap.other().value()).isCloseTo(0.1, within(EXACT));
        assertThat(swap.shares()).as("only of cuts with measures").hasSize(1);
        assertThat(swap.p()).as("all flips but the identity are lower").isEqualTo(1 / 5000.0);
        assertThat(swap.pHolm()).as("beside blank").isEqualTo(2 / 5000.0);
        assertThat(swap.significant()).isTrue();
        PictureWorth.Share share = swap.shares().get(0);
        assertThat(share.key()).isEqualTo(AddedSamples.IMAGE);
        assertThat(share.layer()).isEqualTo(3);
        assertThat(share.share().value()).isCloseTo(0.25, within(FLOAT));
        assertThat(share.share().high()).isCloseTo(0.25, within(FLOAT));
        PictureWorth blank = pictures.get(1);
        assertThat(blank.worth().value()).isCloseTo(0.05, within(EXACT));
        assertThat(blank.pHolm()).isLessThan(0.05);
        assertThat(blank.significant()).as("sure, but too little").isFalse();
        assertThat(blank.shares().get(0).share().known())
                .as("nothing to be a share of")
                .isFalse();
    }

    @Test
    void aPathwayIsHeldAgainstItsControl() {
        MeanCurve alike = text(summary(120, -40));
        ControlCurve control = alike.control().orElseThrow();
        assertThat(control.n()).isEqualTo(90);
        assertThat(control.random().mean()[2]).isCloseTo(-40, within(2.0));
        assertThat(control.random().low()[2]).isLessThan(control.random().mean()[2]);
        assertThat(control.difference().mean()[2]).isCloseTo(0, within(2.0));
        assertThat(alike.p()).isEqualTo(control.p());
        assertThat(alike.statistics().p()[2]).as("against 0").isLessThan(0.01);
        assertThat(alike.significant()).as("random sources do the same").containsOnly(false);
        MeanCurve more = text(summary(120, -5));
        assertThat(more.control().orElseThrow().difference()).satisfies(difference -> {
            assertThat(difference.mean()[2]).isCloseTo(-35, within(2.0));
            assertThat(difference.low()[2]).isBetween(-40.0, difference.mean()[2]);
            assertThat(difference.high()[2]).isBetween(difference.mean()[2], -30.0);
        });
        assertThat(more.control().orElseThrow().p()[2]).isEqualTo(1 / 5000.0);
        assertThat(more.significant()).containsExactly(false, false, true, false);
        assertThat(more.pHolm()).isEqualTo(2 / 5000.0);
    }

    @Test
    void whatHasNoTwinIsHeldAgainstNoChange() {
        MeanCurve image = summary(120, -40).curve(Group.all(), AddedSamples.IMAGE, Metric.PRODUCT, Clipping.NONE);
        assertThat(image.control()).isEmpty();
        assertThat(image.p()).isEqualTo(image.statistics().p());
    }

    @Test
    void fewPicturesHaveNoIntervalAndNoTest() {
        DatasetSummary few = summary(27, -5);
        AdditionSummary its = few.additions(Group.all());
        assertThat(its.kept().get(0).sufficiency().known()).isTrue();
        assertThat(its.kept().get(0).sufficiency().low()).isNaN();
        assertThat(its.joint().get(0).cut().get(7).low()).isNaN();
        assertThat(text(few).control().orElseThrow().p()).containsOnly(1);
        assertThat(its.pictures().get(0).p()).isEqualTo(1);
        assertThat(its.pictures().get(0).significant()).isFalse();
    }

    @Test
    void aCategoryIsAGroupToo() {
        DatasetSummary summary = summary(120, 0);
        assertThat(summary.additions(Group.of("object")).kept()).hasSize(2);
        assertThatThrownBy(() -> summary.additions(Group.of("colour")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no group");
    }
}
