package sightline.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sightline.analysis.LayerScale;
import sightline.knockout.Curve;
import sightline.knockout.Medium;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.terminal.AnswerBlock;
import sightline.terminal.BarRow;
import sightline.terminal.DropChart;
import sightline.terminal.Hue;
import sightline.terminal.Look;
import sightline.terminal.Note;

/** What {@code ask} prints for people: the answer, its tokens, a chart for each window size, and what to know about them. */
final class AskText {
    /** Below this the published study leaves an answer out (METHOD section 5). */
    private static final double STUDIED = 0.5;
    /** Below this the 1e-5 in the change's denominator is more than a percent of it. */
    private static final double CHARTED = 1e-3;

    private AskText() {}

    static List<String> lines(Outcome outcome, Look look) {
        double p = outcome.trace().probability();
        List<String> lines =
                new ArrayList<>(new AnswerBlock(outcome.answer().text(), p, outcome.candidates()).lines(look));
        if (!outcome.trace().curves().isEmpty() && p >= CHARTED) {
            for (int k : outcome.trace().request().windowSizes()) {
                lines.add("");
                lines.addAll(chart(outcome, k).lines(look));
                lines.addAll(HarmText.lines(outcome, k, look));
            }
        }
        List<String> foils = FoilText.lines(outcome, look);
        if (!foils.isEmpty()) {
            lines.add("");
            lines.addAll(foils);
        }
        lines.addAll(AdditionsText.lines(outcome, look));
        lines.addAll(LensText.lines(outcome, look));
        lines.addAll(AttentionText.lines(outcome, look));
        lines.addAll(RegionsText.lines(outcome, look));
        List<String> notes = notes(outcome, look);
        if (!notes.isEmpty()) {
            lines.add("");
            lines.addAll(notes);
        }
        return lines;
    }

    private static DropChart chart(Outcome outcome, int k) {
        List<BarRow> rows = outcome.trace().curves().stream()
                .filter(curve -> curve.k() == k)
                .map(curve -> row(outcome, curve))
                .sorted(Comparator.comparing(BarRow::hue)) // the order in which hues are listed is that of reading
                .toList();
        return new DropChart(
                k,
                outcome.trace().request().maskings().get(0).toString(),
                outcome.shape().layers(),
                LayerScale.landmarks(outcome.shape().layers(), outcome.shape().layersOf(Medium.IMAGE)),
                rows);
    }

    private static BarRow row(Outcome outcome, Curve curve) {
        String name = curve.intervention().name();
        double[] change = Cuts.changes(curve, outcome.trace().probability(), outcome.shape());
        return new BarRow(name, Hue.ofPathway(name), change);
    }

    private static List<String> notes(Outcome outcome, Look look) {
        SweepRequest request = outcome.trace().request();
        double p = outcome.trace().probability();
        List<String> notes = new ArrayList<>();
        if (!outcome.answer().finished()) {
            int said = outcome.answer().tokens().length;
            notes.add("The answer was stopped after " + said + (said == 1 ? " token." : " tokens."));
        }
        if (request.rows() != RowReading.PAPER || request.temperature() != SweepRequest.PUBLISHED_TEMPERATURE) {
            notes.add("Traced with --rows " + request.rows() + " --temperature " + request.temperature() + ".");
        }
        outcome.imageMode().ifPresent(mode -> notes.add("The picture was seen with --image-mode " + mode + "."));
        if (!outcome.trace().curves().isEmpty() && p < CHARTED) {
            notes.add("No chart: p is below 0.001, and a change of so little, in percent, says nothing."
                    + " --json has the numbers.");
        } else if (p < STUDIED) {
            notes.add("p is below 0.5; the published study leaves such answers out.");
        }
        if (!outcome.trace().curves().isEmpty() && !Harm.greedy(outcome.trace())) {
            notes.add("The likeliest tokens are another answer, so nothing is said of what comes instead under a cut.");
        }
        if (p >= CHARTED) {
            String rises = Note.rises(
                    outcome.trace().curves().stream()
                            .map(curve -> row(outcome, curve))
                            .sorted(Comparator.comparing(BarRow::hue))
                            .toList(),
                    look.glyphs());
            if (!rises.isEmpty()) {
                notes.add(rises);
            }
        }
        return notes.stream()
                .flatMap(note -> Note.wrapped(note, Look.WIDTH).stream())
                .toList();
    }
}
