package sightline.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sightline.checkpoint.ModelConfig;
import sightline.image.Canvas;
import sightline.image.ImageTiles;
import sightline.knockout.Masking;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/**
 * A made-up question about a picture of noise. What it says does not matter, only its sizes do.
 *
 * @param promptTokens with the rows that stand for the picture; at least {@value #LEAST_PROMPT} if it is one
 * @param answerTokens at least 1
 * @param tiles that hold picture, 1 to the model's most
 * @param pathways to cut, by name
 * @param sizes window sizes k
 */
public record BenchSample(int promptTokens, int answerTokens, int tiles, List<String> pathways, List<Integer> sizes) {
    /** The shortest prompt: a begin token, one row for the image, a question, and what ends the turn. */
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
    ImageTiles picture(ModelConfig config) {
        int tile = config.tileSide();
        int area = 3 * tile * tile;
        float[] pixels = new float[config.mostTiles() * area];
        Random random = new Random(SEED);
        for (int i = 0; i < tiles * area; i++) {
            pixels[i] = random.nextFloat() * 2 - 1;
        }
        int aspectRatioId = new Canvas(1, tiles, tile).aspectRatioId(config.mostTiles());
        return new ImageTiles(tile, 1, tiles, aspectRatioId, config.mostTiles(), pixels);
    }

    /** The published settings, with this sample's pathways and window sizes. */
    SweepRequest request(ModelConfig config) {
        return new SweepRequest(
                prompt(config),
                tokens(answerTokens, config),
                config.rules().interventions().named(pathways),
                sizes,
                List.of(Masking.PAPER),
                RowReading.PAPER,
                SweepRequest.PUBLISHED_TEMPERATURE);
    }

    /** The same question with nothing cut. */
    SweepRequest baseline(ModelConfig config) {
        return new BenchSample(promptTokens, answerTokens, tiles, List.of(), sizes).request(config);
    }

    /** Laid out as a chat template does: some tokens before the image, then the question, then the turn's end. */
    private EncodedPrompt prompt(ModelConfig config) {
        int rows = config.imageRows();
        int part = (promptTokens - rows + 1) / 4;
        int image = Math.min(MOST_BEFORE_IMAGE, part);
        TokenRole[] roles = new TokenRole[promptTokens];
        Arrays.fill(roles, TokenRole.TEMPLATE);
        Arrays.fill(roles, image, image + rows, TokenRole.IMAGE);
        int end = promptTokens - Math.min(MOST_BEHIND_QUESTION, part);
        Arrays.fill(roles, image + rows, end, TokenRole.QUESTION);
        int[] ids = tokens(promptTokens, config);
        Arrays.fill(ids, image, image + rows, config.imageToken());
        return new EncodedPrompt("", ids, roles);
    }

    private static int[] tokens(int count, ModelConfig config) {
        int[] ids = new Random(SEED).ints(count, 0, config.shape().vocabulary()).toArray();
        return Arrays.stream(ids).map(id -> id == config.imageToken() ? 0 : id).toArray(); // words alone
    }
}
