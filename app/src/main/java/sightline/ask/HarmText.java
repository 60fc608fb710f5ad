package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.terminal.Note;
import sightline.terminal.NumberText;

/** What the model says at the most harmful windows, for people. */
final class HarmText {
    private HarmText() {}

    /** A sentence for each pathway of one window size that loses anything; none if there is none. */
    static List<String> lines(Outcome outcome, int k, Look look) {
        List<String> lines = new ArrayList<>();
        for (Harm harm : outcome.harms()) {
            if (harm.curve().k() == k
                    && (NumberText.namesLayers(harm.change()) || harm.measures().flip())) {
                lines.addAll(Note.wrapped(sentence(harm, look.glyphs()) + likeliest(harm, outcome), Look.WIDTH));
            }
        }
        return lines;
    }

    private static String sentence(Harm harm, Glyphs glyphs) {
        String name = harm.curve().intervention().name();
        StringBuilder text = new StringBuilder(glyphs.pathway(name))
                .append(" at layer ")
                .append(harm.layer())
                .append(" (")
                .append(NumberText.percent(harm.change(), glyphs))
                .append("): ");
        if (!harm.measures().flip()) {
            text.append(harm.measures().ends().isEmpty() ? "says the same" : "says the same and ends there");
        } else {
            text.append(harm.said()
                    .map(HarmText::words)
                    .orElse(harm.measures().goesOn() ? "says the same and goes on" : "says something else"));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "; margin %.1f nats, rank %,d.",
                        harm.measures().margin() + 0.0,
                        harm.measures().rank()))
                .toString();
    }

    /** The likeliest tokens there, token by token of the answer; nothing if they were not asked for. */
    private static String likeliest(Harm harm, Outcome outcome) {
        return harm.curve().alternatives().stream()
                .map(windows -> windows.get(harm.layer()).stream()
                        .map(one -> outcome.words().get(one.token()) + " " + NumberText.inTable(one.probability()))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("; then "), text -> text.isEmpty() ? "" : " Likeliest: " + text + "."));
    }

    /** Words in quotation marks; those that were stopped go on. */
    static String quoted(Harm.Words said) {
        return "\u201c" + said.text().strip() + (said.finished() ? "" : " \u2026") + "\u201d";
    }

    private static String words(Harm.Words said) {
        return said.text().isBlank() ? "says nothing" : "says " + quoted(said);
    }
}
