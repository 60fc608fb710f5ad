package sightline.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import sightline.knockout.Lens;
import sightline.knockout.Windows;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.terminal.Note;
import sightline.terminal.NumberText;
import sightline.terminal.Table;

/** What {@code ask --lens} prints for people: by answer token, what would be said if the decoder ended earlier. */
final class LensText {
    /** Answer tokens of which a table is shown; --json has all. */
    private static final int TOKENS = 3;

    private static final int ROWS = 12;

    private LensText() {}

    /** The lines, a blank one before each block; none if no lens was asked for. */
    static List<String> lines(Outcome outcome, Look look) {
        List<Lens> lenses = outcome.trace().inside().lens();
        List<String> lines = new ArrayList<>();
        long sizes = outcome.trace().request().windowSizes().size();
        for (int token = 0; token < Math.min(TOKENS, lenses.size()); token++) {
            lines.add("");
            lines.addAll(table(outcome, token, look.glyphs()));
            for (Lens.Cut cut : outcome.trace().inside().cut()) {
                lines.addAll(Note.wrapped(under(cut, token, sizes, look.glyphs()), Look.WIDTH));
            }
        }
        if (lenses.size() > TOKENS) {
            lines.add("  " + look.glyphs().ellipsis() + " and " + (lenses.size() - TOKENS) + " more tokens (--json)");
        }
        return lines;
    }

    private static List<String> table(Outcome outcome, int token, Glyphs glyphs) {
        List<Lens.Stage> stages = outcome.trace().inside().lens().get(token).stages();
        String said = outcome.candidates().get(token).get(0).token().strip();
        IntFunction<String> word = outcome.words()::get;
        Table table =
                new Table("Lens of \u201c" + said + "\u201d behind layer", "likeliest there", "p", "its p", "its rank");
        List<int[]> runs = runs(stages);
        for (int i = 0; i < runs.size(); i++) {
            if (runs.size() > ROWS && i == ROWS / 2) {
                int left = runs.size() - ROWS;
                table.row("  " + glyphs.ellipsis() + " " + left + " more", "", "", "", "");
                i += left;
            }
            Lens.Stage last = stages.get(runs.get(i)[1]);
            table.row(
                    "  " + layers(runs.get(i)),
                    word.apply(last.top().get(0).token()),
                    NumberText.inTable(last.top().get(0).probability()),
                    NumberText.inTable(Math.exp(last.measures().logP())),
                    String.format(Locale.ROOT, "%,d", last.measures().rank()));
        }
        return table.lines();
    }

    /** Stages one after the other with the same likeliest token: first and last of each. */
    private static List<int[]> runs(List<Lens.Stage> stages) {
        List<int[]> runs = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            int top = stages.get(stage).top().get(0).token();
            if (stage > 0 && top == stages.get(stage - 1).top().get(0).token()) {
                runs.get(runs.size() - 1)[1] = stage;
            } else {
                runs.add(new int[] {stage, stage});
            }
        }
        return runs;
    }

    private static String layers(int... run) {
        String first = layer(run[0]);
        return run[0] == run[1] ? first : first + " to " + layer(run[1]);
    }

    private static String layer(int stage) {
        return stage == 0 ? "embedding" : String.valueOf(stage - 1);
    }

    private static String under(Lens.Cut cut, int token, long sizes, Glyphs glyphs) {
        List<Lens.Stage> stages = cut.tokens().get(token).stages();
        String name = glyphs.pathway(cut.track().intervention().name());
        String where = cut.track().windows() instanceof Windows.Around around
                ? " at layer " + cut.window() + (sizes > 1 ? ", k = " + around.k() : "")
                : "";
        OptionalInt first = firstFor(stages);
        int rank = stages.get(stages.size() - 1).measures().rank();
        return "Under " + name + where + ": "
                + (first.isPresent()
                        ? "likeliest from layer " + layer(first.getAsInt()) + " on."
                        : String.format(Locale.ROOT, "not the likeliest at the end (rank %,d).", rank));
    }

    /** The first stage from which on the answer's token is the likeliest. */
    private static OptionalInt firstFor(List<Lens.Stage> stages) {
        int first = stages.size();
        while (first > 0 && stages.get(first - 1).measures().rank() == 1) {
            first--;
        }
        return first == stages.size() ? OptionalInt.empty() : OptionalInt.of(first);
    }
}
