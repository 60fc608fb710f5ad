package sightline.training;

import java.util.List;
import java.util.TreeSet;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;
import sightline.mllama.AspectRatio;
import sightline.mllama.MllamaConfig;
import sightline.mllama.TextConfig;
import sightline.mllama.VisionConfig;

/** The demo model's sizes: as small as sees and reads well, in the true layout. */
final class DemoSizes {
    /** Which layers read the picture: every fifth, as in the published checkpoints. */
    static final List<Integer> CROSS_ATTENTION = List.of(3, 8, 13);

    private static final int HIDDEN = 96;
    private static final int HEADS = 4;

    private DemoSizes() {}

    /**
     * The configuration.
     *
     * @param vocabulary tokens that can be said
     * @param imageToken behind them
     */
    static MllamaConfig config(int vocabulary, int imageToken) {
        TextConfig text = new TextConfig(
                new LlamaConfig(
                        15,
                        HIDDEN,
                        192,
                        HEADS,
                        2,
                        vocabulary,
                        1e-5,
                        10_000,
                        new RopeScaling.Llama3(8, 1, 4, 8192), // newer readers of the layout want one to be named
                        131_072),
                new TreeSet<>(CROSS_ATTENTION));
        VisionConfig vision = new VisionConfig(
                3, 1, HIDDEN, 256, HEADS, 3, 48, 8, 4, 1e-5, List.of(0, 2), AspectRatio.upTo(4), 3 * HIDDEN);
        return new MllamaConfig(text, vision, imageToken);
    }
}
