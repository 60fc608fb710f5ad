package sightline.world;

/** The colours of shapes; no two alike, and none a backdrop's. */
enum Colour {
    RED("red", 0xd8262c),
    ORANGE("orange", 0xf58a1f),
    YELLOW("yellow", 0xf5e02a),
    LIGHT_GREEN("light green", 0x7bea55),
    DARK_GREEN("dark green", 0x14672f),
    BLUE("blue", 0x2138d6),
    LIGHT_BLUE("light blue", 0x35c3f5),
    PURPLE("purple", 0x9b30c0);

    private final String word;
    private final int rgb;

    Colour(String word, int rgb) {
        this.word = word;
        this.rgb = rgb;
    }

    String word() {
        return word;
    }

    int rgb() {
        return rgb;
    }
}
