package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sightline.knockout.Curve;
import sightline.knockout.TokenMeasures;
import sightline.knockout.Trace;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.terminal.Note;
import sightline.terminal.NumberText;

/** What {@code ask} prints for people of named foils. */
final class FoilText {
    private FoilText() {}

    /** A sentence: the first token's logit less the likeliest foil's, or the whole answer's log-probability less its, uncut and where each curve is lowest; none without foils. */
    static List<String> lines(Outcome outcome, Look look) {
        if (outcome.foils().none()) {
            return List.of();
        }
        Trace trace = outcome.trace();
        List<String> texts = outcome.foilWords().texts();
        String named =
                texts.stream().map(token -> "\u201c" + token.strip() + "\u201d").collect(Collectors.joining(", "));
        List<String> parts = new ArrayList<>();
        parts.add(nats(trace.uncut().get(0), look.glyphs()) + " nats uncut");
        trace.curves().forEach(curve -> parts.add(lowest(curve, look.glyphs())));
        return Note.wrapped(
                (outcome.foilWords().whole() ? "Whole answer against " : "First token against ")
                        + (texts.size() == 1 ? "the foil " : "the likeliest of the foils ")
                        + named + ": " + String.join("; ", parts) + ".",
                Look.WIDTH);
    }

    private static String lowest(Curve curve, Glyphs glyphs) {
        TokenMeasures[] layers = curve.measures()[0];
        int lowest = 0;
        for (int layer = 1; layer < layers.length; layer++) {
            lowest = layers[layer].foil() < layers[lowest].foil() ? layer : lowest;
        }
        return String.format(
                Locale.ROOT,
                "%s %s at layer %d, k = %d",
                glyphs.pathway(curve.intervention().name()),
                nats(layers[lowest], glyphs),
                lowest,
                curve.k());
    }

    private static String nats(TokenMeasures measures, Glyphs glyphs) {
        return NumberText.signed(measures.foil(), glyphs);
    }
}
