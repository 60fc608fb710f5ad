package sightline.world;

/** A font of 5 × 7 pixels: capitals, digits, full stop, an empty and a ticked box. */
final class PixelFont {
    /** Written for a box that is not ticked. */
    static final char EMPTY_BOX = '_';

    static final char TICKED_BOX = '#';

    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    /** In the order of their numbers. */
    static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._#";
    /** Rows from the top in base 32, the leftmost pixel the highest bit: "e" is 01110. */
    private static final String[] ROWS = {
        "ehhvhhh", "uhhuhhu", "ehggghe", "uhhhhhu", "vgguggv", "vgguggg", "ehgnhhf", "hhhvhhh", "e44444e",
        "72222ic", "hikokih", "ggggggv", "hrllhhh", "hpplnjh", "ehhhhhe", "uhhuggg", "ehhhlid", "uhhukih",
        "fgge11u", "v444444", "hhhhhhe", "hhhhha4", "hhhllrh", "hha4ahh", "hha4444", "v1248gv", "ehjlphe",
        "4c4444e", "eh168gv", "eh161he", "26aiv22", "vgu11he", "68guhhe", "v124488", "ehhehhe", "ehhf12c",
        "00000cc", "vhhhhhv", "vrrlrrv",
    };
    /** Different glyphs. */
    static final int COUNT = CHARACTERS.length();

    private PixelFont() {}

    /** The number of a character, from 0. */
    static int index(char character) {
        int index = CHARACTERS.indexOf(character);
        if (index < 0) {
            throw new IllegalArgumentException("the font lacks '" + character + "'");
        }
        return index;
    }

    /** Whether there is ink; row and column from the top left. */
    static boolean inked(int index, int row, int column) {
        int bits = Character.digit(ROWS[index].charAt(row), 32);
        return (bits >> (WIDTH - 1 - column) & 1) == 1;
    }
}
