package sightline.figure;

/** Something to draw. */
interface Figure {
    /** In CSS pixels. */
    double width();

    /** In CSS pixels. */
    double height();

    /** What it shows, in a sentence, for those who cannot see it. */
    String title();

    void draw(FigureCanvas canvas);
}
