package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.Outline;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.mllama.MllamaRules;
import sightline.plan.SweepPlan;
import sightline.tensor.Compute;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;
import sightline.tensor.HostArrays;
import sightline.tensor.Rows;
import sightline.tensor.Scope;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** A plan is made once for all questions of one outline, and no more of them are kept than fit. */
class KeptPlansTest {
    private static final ModelShape SHAPE = new ModelShape(
            IntStream.range(0, 40)
                    .mapToObj(layer -> layer % 5 == 3 ? Medium.IMAGE : Medium.TEXT)
                    .toList(),
            64,
            128,
            4,
            2,
            16,
            600,
            2048);

    /** Other words in the same places, each time. */
    private static Outline outline(int promptTokens, int seed) {
        TokenRole[] roles = new TokenRole[promptTokens];
        Arrays.fill(roles, TokenRole.QUESTION);
        roles[1] = TokenRole.IMAGE;
        return new SweepRequest(
                        new EncodedPrompt("" + seed, RandomSample.tokens(promptTokens, seed), roles),
                        RandomSample.tokens(2, seed),
                        RandomSample.PUBLISHED,
                        List.of(9),
                        List.of(Masking.PAPER),
                        RowReading.PAPER,
                        0.6)
                .outline(new PictureTokens(4, 8));
    }

    /** Plans that have nothing on a device. */
    private static KeptPlans plans() {
        return new KeptPlans(asked -> new KeptPlans.Planned(SweepPlan.of(asked, SHAPE, new MllamaRules()), List.of()));
    }

    private static SweepPlan plan(KeptPlans plans, Outline asked) {
        try (KeptPlans.Held held = plans.hold(asked)) {
            return held.plan().whole();
        }
    }

    @Test
    void questionsOfOneOutlineShareAPlan() {
        try (KeptPlans plans = plans()) {
            SweepPlan first = plan(plans, outline(20, 1));
            assertThat(plan(plans, outline(20, 2))).isSameAs(first);
            assertThat(plan(plans, outline(21, 1))).isNotSameAs(first);
            assertThat(plan(plans, outline(20, 3))).isSameAs(first);
        }
    }

    @Test
    void theEldestGoWhereTheyBecomeTooMany() {
        try (KeptPlans plans = plans()) {
            SweepPlan first = plan(plans, outline(160, 1));
            SweepPlan second = plan(plans, outline(161, 1));
            int fit = (int) (KeptPlans.MOST_BYTES
                    / (KeptPlans.BYTES_A_STATE * second.cost().states()));
            for (int i = 0; i < fit - 1; i++) {
                plan(plans, outline(162 + i, 1));
                assertThat(plan(plans, outline(160, 1))).isSameAs(first); // used, so it stays
            }
            assertThat(plan(plans, outline(161, 1))).isNotSameAs(second);
        }
    }

    /** What a walk reads is freed when the walk ends, not when its plan is pushed out or the sweep is closed. */
    @Test
    void whatIsHeldIsNotFreed() {
        KeptPlans plans = new KeptPlans(asked -> {
            SweepPlan plan = SweepPlan.of(asked, SHAPE, new MllamaRules());
            return new KeptPlans.Planned(
                    plan, List.of(new PlacedPlan(plan, new Compute(ComputeDevice.CPU, DType.FLOAT32))));
        });
        KeptPlans.Held held = plans.hold(outline(20, 1));
        Rows rows = held.plan().parts().get(0).layers().get(0).source();
        plans.close();
        try (Scope scope = Scope.open()) {
            Tensor some = HostArrays.tensor(new float[1000], 1000, 1);
            assertThat(rows.of(some).size(0)).isEqualTo(rows.count());
        }
        held.close();
        assertThatIllegalStateException().isThrownBy(() -> plans.hold(outline(20, 1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> held.plan().parts().get(0).use());
    }
}
