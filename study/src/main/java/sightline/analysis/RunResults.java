package sightline.analysis;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sightline.dataset.Dataset;
import sightline.run.Manifest;
import sightline.run.NamedRun;
import sightline.run.ResultTable;

/** Runs as datasets: the probability of the whole answer from those of its tokens. */
public final class RunResults {
    private RunResults() {}

    /** One dataset per run, in the order of the runs. */
    public static List<TracedDataset> of(ResultTable table) {
        List<TracedDataset> datasets = new ArrayList<>();
        for (int run = 0; run < table.runs().size(); run++) {
            NamedRun named = table.runs().get(run);
            Manifest manifest = named.manifest();
            try {
                datasets.add(new TracedDataset(
                        manifest.dataset(),
                        title(table.runs(), named),
                        manifest.model().layers(),
                        manifest.model().crossAttentionLayers(),
                        TracedDataset.byName(manifest.interventions()),
                        samples(table, run),
                        table.failed(run),
                        Optional.of(named)));
            } catch (SQLException e) {
                throw new IllegalStateException("the table of results failed: " + e.getMessage(), e);
            }
        }
        return datasets;
    }

    private static String title(List<NamedRun> runs, NamedRun named) {
        Dataset dataset = named.manifest().dataset();
        long alike =
                runs.stream().filter(run -> run.manifest().dataset() == dataset).count();
        String title = dataset.title();
        return alike == 1 ? title : title + " (" + named.name() + ")";
    }

    private static List<TracedSample> samples(ResultTable table, int run) throws SQLException {
        Map<Long, Map<CurveKey, double[]>> curves = new HashMap<>();
        Map<Long, double[]> baselines = new HashMap<>(); // product, tokens
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT sample_id, pathway, k, masking, baseline, probability"
                        + " FROM traces WHERE run = " + run + " ORDER BY line, answer_token")) {
            while (rows.next()) {
                CurveKey key = new CurveKey(rows.getString(2), rows.getInt(3), rows.getString(4));
                double[] token = doubles(rows.getArray(6));
                curves.computeIfAbsent(rows.getLong(1), id -> new LinkedHashMap<>())
                        .merge(key, token, RunResults::times);
            }
        }
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT sample_id, product(baseline), count(*)"
                        + " FROM baselines WHERE run = " + run + " GROUP BY sample_id")) {
            while (rows.next()) {
                baselines.put(rows.getLong(1), new double[] {rows.getDouble(2), rows.getDouble(3)});
            }
        }
        Map<Long, SampleMeasures> measures = MeasureTable.read(table, run);
        Map<Long, SampleAdditions> additions = AdditionTable.read(table, run);
        List<TracedSample> samples = new ArrayList<>();
        try (Statement statement = table.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT sample_id, categories, image, question, answer FROM samples"
                                + " WHERE failure IS NULL AND run = " + run + " ORDER BY sample_id")) {
            while (rows.next()) {
                long id = rows.getLong(1);
                List<String> categories = new ArrayList<>();
                for (Object category : (Object[]) rows.getArray(2).getArray()) {
                    categories.add((String) category);
                }
                samples.add(new TracedSample(
                        id,
                        categories,
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        (int) baselines.get(id)[1],
                        baselines.get(id)[0],
                        curves.getOrDefault(id, Map.of()),
                        Optional.ofNullable(measures.get(id)),
                        additions.getOrDefault(id, SampleAdditions.NONE)));
            }
        }
        return samples;
    }

    static double[] doubles(Array array) throws SQLException {
        Object[] boxed = (Object[]) array.getArray();
        double[] values = new double[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Double) boxed[i];
        }
        return values;
    }

    static double[] times(double[] product, double[] token) {
        double[] longer = product.clone();
        for (int layer = 0; layer < longer.length; layer++) {
            longer[layer] *= token[layer];
        }
        return longer;
    }
}
