package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void questionsOfOneOutlineShareAPlan() {
        KeptPlans plans = new KeptPlans(SHAPE, new MllamaRules());
        SweepPlan first = plans.of(outline(20, 1));
        assertThat(plans.of(outline(20, 2))).isSameAs(first);
        assertThat(plans.of(outline(21, 1))).isNotSameAs(first);
        assertThat(plans.of(outline(20, 3))).isSameAs(first);
    }

    @Test
    void theEldestGoWhereTheyBecomeTooMany() {
        KeptPlans plans = new KeptPlans(SHAPE, new MllamaRules());
        SweepPlan first = plans.of(outline(160, 1));
        SweepPlan second = plans.of(outline(161, 1));
        int fit = (int) (2_000_000 / second.cost().states());
        for (int i = 0; i < fit - 1; i++) {
            plans.of(outline(162 + i, 1));
            assertThat(plans.of(outline(160, 1))).isSameAs(first); // used, so it stays
        }
        assertThat(plans.of(outline(161, 1))).isNotSameAs(second);
    }
}
