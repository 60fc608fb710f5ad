package sightline.world;

/** Halves of a picture. */
enum Half {
    LEFT("on the left"),
    RIGHT("on the right"),
    TOP("at the top"),
    BOTTOM("at the bottom");

    private final String words;

    Half(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whether a thing lies in this half; none lies across the middle. */
    boolean holds(ShapeScene scene, Item item) {
        return switch (this) {
            case LEFT -> scene.isLeft(item);
            case RIGHT -> !scene.isLeft(item);
            case TOP -> scene.isTop(item);
            case BOTTOM -> !scene.isTop(item);
        };
    }
}
