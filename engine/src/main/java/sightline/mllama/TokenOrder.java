package sightline.mllama;

import sightline.model.Weights;
import sightline.tensor.DeviceBlock;
import sightline.tensor.Rows;

/**
 * In which order the vision tower's rows lie: real tokens first, padding last.
 *
 * <p>Tokens are numbered tile · padded tokens per tile + token. A token is padding if it fills its tile up to a multiple
 * of 8, or if its whole tile is padding.
 *
 * @param real how many rows are real tokens
 * @param tokenOfRow the token in each row, all tokens
 * @param rowOfToken the row of each token that is not filler, tile by tile: the tower's output order
 */
record TokenOrder(int real, Rows tokenOfRow, Rows rowOfToken) {
    /**
     * The order for a picture.
     *
     * @param tiles how many hold picture
     * @param weights owns the row numbers
     */
    static TokenOrder of(VisionConfig config, int tiles, Weights weights) {
        int padded = config.paddedTokens();
        int kept = config.tokensPerTile();
        int all = config.maxTiles() * padded;
        int real = tiles * kept;
        int[] tokenOfRow = new int[all];
        int[] rowOfToken = new int[config.maxTiles() * kept];
        int nextReal = 0;
        int nextPadding = real;
        for (int token = 0; token < all; token++) {
            int tile = token / padded;
            int inTile = token % padded;
            int row = tile < tiles && inTile < kept ? nextReal++ : nextPadding++;
            tokenOfRow[row] = token;
            if (inTile < kept) {
                rowOfToken[tile * kept + inTile] = row;
            }
        }
        DeviceBlock block = new DeviceBlock();
        TokenOrder order = new TokenOrder(real, block.rows(tokenOfRow), block.rows(rowOfToken));
        weights.place(block);
        return order;
    }
}
