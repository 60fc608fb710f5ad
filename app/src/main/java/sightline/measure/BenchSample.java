package sightline.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sightline.image.Canvas;
import sightline.image.ImageTiles;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.mllama.MllamaConfig;
import sightline.mllama.VisionConfig;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/**
 * A made-up question about a picture of noise. What it says does not matter, only its sizes do.
 *
 * @param promptTokens with the image token, at least {@value #LEAST_PROMPT}
 * @param answerTokens at least 1
 * @param tiles that hold picture, 1 to the model's most
 * @param pathways to cut
 * @param sizes window sizes k
 */
public record BenchSample(int promptTokens, int answerTokens, int tiles, List<Pathway> pathways, List<Integer> sizes) {
    /** The shortest prompt: a begin token, the image, a question, and what ends the turn. */
    public static final int LEAST_PROMPT = 4;

    private static final int MOST_BEFORE_IMAGE = 5;
    private static final int MOST_BEHIND_QUESTION = 5;
    private static final long SEED = 1;

    public BenchSample {
        pathways = List.copyOf(pathways);
        sizes = List.copyOf(sizes);
        if (promptTokens < LEAST_PROMPT || answerTokens < 1 || tiles < 1) {
            throw new IllegalArgumentException(
                    promptTokens + " prompt tokens, " + answerTokens + " answer tokens, " + tiles + " tiles");
        }
    }

    /** Noise in the tiles, the rest padding. */
    ImageTiles picture(VisionConfig vision) {
        int tile = vision.imageSize();
        int area = 3 * tile * tile;
        float[] pixels = new float[vision.maxTiles() * area];
        Random random = new Random(SEED);
        for (int i = 0; i < tiles * area; i++) {
            pixels[i] = random.nextFloat() * 2 - 1;
        }
        int aspectRatioId = new Canvas(1, tiles, tile).aspectRatioId(vision.maxTiles());
        return new ImageTiles(tile, 1, tiles, aspectRatioId, vision.maxTiles(), pixels);
    }

    /** The published settings, with this sample's pathways and window sizes. */
    SweepRequest request(MllamaConfig config) {
        return new SweepRequest(
                prompt(config),
                tokens(answerTokens, config),
                pathways,
                sizes,
                List.of(Masking.PAPER),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    /** The same question with nothing cut. */
    SweepRequest baseline(MllamaConfig config) {
        return new BenchSample(promptTokens, answerTokens, tiles, List.of(), sizes).request(config);
    }

    /** Laid out as a chat template does: some tokens before the image, then the question, then the turn's end. */
    private EncodedPrompt prompt(MllamaConfig config) {
        int image = Math.min(MOST_BEFORE_IMAGE, promptTokens / 4);
        TokenRole[] roles = new TokenRole[promptTokens];
        Arrays.fill(roles, TokenRole.TEMPLATE);
        roles[image] = TokenRole.IMAGE;
        int end = promptTokens - Math.min(MOST_BEHIND_QUESTION, promptTokens / 4);
        Arrays.fill(roles, image + 1, end, TokenRole.QUESTION);
        int[] ids = tokens(promptTokens, config);
        ids[image] = config.imageToken();
        return new EncodedPrompt("", ids, roles);
    }

    private static int[] tokens(int count, MllamaConfig config) {
        return new Random(SEED).ints(count, 0, config.text().vocabulary()).toArray();
    }
}
