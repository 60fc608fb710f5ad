package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.checkpoint.ModelConfig;
import sightline.checkpoint.RandomWeights;
import sightline.family.ModelSize;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.mllama.Mllama;
import sightline.mllama.MllamaConfig;
import sightline.model.LoadOptions;
import sightline.model.VisionLanguageModel;
import sightline.model.VisionMemory;
import sightline.plan.SweepPlan;
import sightline.tensor.DType;
import sightline.tensor.Work;
import sightline.text.TokenRole;

/** A plan's shapes add up to its operations. */
class SweepWorkTest {
    @ParameterizedTest
    @EnumSource
    void hasTheOperationsOfTheCost(RowReading rows) {
        MllamaConfig config = RandomSample.config(7, new TreeSet<>(List.of(2, 5)), 4, 2);
        List<TokenRole> roles = new ArrayList<>(Collections.nCopies(9, TokenRole.QUESTION));
        roles.set(3, TokenRole.IMAGE);
        SweepRequest request = new SweepRequest(
                RandomSample.prompt(roles, 1),
                new int[] {1, 2},
                RandomSample.PUBLISHED,
                List.of(1, 5),
                List.of(Masking.PAPER),
                rows,
                0.6);
        try (VisionLanguageModel model = Mllama.of(
                        new RandomWeights(config, 1, false),
                        LoadOptions.defaults().withDType(DType.FLOAT32));
                VisionMemory seen = model.see(RandomSample.picture(2, 1))) {
            SweepPlan plan = new SharedSweep(model).plan(request, seen);
            List<Work> work = SweepWork.layers(plan);
            assertSum(work, Work.Matrix.class, plan.cost().matrixOperations());
            assertSum(work, Work.Batched.class, plan.cost().attentionOperations());
            assertThat(SweepWork.head(plan).operations()).isEqualTo(plan.cost().headOperations());
        }
    }

    /** What a picture costs once and what each question costs are the plan's operations, each once. */
    @Test
    void rowsThatAllQuestionsShareAreCountedOnce() {
        ModelConfig config = ModelSize.LLAVA_TINY.config(ModelSize.LLAVA_TINY.layers());
        List<TokenRole> roles = new ArrayList<>(List.of(TokenRole.TEMPLATE, TokenRole.TEMPLATE));
        roles.addAll(Collections.nCopies(config.imageRows(), TokenRole.IMAGE));
        roles.addAll(Collections.nCopies(4, TokenRole.QUESTION));
        SweepRequest request = new SweepRequest(
                RandomSample.prompt(roles, 1),
                new int[] {1, 2},
                config.rules().interventions().named(Interventions.PUBLISHED),
                List.of(1),
                List.of(Masking.ZERO),
                RowReading.TRANSFORMERS,
                0.6);
        SweepPlan plan = SweepPlan.of(
                request.outline(new PictureTokens(config.imageRows(), config.imageRows())),
                config.shape(),
                config.rules());
        assertThat(plan.sharedBelow()).isEqualTo(2 + config.imageRows());
        List<Work> all = new ArrayList<>(SweepWork.sharedRows(plan));
        all.addAll(SweepWork.layers(plan));
        assertSum(all, Work.Matrix.class, plan.cost().matrixOperations());
    }

    private static void assertSum(List<Work> work, Class<? extends Work> kind, double wanted) {
        double sum = work.stream()
                .filter(kind::isInstance)
                .mapToDouble(Work::operations)
                .sum();
        assertThat(wanted).isPositive();
        assertThat(sum).isCloseTo(wanted, within(1e-9 * wanted));
    }
}
