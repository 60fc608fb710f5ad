package sightline.mllama;

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
record TokenOrder(int real, int[] tokenOfRow, int[] rowOfToken) {
    static TokenOrder of(VisionConfig config, int tiles) {
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
        return new TokenOrder(real, tokenOfRow, rowOfToken);
    }
}
