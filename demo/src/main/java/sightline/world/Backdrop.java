package sightline.world;

/** When a scene takes place, told by what is behind everything. */
enum Backdrop {
    NOON("noon", "at noon", 0xcfd8dc, 0xc3cdd2),
    NIGHT("night", "at night", 0x1a1a2e, 0x23233a),
    EVENING("evening", "in the evening", 0xe8b89a, 0xd9a184),
    WINTER("winter", "in winter", 0xffffff, 0xb8c8e8);

    private final String word;
    private final String when;
    private final int rgb;
    private final int pattern;

    Backdrop(String word, String when, int rgb, int pattern) {
        this.word = word;
        this.when = when;
        this.rgb = rgb;
        this.pattern = pattern;
    }

    String word() {
        return word;
    }

    /** As an answer to "when". */
    String when() {
        return when;
    }

    /** Its colour at a pixel: bands at noon and in the evening, stars at night, flakes in winter. */
    int rgb(int x, int y) {
        return switch (this) {
            case NOON -> y / 6 % 2 == 0 ? rgb : pattern;
            case EVENING -> (x + y) / 6 % 2 == 0 ? rgb : pattern;
            case NIGHT -> x % 12 == 5 && y % 12 == 7 ? 0xe8e8c0 : (x / 12 + y / 12) % 2 == 0 ? rgb : pattern;
            case WINTER -> (x + y / 6 * 3) % 6 < 2 && y % 6 < 2 ? pattern : rgb;
        };
    }
}
