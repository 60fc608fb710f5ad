package sightline.sweep;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import sightline.image.Canvas;
import sightline.image.ImageTiles;
import sightline.knockout.Act;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Medium;
import sightline.knockout.TokenSet;
import sightline.knockout.Trace;
import sightline.llama.LlamaConfig;
import sightline.llama.RopeScaling;
import sightline.mllama.AspectRatio;
import sightline.mllama.MllamaConfig;
import sightline.mllama.TextConfig;
import sightline.mllama.VisionConfig;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** Tiny models, pictures and prompts that no checkpoint holds. */
final class RandomSample {
    static final int VOCABULARY = 20;
    static final int MOST_TILES = 4;

    private static final int TILE = 8;
    private static final int PATCH = 4;
    private static final int VISION_HIDDEN = 8;

    static final List<Intervention> NAMED =
            List.copyOf(Interventions.of(Medium.IMAGE).all().values());
    static final List<Intervention> PUBLISHED = Interventions.of(Medium.IMAGE).named(Interventions.PUBLISHED);

    private RandomSample() {}

    static Intervention cut(String name) {
        return Interventions.of(Medium.IMAGE).named(name).orElseThrow();
    }

    /** A model of two vision layers and the given decoder; heads of size 4. */
    static MllamaConfig config(int layers, SortedSet<Integer> cross, int heads, int keyValueHeads) {
        TextConfig text = new TextConfig(
                new LlamaConfig(
                        layers,
                        4 * heads,
                        24,
                        heads,
                        keyValueHeads,
                        VOCABULARY,
                        1e-5,
                        500000,
                        new RopeScaling.Plain(),
                        64),
                cross);
        VisionConfig vision = new VisionConfig(
                1,
                1,
                VISION_HIDDEN,
                16,
                2,
                3,
                TILE,
                PATCH,
                MOST_TILES,
                1e-5,
                List.of(0),
                AspectRatio.upTo(MOST_TILES),
                2 * VISION_HIDDEN);
        return new MllamaConfig(text, vision, VOCABULARY);
    }

    /** A picture of noise in so many tiles, side by side. */
    static ImageTiles picture(int tiles, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[MOST_TILES * 3 * TILE * TILE];
        for (int i = 0; i < tiles * 3 * TILE * TILE; i++) {
            pixels[i] = random.nextFloat() * 2 - 1;
        }
        int aspectRatioId = new Canvas(1, tiles, TILE).aspectRatioId(MOST_TILES);
        return new ImageTiles(TILE, 1, tiles, aspectRatioId, MOST_TILES, pixels);
    }

    /** A prompt of these roles, one of them the image, and random tokens. */
    static EncodedPrompt prompt(List<TokenRole> roles, long seed) {
        int[] ids = tokens(roles.size(), seed);
        ids[roles.indexOf(TokenRole.IMAGE)] = VOCABULARY;
        return new EncodedPrompt("", ids, roles.toArray(TokenRole[]::new));
    }

    static int[] tokens(int count, long seed) {
        return new Random(seed).ints(count, 0, VOCABULARY).toArray();
    }

    /** A part of the picture as a source of edges to the last position. */
    static Intervention region(BitSet visionTokens, TokenSet target) {
        return new Intervention(
                "region " + visionTokens + " to " + target,
                Act.cut(Medium.IMAGE, target, new TokenSet.Region(visionTokens)));
    }

    /** All numbers of a trace, the baseline first. */
    static double[] numbers(Trace trace) {
        return java.util.stream.DoubleStream.concat(
                        Arrays.stream(trace.baseline()),
                        trace.allCurves().stream()
                                .flatMap(curve -> Arrays.stream(curve.tokenProbability()))
                                .flatMapToDouble(Arrays::stream))
                .toArray();
    }
}
