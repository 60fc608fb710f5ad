package sightline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.plan.LayerPlan;
import sightline.tensor.ComputeDevice;
import sightline.tensor.Portions;

/** Batches hold every state once, with its own context, and never more scores than may be held. */
class GroupBatchTest {
    private static final Portions PORTIONS = Portions.of(ComputeDevice.CPU);

    /** Few small groups, groups of uneven sizes, and groups that alone have too many scores. */
    @ParameterizedTest
    @CsvSource({"4, 90, 90, 4", "9, 7, 300, 32", "3, 600, 1300, 32", "1, 1, 0, 1"})
    void holdEveryStateOnce(int count, int rows, int context, int heads) {
        List<LayerPlan.Group> groups = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < count; i++) {
            int size = rows * (1 + i % 3);
            int length = Math.max(0, context - i);
            groups.add(new LayerPlan.Group(
                    IntStream.range(next, next + size).toArray(),
                    IntStream.range(1000 * i, 1000 * i + length).toArray()));
            next += size;
        }
        List<GroupBatch> batches = GroupBatch.of(groups, heads, PORTIONS);
        List<Integer> held = new ArrayList<>();
        for (GroupBatch batch : batches) {
            int[] states = batch.states();
            int[] contexts = batch.contexts();
            int width = batch.keys() + 1;
            assertThat(contexts).hasSize(batch.groups().size() * width);
            assertThat((long) states.length * width * heads).isLessThanOrEqualTo(PORTIONS.scores());
            for (int row = 0; row < states.length; row++) {
                if (states[row] >= 0) {
                    held.add(states[row]);
                    int[] own = groupOf(groups, states[row]).context();
                    int start = row / batch.rows() * width;
                    assertThat(Arrays.copyOfRange(contexts, start, start + own.length))
                            .isEqualTo(own);
                    assertThat(contexts[start + width - 1]).isEqualTo(-1); // the own key's place
                }
            }
        }
        assertThat(held)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, next).boxed().toList());
    }

    /** Groups of one size, as the branches of a sweep are, go together. */
    @ParameterizedTest
    @CsvSource({"7, 1", "1, 1"})
    void equalGroupsAreOneBatch(int count, int batches) {
        List<LayerPlan.Group> groups = IntStream.range(0, count)
                .mapToObj(i ->
                        new LayerPlan.Group(IntStream.range(90 * i, 90 * i + 90).toArray(), new int[90]))
                .toList();
        assertThat(GroupBatch.of(groups, 4, PORTIONS)).hasSize(batches);
    }

    private static LayerPlan.Group groupOf(List<LayerPlan.Group> groups, int state) {
        return groups.stream()
                .filter(group -> IntStream.of(group.states()).anyMatch(held -> held == state))
                .findFirst()
                .orElseThrow();
    }
}
