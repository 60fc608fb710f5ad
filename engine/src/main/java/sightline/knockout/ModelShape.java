package sightline.knockout;

import java.util.List;

/**
 * A decoder as an experiment sees it: its layers and sizes.
 *
 * @param media what each decoder layer reads: other text rows, or the picture
 * @param hidden channels of a hidden state
 * @param intermediate channels inside the MLP
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides heads
 * @param headSize channels of one head
 * @param vocabulary tokens that the model can say
 * @param positions longest context that the checkpoint claims, in tokens
 */
public record ModelShape(
        List<Medium> media,
        int hidden,
        int intermediate,
        int heads,
        int keyValueHeads,
        int headSize,
        int vocabulary,
        int positions) {
    public ModelShape {
        media = List.copyOf(media);
    }

    /** L, the number of decoder layers. */
    public int layers() {
        return media.size();
    }

    /** What a layer reads, from 0 on. */
    public Medium medium(int layer) {
        return media.get(layer);
    }

    /** The layers that read a medium, in order. */
    public List<Integer> layersOf(Medium medium) {
        return java.util.stream.IntStream.range(0, layers())
                .filter(layer -> medium(layer) == medium)
                .boxed()
                .toList();
    }

    /** Query heads that share one key head. */
    public int headsPerKeyValueHead() {
        return heads / keyValueHeads;
    }
}
