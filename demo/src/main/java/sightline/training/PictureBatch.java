package sightline.training;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import sightline.image.ImageTiles;
import sightline.mllama.VisionConfig;

/**
 * Pictures as the vision twin reads them.
 *
 * @param size pictures
 * @param tiles how many tiles of each hold picture
 * @param pixels (pictures · tiles, channels, side, side)
 * @param aspectRatioIds (pictures)
 * @param mask (pictures, 1, tokens, tokens) over padded tokens: −∞ where both are padding, otherwise 0
 */
record PictureBatch(int size, int[] tiles, Tensor pixels, Tensor aspectRatioIds, Tensor mask) {
    /** Owned by the current pointer scope. */
    static PictureBatch of(List<ImageTiles> pictures, VisionConfig config) {
        int size = pictures.size();
        int each = pictures.get(0).pixels().length;
        float[] pixels = new float[size * each];
        long[] ids = new long[size];
        int[] tiles = new int[size];
        int tokens = config.maxTiles() * config.paddedTokens();
        float[] mask = new float[size * tokens * tokens];
        for (int i = 0; i < size; i++) {
            ImageTiles picture = pictures.get(i);
            System.arraycopy(picture.pixels(), 0, pixels, i * each, each);
            ids[i] = picture.aspectRatioId();
            tiles[i] = picture.count();
            fill(mask, i * tokens * tokens, padding(config, picture.count()));
        }
        int side = config.imageSize();
        return new PictureBatch(
                size,
                tiles,
                sightline.tensor.HostArrays.tensor(
                        pixels, (long) size * config.maxTiles(), config.channels(), side, side),
                sightline.tensor.HostArrays.indices(ids),
                sightline.tensor.HostArrays.tensor(mask, size, 1, tokens, tokens));
    }

    private static boolean[] padding(VisionConfig config, int tiles) {
        boolean[] padding = new boolean[config.maxTiles() * config.paddedTokens()];
        for (int token = 0; token < padding.length; token++) {
            boolean filler = token % config.paddedTokens() >= config.tokensPerTile();
            padding[token] = filler || token / config.paddedTokens() >= tiles;
        }
        return padding;
    }

    private static void fill(float[] mask, int start, boolean[] padding) {
        float[] row = new float[padding.length];
        for (int key = 0; key < row.length; key++) {
            row[key] = padding[key] ? Float.NEGATIVE_INFINITY : 0;
        }
        for (int query = 0; query < padding.length; query++) {
            if (padding[query]) {
                System.arraycopy(row, 0, mask, start + query * row.length, row.length);
            }
        }
    }

    @Override
    public int[] tiles() {
        return Arrays.copyOf(tiles, tiles.length);
    }
}
