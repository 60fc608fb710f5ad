package sightline.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import sightline.knockout.Edit;
import sightline.knockout.HeadMeans;
import sightline.knockout.ModelShape;
import sightline.plan.LayerPlan;
import sightline.tensor.BlockTensor;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Rows;

/** What a layer's silenced heads read in place of what attention found: one call for all that are zeroed, one for all that have means. */
final class SilencedHeads {
    private final long headSize;
    private final List<Some> replaced;

    /**
     * Slices of attention's output, numbered row · heads + head.
     *
     * @param slices which
     * @param means one for each head of each answer token (tokens · heads, size); null for zeros
     * @param of each slice's place among them; null for zeros
     */
    private record Some(Rows slices, BlockTensor means, Rows of) {}

    private SilencedHeads(long headSize, List<Some> replaced) {
        this.headSize = headSize;
        this.replaced = replaced;
    }

    /** Puts down those of a plan, layer by layer. */
    static final class Placing {
        private final ModelShape shape;
        private final int promptTokens;
        private final DeviceBlock block;

        Placing(ModelShape shape, int promptTokens, DeviceBlock block) {
            this.shape = shape;
            this.promptTokens = promptTokens;
            this.block = block;
        }

        /** Numbers of slices, and of their means. */
        private record Numbers(List<Integer> slices, List<Integer> means) {
            Numbers() {
                this(new ArrayList<>(), new ArrayList<>());
            }
        }

        SilencedHeads of(LayerPlan plan, int layer) {
            Map<Optional<HeadMeans>, Numbers> found = new LinkedHashMap<>();
            int heads = shape.heads();
            for (int state = 0; state < plan.size(); state++) {
                Edit.Silence silence = plan.views()[state].silenced();
                if (silence != null) {
                    Numbers numbers = found.computeIfAbsent(silence.means(), same -> new Numbers());
                    int first = state * heads;
                    int row = plan.rows()[state];
                    int token = silence.means()
                            .map(means -> means.token(row, promptTokens))
                            .orElse(0);
                    silence.heads().stream().forEach(head -> {
                        numbers.slices.add(first + head);
                        numbers.means.add(token * heads + head);
                    });
                }
            }
            List<Some> replaced = new ArrayList<>();
            found.forEach((means, numbers) -> replaced.add(
                    means.isEmpty()
                            ? new Some(block.rows(ints(numbers.slices)), null, null)
                            : new Some(
                                    block.rows(ints(numbers.slices)),
                                    table(means.get(), layer),
                                    block.rows(ints(numbers.means)))));
            return new SilencedHeads(shape.headSize(), replaced);
        }

        private BlockTensor table(HeadMeans means, int layer) {
            int width = means.width();
            float[] all = new float[means.values().length * width];
            IntStream.range(0, means.values().length)
                    .forEach(token -> System.arraycopy(means.values()[token][layer], 0, all, token * width, width));
            return block.tensor(all, (long) means.values().length * shape.heads(), shape.headSize());
        }

        private static int[] ints(List<Integer> numbers) {
            return numbers.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * Replaces their slices in place.
     *
     * @param attended (states, heads · size)
     */
    void replaceIn(Tensor attended) {
        if (replaced.isEmpty()) {
            return;
        }
        Tensor slices = attended.view(-1, headSize);
        for (Some some : replaced) {
            if (some.means == null) {
                some.slices.zero(slices);
            } else {
                some.slices.replace(slices, some.of.of(some.means.tensor()));
            }
        }
    }
}
