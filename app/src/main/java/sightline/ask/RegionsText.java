package sightline.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sightline.knockout.Curve;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.Trace;
import sightline.region.PixelBox;
import sightline.sweep.CellMap;
import sightline.terminal.CellChart;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;
import sightline.terminal.Note;
import sightline.terminal.NumberRows;
import sightline.terminal.NumberRows.Row;
import sightline.terminal.NumberText;

/** What {@code ask} prints for people of the parts of the picture that were cut. */
final class RegionsText {
    /** A drop below this, in percent, is none. */
    private static final double LEAST = 1;

    private final Outcome outcome;
    private final Regions regions;
    private final double full;
    private final String masking;
    private final Glyphs glyphs;

    private RegionsText(Outcome outcome, Regions regions, Glyphs glyphs) {
        this.outcome = outcome;
        this.regions = regions;
        this.full = outcome.trace().probability();
        this.masking = outcome.trace().request().maskings().get(0).toString();
        this.glyphs = glyphs;
    }

    /** The lines, a blank one before each block; none if nothing was asked for. */
    static List<String> lines(Outcome outcome, Look look) {
        List<String> lines = new ArrayList<>();
        outcome.regions().ifPresent(regions -> {
            RegionsText text = new RegionsText(outcome, regions, look.glyphs());
            if (!regions.boxes().isEmpty()) {
                lines.add("");
                lines.addAll(text.table().lines(look));
                text.instead().ifPresent(note -> lines.addAll(Note.wrapped(note, Look.WIDTH)));
                text.controls().forEach(note -> lines.addAll(Note.wrapped(note, Look.WIDTH)));
            }
            regions.map().ifPresent(map -> {
                lines.add("");
                lines.addAll(text.chart(map).lines(look));
                lines.addAll(Note.wrapped(text.strongest(map), Look.WIDTH));
                lines.addAll(Note.wrapped(map.cells().size() > 1 ? orders(map) : text.oneCell(map), Look.WIDTH));
            });
        });
        return lines;
    }

    private NumberRows table() {
        List<Row> rows = new ArrayList<>(List.of(new Row("nothing cut", full)));
        for (Curve curve : regions.whole()) {
            rows.add(row(glyphs.pathway(curve.intervention().name()) + " cut", curve.probability()[0]));
        }
        regions.occluded().ifPresent(trace -> rows.add(row("filled with the mean colour", trace.probability())));
        return new NumberRows(
                "Region: " + regions.tokens().cardinality() + " of "
                        + regions.picture().valid() + " tokens, all layers, masking " + masking,
                "in %",
                rows);
    }

    private Row row(String label, double p) {
        return new Row(label, p, "change", Cuts.change(p, full));
    }

