package sightline.figure;

import java.util.Objects;
import sightline.run.ActFacts;
import sightline.run.InterventionFacts;

/**
 * How a pathway looks, everywhere. Solid lines cut what comes from the picture, broken ones what comes from the text.
 *
 * @param label as it is read
 * @param light colour on a light ground
 * @param dark colour on a dark ground
 * @param dash lengths of dash and gap; empty for a solid line
 */
@SuppressWarnings("ArrayRecordComponent") // constants of this class
record PathwayStyle(String label, int light, int dark, double width, double[] dash, Mark mark) {
    PathwayStyle {
        Objects.requireNonNull(mark);
    }

    /** A pathway's style; those without a colour of their own are drawn in grey. */
    static PathwayStyle of(InterventionFacts facts) {
        String label = label(facts);
        return switch (kind(facts)) {
            case "image→last" -> new PathwayStyle(label, 0xCF7510, 0xFBA51C, 2.2, new double[0], Mark.CIRCLE);
            case "image→question" -> new PathwayStyle(label, 0x7C5AC2, 0xAE7BF0, 1.6, new double[0], Mark.DIAMOND);
            case "question→last" -> new PathwayStyle(label, 0x35997C, 0x63D2B0, 2, new double[] {6, 3}, Mark.SQUARE);
            case "last→last" -> new PathwayStyle(label, 0xB3202F, 0xE5484D, 2, new double[] {1.5, 3}, Mark.TRIANGLE);
            default ->
                new PathwayStyle(
                        label,
                        Palette.SECOND_INK,
                        0xA2A8AD,
                        1.6,
                        facts.cutsImageAlone() ? new double[0] : new double[] {4, 2},
                        Mark.CIRCLE);
        };
    }

    /** The ends of what is one act, by which the published pathways are told. */
    private static String kind(InterventionFacts facts) {
        return facts.acts().size() == 1 ? ends(facts.acts().get(0)) : "";
    }

    private static String ends(ActFacts act) {
        return String.join(" + ", act.sources()) + "→" + String.join(" + ", act.targets());
    }

    /** From where to where, such as image→last; the name of what has several acts, or does not tell. */
    static String label(InterventionFacts facts) {
        boolean told =
                facts.acts().size() == 1 && !facts.acts().get(0).sources().isEmpty();
        return spaced(told ? ends(facts.acts().get(0)) : facts.name());
    }

    /** A name in words: a single underscore between letters is a space; others belong to the name. */
    static String spaced(String name) {
        return name.replaceAll("(?<=[^_])_(?=[^_])", " ");
    }

    /** A piece of its line with its mark, 26 px wide, around a height. */
    void key(FigureCanvas canvas, double x, double y) {
        canvas.line(x, y, x + KEY, y, light, width, 1, dash);
        mark.draw(canvas, x + KEY / 2, y, mark.size(), light);
    }

    /** The width of {@link #key}. */
    static final double KEY = 26;
}
