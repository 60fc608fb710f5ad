package sightline.family;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sightline.checkpoint.ModelConfig;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;
import sightline.llava.Activation;
import sightline.llava.ClipConfig;
import sightline.llava.LlavaConfig;
import sightline.mllama.AspectRatio;
import sightline.mllama.MllamaConfig;
import sightline.mllama.TextConfig;
import sightline.mllama.VisionConfig;

/** Configurations to measure and try things with where no checkpoint is at hand. */
public enum ModelSize {
    /** Runs in milliseconds: 10 layers of 64 channels. */
    TINY("tiny"),
    /** Runs in seconds: 20 layers of 512 channels, 4 tiles of 224 pixels. */
    MID("mid"),
    /** The sizes of Llama 3.2-Vision 11B Instruct. */
    ELEVEN_BILLION("11b"),
    /** A LLaVA-1.5 that runs in milliseconds: 8 layers of 64 channels, 16 image tokens. */
    LLAVA_TINY("llava-tiny"),
    /** The sizes of LLaVA-1.5 7B. */
    LLAVA_SEVEN_BILLION("llava-7b");

    private static final int PATCH = 14;
    private static final int TILES = 4;
    private static final double EPS = 1e-5;
    private static final Activation QUICK = Activation.QUICK_GELU;

    private final String shown;

    ModelSize(String shown) {
        this.shown = shown;
    }

    /** Decoder layers of a model of this size. */
    public int layers() {
        return switch (this) {
            case TINY -> 10;
            case MID -> 20;
            case ELEVEN_BILLION -> 40;
            case LLAVA_TINY -> 8;
            case LLAVA_SEVEN_BILLION -> 32;
        };
    }

    /** Whether its weights do not fit into a usual machine's memory. */
    public boolean isTooLarge() {
        return this == ELEVEN_BILLION || this == LLAVA_SEVEN_BILLION;
    }

    /** All sizes of a model of this size. */
    public ModelConfig config() {
        return config(layers());
    }

    /**
     * The same with another number of decoder layers, to see how cost grows with them.
     *
     * @param layers at least 4, so that one of them reads the image
     */
    public ModelConfig config(int layers) {
        return switch (this) {
            case TINY -> of(text(layers, 64, 128, 4, 2, 600, 256), vision(4, 2, 32, 64, 4, 56, List.of(1, 3)));
            case MID ->
                of(text(layers, 512, 1792, 8, 4, 8192, 8192), vision(8, 2, 320, 1280, 4, 224, List.of(1, 3, 5)));
            case ELEVEN_BILLION ->
                of(
                        text(layers, 4096, 14336, 32, 8, 128256, 8192),
                        vision(32, 8, 1280, 5120, 16, 560, List.of(3, 7, 15, 23, 30)));
            case LLAVA_TINY -> llava(layers, 64, 160, 4, 576, new ClipConfig(4, 32, 64, 4, 56, PATCH, QUICK, EPS));
            case LLAVA_SEVEN_BILLION ->
                llava(layers, 4096, 11008, 32, 32064, new ClipConfig(24, 1024, 4096, 16, 336, PATCH, QUICK, EPS));
        };
    }

    /** The image token is the first one that has an embedding but no row of the head. */
    private static MllamaConfig of(TextConfig text, VisionConfig vision) {
        return new MllamaConfig(text, vision, text.llama().vocabulary());
    }

    /** As in the published models, the tokeniser ends 62 rows before the table, and the tower one layer before its last. */
    private static LlavaConfig llava(
            int layers, int hidden, int intermediate, int heads, int vocabulary, ClipConfig vision) {
        LlamaConfig text = new LlamaConfig(
                layers, hidden, intermediate, heads, heads, vocabulary, EPS, 10000, new RopeScaling.Plain(), 4096);
        return new LlavaConfig(text, vision, vocabulary - 64, vision.layers() - 1, false, Activation.GELU, true);
    }

    /** The size of that name, if there is one. */
    public static Optional<ModelSize> named(String name) {
        return Arrays.stream(values()).filter(size -> size.shown.equals(name)).findFirst();
    }

    /** The name used on the command line. */
    @Override
    public String toString() {
        return shown;
    }

    /** @param plainContext the context length before the scaling of rotary embeddings, in tokens */
    private static TextConfig text(
            int layers, int hidden, int intermediate, int heads, int keyHeads, int vocabulary, int plainContext) {
        // Every fifth layer from layer 3 on reads the image, as in the published models.
        SortedSet<Integer> cross = java.util.stream.IntStream.range(0, layers)
                .filter(layer -> layer % 5 == 3)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        RopeScaling scaling = new RopeScaling.Llama3(8, 1, 4, plainContext);
        int positions = 16 * plainContext;
        return new TextConfig(
                new LlamaConfig(
                        layers, hidden, intermediate, heads, keyHeads, vocabulary, 1e-5, 500000, scaling, positions),
                cross);
    }

    private static VisionConfig vision(
            int layers,
            int global,
            int hidden,
            int intermediate,
            int heads,
            int side,
            List<Integer> intermediateLayers) {
        int output = hidden * (1 + intermediateLayers.size());
        return new VisionConfig(
                layers,
                global,
                hidden,
                intermediate,
                heads,
                3,
                side,
                PATCH,
                TILES,
                1e-5,
                intermediateLayers,
                AspectRatio.upTo(TILES),
                output);
    }
}
