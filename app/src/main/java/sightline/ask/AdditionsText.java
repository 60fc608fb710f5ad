package sightline.ask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sightline.analysis.JointEffects;
import sightline.analysis.LayerScale;
import sightline.knockout.AnswerMeasures;
import sightline.knockout.Curve;
import sightline.knockout.HeadSet;
import sightline.knockout.HeadSilencing;
import sightline.knockout.JointCut;
import sightline.knockout.KeepOnly;
import sightline.knockout.Medium;
import sightline.knockout.Trace;
import sightline.run.Control;
import sightline.run.KeepIn;
import sightline.run.TraceAdditions;
import sightline.terminal.BarRow;
import sightline.terminal.DrawsNote;
import sightline.terminal.Glyphs;
import sightline.terminal.HeadGrid;
import sightline.terminal.Hue;
import sightline.terminal.LayerAxis;
import sightline.terminal.Look;
import sightline.terminal.NumberRows;
import sightline.terminal.NumberRows.Row;

/** What {@code ask} prints for people of what is traced beside the curves. */
final class AdditionsText {
    private final Outcome outcome;
    private final Trace trace;
    private final TraceAdditions asked;
    private final Glyphs glyphs;
    private final Map<String, Double> whole = new HashMap<>();
    private final Map<String, AnswerMeasures> measures = new HashMap<>();
    private final AnswerMeasures uncut;

    private AdditionsText(Outcome outcome, Glyphs glyphs) {
        this.outcome = outcome;
        this.trace = outcome.trace();
        this.asked = outcome.additions();
        this.glyphs = glyphs;
        this.uncut = Harm.uncut(trace);
        for (Curve curve : Additions.wholeDepth(trace)) {
            whole.put(curve.intervention().name(), curve.probability()[0]);
            measures.put(
                    curve.intervention().name(), curve.answer(0, trace.request().answer()));
        }
    }

    /** The lines, a blank one before each block; none if nothing was asked for. */
    static List<String> lines(Outcome outcome, Look look) {
        AdditionsText text = new AdditionsText(outcome, look.glyphs());
        List<String> lines = new ArrayList<>();
        if (!text.asked.joint().isEmpty() || text.asked.keeps(KeepIn.DEPTH)) {
            lines.add("");
            lines.addAll(text.wholeDepth().lines(look));
        }
        lines.addAll(WindowsText.lines(outcome, look));
        List<Row> pictures = new ArrayList<>();
        outcome.pictures()
                .forEach((control, other) -> pictures.add(new Row(
                        control == Control.SWAP ? "that of --swap" : "its mean colour in place of every pixel",
                        other.probability())));
        if (!pictures.isEmpty()) {
            lines.add("");
            lines.addAll(new NumberRows("With another picture", "", pictures).lines(look));
        }
        List<String> draws = text.draws();
        if (!draws.isEmpty()) {
            lines.add("");
            lines.add("Largest drop, and " + Additions.DRAWS + " draws of as many other tokens in that window");
            lines.addAll(draws);
        }
        List<Row> sets = text.headSets();
        if (!sets.isEmpty()) {
            lines.add("");
            lines.addAll(new NumberRows(
                            "Heads silenced together at "
                                    + (text.asked.jointHeads().allRows() ? "all rows" : "the read-out row"),
                            "nats of log-odds",
                            sets)
                    .lines(look));
        }
        if (text.asked.silencesEachHead()) {
            lines.add("");
            lines.addAll(new HeadGrid(
                            HeadSilencing.losses(text.trace),
                            new LayerAxis(
                                    outcome.shape().layers(),
                                    LayerScale.landmarks(
                                            outcome.shape().layers(),
                                            outcome.shape().layersOf(Medium.IMAGE))))
                    .lines(look));
        }
        return lines;
    }

    /** Shares and interactions are of the answer's log-odds, sufficiency of its log-probability, both at temperature 1. */
    private NumberRows wholeDepth() {
        List<Row> rows = new ArrayList<>(List.of(new Row("nothing cut", trace.probability())));
        double[] y = JointCut.byBits(asked.joint()).stream()
                .mapToDouble(this::logOdds)
                .toArray();
        double[] shares = asked.joint().isEmpty() ? new double[0] : JointEffects.shares(y);
        for (List<String> subset : JointCut.subsets(asked.joint())) {
            String label = subset.stream().map(glyphs::pathway).collect(Collectors.joining(" + ")) + " cut";
            double p = whole.get(JointCut.name(subset));
            rows.add(
                    switch (subset.size()) {
                        case 1 ->
                            new Row(
                                    label,
                                    p,
                                    "share of the loss",
                                    shares[asked.joint().indexOf(subset.get(0))]);
                        case 2 -> new Row(label, p, "interaction", interaction(subset));
                        default -> new Row(label, p);
                    });
        }
        if (asked.keeps(KeepIn.DEPTH)) {
            double nothing = whole.get(KeepOnly.NOTHING);
            for (String pathway : asked.keep()) {
                double p = whole.get(KeepOnly.name(List.of(pathway)));
                String label = glyphs.pathway(pathway) + " kept alone";
                rows.add(JointEffects.sufficiency(
                                logProbability(KeepOnly.name(List.of(pathway))),
                                logProbability(KeepOnly.NOTHING),
                                uncut.logP())
                        .stream()
                        .mapToObj(sufficiency -> new Row(label, p, "sufficiency", sufficiency))
                        .findFirst()
                        .orElse(new Row(label, p)));
            }
            rows.add(new Row("nothing kept", nothing));
        }
        return new NumberRows(
                "In all layers at once, masking " + trace.request().maskings().get(0),
                "of log-odds; kept alone: of ln p",
                rows);
    }

    /** Nothing silenced, and each set with what it takes from the answer's log-odds; none without a set. */
    private List<Row> headSets() {
        List<Row> rows = new ArrayList<>();
        for (HeadSet set : asked.jointHeads().sets()) {
            String name = HeadSilencing.name(set, asked.jointHeads().allRows());
            double loss = uncut.logOdds() - measures.get(name).logOdds();
            rows.add(new Row(set.toString(), whole.get(name), "loss", loss));
        }
        if (!rows.isEmpty()) {
            rows.add(0, new Row("none", trace.probability()));
        }
        return rows;
    }

    private double interaction(List<String> pair) {
        return JointEffects.interaction(
                logOdds(List.of()), logOdds(pair.subList(0, 1)), logOdds(pair.subList(1, 2)), logOdds(pair));
    }

    private double logOdds(List<String> cut) {
        return (cut.isEmpty() ? uncut : measures.get(JointCut.name(cut))).logOdds();
    }

    private double logProbability(String kept) {
        return measures.get(kept).logP();
    }

    private List<String> draws() {
        List<String> lines = new ArrayList<>();
        for (Curve curve : trace.curves()) {
            double[][] draws =
                    Additions.draws(trace, curve).stream().map(this::change).toArray(double[][]::new);
            if (draws.length > 0) {
                String name = curve.intervention().name();
                BarRow row = new BarRow(name, Hue.ofPathway(name), change(curve));
                lines.add(DrawsNote.line(row, curve.k(), draws, glyphs));
            }
        }
        return lines;
    }

    private double[] change(Curve curve) {
        return Cuts.changes(curve, trace.probability(), outcome.shape());
    }
}
