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
import sightline.analysis.Change;
import sightline.analysis.CurveKey;
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
            Optional<Integer> says) {}

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
        List<Row> rows = new ArrayList<>();
        RunLines.visit(
                run,
                EnumSet.of(JournalMeasure.TOP),
                line -> line.failed() ? Optional.<Row>empty() : Optional.of(row(line, k, masking)),
                row -> row.ifPresent(rows::add));
        rows.sort(Comparator.comparingLong(Row::id));
        return new RunRows(number, run, k, masking, List.copyOf(rows));
    }

    private static Row row(TracedLine line, int k, String masking) {
        double p = product(line.baseline());
        Optional<TracedLine.CutCurve> worst = line.curves().stream()
                .filter(curve -> curve.k() == k && curve.masking().equals(masking))
                .filter(curve -> curve.pathway().startsWith("image_to_"))
                .min(Comparator.comparingDouble(curve -> lowest(whole(curve))));
        double[] curve = worst.map(RunRows::whole).orElse(new double[0]);
        int layer = -1;
        for (int l = 0; l < curve.length; l++) {
            curve[l] = Change.centred(curve[l], p);
        }
        for (int l = 0; l < curve.length; l++) {
            layer = layer < 0 || curve[l] < curve[layer] ? l : layer;
        }
        int at = layer;
        return new Row(
                line.id(),
                line.identity().question().image(),
                line.identity().picture(),
                line.identity().question().text(),
                line.identity().question().choices(),
                line.answer(),
                line.identity().answerTokens(),
                line.identity().question().categories(),
                p,
                worst.map(TracedLine.CutCurve::pathway).orElse(""),
                layer,
                layer < 0 ? 0 : curve[layer],
                curve,
                worst.flatMap(cut -> says(cut, at, line.identity().answerTokens())));
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

    private static double[] whole(TracedLine.CutCurve curve) {
        double[] product = curve.probability()[0].clone();
        for (int token = 1; token < curve.probability().length; token++) {
            for (int layer = 0; layer < product.length; layer++) {
                product[layer] *= curve.probability()[token][layer];
            }
        }
        return product;
    }

    private static double product(double... factors) {
        double product = 1;
        for (double factor : factors) {
            product *= factor;
        }
        return product;
    }

    private static double lowest(double... values) {
        double lowest = Double.POSITIVE_INFINITY;
        for (double value : values) {
            lowest = Math.min(lowest, value);
        }
        return lowest;
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
            one.put("change", row.change()).put("flip", row.says().isPresent());
            row.says().flatMap(id -> word.map(of -> of.apply(id))).ifPresent(text -> one.put("says", text));
            ArrayNode curve = one.putArray("curve");
            for (double percent : row.curve()) {
                curve.add((double) Math.round(percent * TENTHS) / TENTHS);
            }
        }
        return PageJson.line(json);
    }
}