    /** What is said instead of the answer, up to the first token that differs; nothing if the uncut model says something else. */
    private Optional<String> instead() {
        Trace trace = outcome.trace();
        int[] answer = trace.request().answer();
        if (!Harm.greedy(trace)) {
            return Optional.empty();
        }
        Map<String, String> others = new LinkedHashMap<>();
        for (Curve curve : regions.whole()) {
            String name = curve.intervention().name();
            Harm.Words said = outcome.instead().get(name);
            others.put(
                    glyphs.pathway(name) + " cut",
                    said == null
                            ? words(
                                    curve.said(0, answer),
                                    curve.answer(0, answer).goesOn())
                            : HarmText.quoted(said));
        }
        regions.occluded()
                .ifPresent(other ->
                        others.put("filled", words(other.said(), other.answer().goesOn())));
        others.values().removeIf(String::isEmpty);
        if (others.isEmpty()) {
            return Optional.of("The answer stays the same in each row.");
        }
        return Optional.of(others.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; ", "Other answers: ", ".")));
    }

    /** The answer until it is left, and the token there. Empty if it is not left. */
    private String words(int[] said, boolean goesOn) {
        int left = Arrays.mismatch(said, outcome.trace().request().answer());
        if (left < 0) {
            return goesOn ? "the same, and goes on" : "";
        }
        String before = IntStream.range(0, left)
                .mapToObj(token -> outcome.candidates().get(token).get(0).token())
                .collect(Collectors.joining());
        return "\u201c" + (before + outcome.words().get(said[left])).strip() + " \u2026\u201d";
    }

    private List<String> controls() {
        List<Regions.Control> drawn = regions.controls();
        if (drawn.isEmpty()) {
            return List.of("No random boxes: the picture has no other place of that size.");
        }
        return List.of(
                control("last", of(regions.whole(), "region_to_last"), control -> control.toLast()
                        .probability()[0]),
                control("all", of(regions.whole(), "region_to_all"), control -> control.toAll()
                        .probability()[0]));
    }

    private static double of(List<Curve> whole, String name) {
        return whole.stream()
                .filter(curve -> curve.intervention().name().equals(name))
                .findFirst()
                .orElseThrow()
                .probability()[0];
    }

    private String control(String target, double own, ToDoubleFunction<Regions.Control> probability) {
        double[] change = regions.controls().stream()
                .mapToDouble(probability)
                .map(p -> Cuts.change(p, full))
                .sorted()
                .toArray();
        long asMuch = regions.controls().stream()
                .filter(control -> probability.applyAsDouble(control) <= own)
                .count();
        Function<Double, String> percent = number -> NumberText.percent(number, glyphs);
        String drawn = change.length + " random boxes of that size to " + target + ": "
                + percent.apply(Arrays.stream(change).average().orElseThrow()) + " (" + percent.apply(change[0])
                + " to "
                + percent.apply(change[change.length - 1]) + ")";
        return Cuts.change(own, full) > -LEAST ? drawn + "." : drawn + "; " + asMuch + " cost as much as the region.";
    }

    private CellChart chart(CellMap.Found map) {
        int columns = (int)
                map.cells().stream().filter(cell -> cell.patches().row() == 0).count();
        double[][] change = new double[map.cells().size() / columns][columns];
        for (int i = 0; i < map.cells().size(); i++) {
            change[i / columns][i % columns] = Cuts.change(map.cells().get(i).probability(), full);
        }
        return new CellChart(
                "Drop of p when " + map.side() + " x " + map.side() + " patches are cut from "
                        + (map.target() == Target.LAST ? "the last row" : "all rows") + ", masking " + masking,
                change);
    }

    private String strongest(CellMap.Found map) {
        CellMap.Cell most = map.cells().stream()
                .min(Comparator.comparingDouble(CellMap.Cell::probability))
                .orElseThrow();
        double change = Cuts.change(most.probability(), full);
        if (change > -LEAST) {
            return "No cell costs 1 % or more.";
        }
        PixelBox at = regions.grid().pixels(most.patches());
        return String.format(
                Locale.ROOT,
                "Largest: %s, at pixels %.0f to %.0f across, %.0f to %.0f down.",
                NumberText.percent(change, glyphs),
                at.left(),
                at.right(),
                at.top(),
                at.bottom());
    }

    /** One cell has no order and shows no place. */
    private String oneCell(CellMap.Found map) {
        int rows = regions.grid().rows();
        int columns = regions.grid().columns();
        String why = "The picture has only " + rows + " x " + columns + " patches, so this map has one cell";
        return rows * columns > 1 && map.side() > 1 ? why + "; --map 1 has " + rows * columns + "." : why + ".";
    }

    private static String orders(CellMap.Found map) {
        return String.format(
                Locale.ROOT,
                "Mean p while the map's cells go one by one, the strongest first: %.2f, in random order %.2f;"
                        + " while they come: %.2f, in random order %.2f.",
                map.byLoss().deletion().area(),
                mean(map, order -> order.deletion().area()),
                map.byLoss().insertion().area(),
                mean(map, order -> order.insertion().area()));
    }

    private static double mean(CellMap.Found map, ToDoubleFunction<CellMap.Order> area) {
        return map.random().stream().mapToDouble(area).average().orElseThrow();
    }
}
