package sightline.world;

import java.util.Locale;

/** Who is in a scene: drawn as 10 × 10 squares, doubled. */
enum Being {
    PERSON(
            "....kk....",
            "...kssk...",
            "...kssk...",
            "....ss....",
            "..wwwwww..",
            ".s.wwww.s.",
            ".s.wwww.s.",
            "...kkkk...",
            "...k..k...",
            "..kk..kk.."),
    DOG(
            ".b.....bb.",
            "b......bkb",
            "b......bbb",
            ".bbbbbbbb.",
            ".bbbbbbb..",
            ".bbbbbbb..",
            ".bbbbbbb..",
            ".b.b..b.b.",
            ".b.b..b.b.",
            ".k.k..k.k."),
    ROBOT(
            "....r.....",
            "..gggggg..",
            "..gkggkg..",
            "..gggggg..",
            "....gg....",
            "gggggggggg",
            "g.grrrrg.g",
            "g.gggggg.g",
            "..gg..gg..",
            ".ggg..ggg.");

    /** Squares across and down. */
    static final int SQUARES = 10;

    /** Row by row. */
    private final String squares;

    Being(String... rows) {
        this.squares = String.join("", rows);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The colour of a square, or -1 where the backdrop shows. */
    int rgb(int row, int column) {
        return switch (squares.charAt(row * SQUARES + column)) {
            case 'k' -> 0x202020;
            case 's' -> 0xe0ac86;
            case 'w' -> 0xf4f4f4;
            case 'b' -> 0xa06a34;
            case 'g' -> 0x8c959c;
            case 'r' -> 0xb03a3a;
            default -> -1;
        };
    }
}
