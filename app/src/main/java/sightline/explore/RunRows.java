package sightline.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import sightline.analysis.CurveKey;
import sightline.analysis.StrongestCut;
import sightline.knockout.Window;
import sightline.run.JournalMeasure;
import sightline.run.NamedRun;
import sightline.run.RunLines;
import sightline.run.TracedLine;

/** A run's samples as a table: each with the image pathway that takes most of its answer's probability. */
final class RunRows {
    private static final int TENTHS = 10;

    /**
     * A sample.
     *
     * @param image its picture's name
     * @param sha256 of the picture's file
     * @param pathway the picture's pathway of the lowest window
     * @param layer the window's middle; −1 if nothing was cut
     * @param change there, percent
     * @param curve percent, by layer
     * @param says the id of the first token that greedy decoding says otherwise there; empty if it says the same
     * @param goesOn whether it says the same there and goes on, in runs whose flips count that
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            long id,
            String image,
            String sha256,
            String question,
            List<String> choices,
            String answer,
            List<Integer> tokens,
            List<String> categories,
            double p,
            String pathway,
            int layer,
            double change,
            double[] curve,
            Optional<Integer> says,
            boolean goesOn) {
        boolean flip() {
            return says.isPresent() || goesOn;
        }
    }

    private final int number;
    private final NamedRun run;
    private final List<Row> rows;
    private final int k;
    private final String masking;

    private RunRows(int number, NamedRun run, int k, String masking, List<Row> rows) {
        this.number = number;
        this.run = run;
        this.k = k;
        this.masking = masking;
        this.rows = rows;
    }

    static RunRows read(int number, NamedRun run) {
        Set<CurveKey> keys = new TreeSet<>();
        for (int k : run.manifest().settings().k()) {
            for (String masking : run.manifest().settings().masking()) {
                run.manifest().settings().pathways().forEach(name -> keys.add(new CurveKey(name, k, masking)));
            }
        }
        int k = keys.isEmpty() ? 0 : CurveKey.usualSize(keys);
        String masking = run.manifest().settings().masking().get(0);
        keys.removeIf(key ->
                key.k() != k || !key.masking().equals(masking) || !key.pathway().startsWith("image_to_"));
        List<Row> rows = new ArrayList<>();
        RunLines.visit(
                run,
                EnumSet.of(JournalMeasure.TOP),
                line -> line.failed() ? Optional.<Row>empty() : Optional.of(row(run, line, keys)),
                row -> row.ifPresent(rows::add));
        rows.sort(Comparator.comparingLong(Row::id));
        return new RunRows(number, run, k, masking, List.copyOf(rows));
    }

    private static Row row(NamedRun run, TracedLine line, Set<CurveKey> keys) {
        Optional<StrongestCut> cut = StrongestCut.of(run, line, keys);
        Optional<Integer> says = cut.flatMap(strongest -> curve(line, strongest)
                .flatMap(curve -> says(curve, strongest.layer(), line.identity().answerTokens())));
        return new Row(
                line.id(),
                line.identity().question().image(),
                line.identity().picture(),
                line.identity().question().text(),
                line.identity().question().choices(),
                line.answer(),
                line.identity().answerTokens(),
                line.identity().question().categories(),
                StrongestCut.uncut(line),
                cut.map(strongest -> strongest.key().pathway()).orElse(""),
                cut.map(StrongestCut::layer).orElse(-1),
                cut.map(strongest -> strongest.change()[strongest.layer()]).orElse(0.0),
                cut.map(StrongestCut::change).orElse(new double[0]),
                says,
                says.isEmpty() && cut.map(strongest -> goesOn(line, strongest)).orElse(false));
    }

    private static boolean goesOn(TracedLine line, StrongestCut strongest) {
        return curve(line, strongest)
                .filter(curve -> curve.ends().length > 0 && !curve.ends()[strongest.layer()])
                .isPresent();
    }

    private static Optional<TracedLine.CutCurve> curve(TracedLine line, StrongestCut strongest) {
        CurveKey key = strongest.key();
        return line.curves().stream()
                .filter(curve -> curve.pathway().equals(key.pathway())
                        && curve.k() == key.k()
                        && curve.masking().equals(key.masking()))
                .findFirst();
    }

    private static Optional<Integer> says(TracedLine.CutCurve curve, int layer, List<Integer> answer) {
        double[][] top = curve.measures().get(JournalMeasure.TOP);
        for (int token = 0; top != null && token < top.length; token++) {
            if ((int) top[token][layer] != answer.get(token)) {
                return Optional.of((int) top[token][layer]);
            }
        }
        return Optional.empty();
    }

    /**
     * A sample.
     *
     * @throws RequestRefusal if there is none
     */
    Row row(int at) {
        if (at >= rows.size()) {
            throw new RequestRefusal(RequestRefusal.MISSING, "There is no such sample.");
        }
        return rows.get(at);
    }

    /**
     * The table.
     *
     * @param word a token's text, if the run's model is the one that is loaded
     */
    String json(Optional<Function<Integer, String>> word) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        int layers = run.manifest().model().layers();
        json.put("k", k).put("masking", masking).put("layers", layers);
        json.put("dataset", run.manifest().dataset().toString());
        json.put("title", run.manifest().dataset().title());
        json.put("prompt", run.manifest().dataset().prompt().name());
        json.put("rows", run.manifest().settings().rows());
        json.put("temperature", run.manifest().settings().temperature());
        json.put("flip_end", run.manifest().settings().flipEnd());
        ArrayNode cross = json.putArray("cross");
        run.manifest().model().crossAttentionLayers().forEach(cross::add);
        ArrayNode samples = json.putArray("samples");
        for (int at = 0; at < rows.size(); at++) {
            Row row = rows.get(at);
            ObjectNode one = samples.addObject();
            one.put("row", at).put("id", row.id()).put("picture", "r" + number + "-" + at);
            one.put("image", row.image()).put("question", row.question()).put("answer", row.answer());
            row.choices().forEach(one.withArrayProperty("choice")::add);
            row.tokens().forEach(one.withArrayProperty("answer_tokens")::add);
            row.categories().forEach(one.withArrayProperty("categories")::add);
            one.put("p", row.p()).put("pathway", row.pathway()).put("layer", row.layer());
            if (row.layer() >= 0) {
                Window window = Window.around(row.layer(), k, layers);
                one.putArray("window").add(window.first()).add(window.last());
            }
            one.put("change", row.change()).put("flip", row.flip());
            row.says().flatMap(id -> word.map(of -> of.apply(id))).ifPresent(text -> one.put("says", text));
            if (row.goesOn()) {
                one.put("says", row.answer() + " …");
            }
            ArrayNode curve = one.putArray("curve");
            for (double percent : row.curve()) {
                curve.add((double) Math.round(percent * TENTHS) / TENTHS);
            }
        }
        return PageJson.line(json);
    }
}
