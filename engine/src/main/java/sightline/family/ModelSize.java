package sightline.family;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;
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
    ELEVEN_BILLION("11b");

    private static final int PATCH = 14;
    private static final int TILES = 4;

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
        };
    }

    /** All sizes of a model of this size. */
    public MllamaConfig config() {
        return config(layers());
    }

    /**
     * The same with another number of decoder layers, to see how cost grows with them.
     *
     * @param layers at least 4, so that one of them reads the image
     */
    public MllamaConfig config(int layers) {
        return switch (this) {
            case TINY -> of(text(layers, 64, 128, 4, 2, 600, 256), vision(4, 2, 32, 64, 4, 56, List.of(1, 3)));
            case MID ->
                of(text(layers, 512, 1792, 8, 4, 8192, 8192), vision(8, 2, 320, 1280, 4, 224, List.of(1, 3, 5)));
            case ELEVEN_BILLION ->
                of(
                        text(layers, 4096, 14336, 32, 8, 128256, 8192),
                        vision(32, 8, 1280, 5120, 16, 560, List.of(3, 7, 15, 23, 30)));
        };
    }

    /** The image token is the first one that has an embedding but no row of the head. */
    private static MllamaConfig of(TextConfig text, VisionConfig vision) {
        return new MllamaConfig(text, vision, text.llama().vocabulary());
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
