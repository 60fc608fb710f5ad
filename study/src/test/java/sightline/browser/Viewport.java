package sightline.browser;

/**
 * What a page is shown on.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 * @param dark whether the reader prefers dark colours
 */
public record Viewport(int width, int height, boolean dark) {
    /** A laptop's window. */
    public static final Viewport DESKTOP = new Viewport(1280, 900, false);

    /** A phone held upright. */
    public static final Viewport PHONE = new Viewport(390, 844, false);

    /** The same for a reader who prefers dark colours. */
    public Viewport inDark() {
        return new Viewport(width, height, true);
    }
}
