package sightline.analysis;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import sightline.run.Control;
import sightline.run.ResultTable;

/** What samples have beside their curves, in a table of results. */
final class AdditionTable {
    private static final String WHOLE_DEPTH = "SELECT s.sample_id, a.pathway, a.masking, a.probability[1], a.log_p[1],"
            + " a.log_odds[1] FROM added a JOIN samples s USING (run, line)"
            + " WHERE a.run = %d AND a.k = 0 AND a.log_p IS NOT NULL";
    private static final String RANDOM = "SELECT s.sample_id, a.pathway, a.k, a.masking, a.probability"
            + " FROM added a JOIN samples s USING (run, line) WHERE a.run = %d AND a.k > 0";
    private static final String PICTURES = "SELECT s.sample_id, p.control, p.probability, p.log_p, p.log_odds"
            + " FROM pictures p JOIN samples s USING (run, line) WHERE p.run = %d AND p.log_p IS NOT NULL";

    private static final String HEADS = "SELECT s.sample_id, h.layer, h.log_odds_loss FROM heads h"
            + " JOIN samples s USING (run, line) WHERE h.run = %d ORDER BY s.sample_id, h.layer";

    private AdditionTable() {}

    /** A run's, by sample; without those that have none. */
    static Map<Long, SampleAdditions> read(ResultTable table, int run) throws SQLException {
        Map<Long, Map<WholeDepth, AnswerNumbers.Tally>> whole = new HashMap<>();
        Map<Long, Map<Control, AnswerNumbers.Tally>> pictures = new HashMap<>();
        Map<Long, Map<CurveKey, double[]>> random = new HashMap<>();
        Map<Long, List<float[]>> heads = new HashMap<>();
        try (Statement statement = table.connection().createStatement()) {
            try (ResultSet rows = statement.executeQuery(WHOLE_DEPTH.formatted(run))) {
                while (rows.next()) {
                    WholeDepth key = new WholeDepth(rows.getString(2), rows.getString(3));
                    add(whole, rows.getLong(1), key, rows, 4);
                }
            }
            try (ResultSet rows = statement.executeQuery(PICTURES.formatted(run))) {
                while (rows.next()) {
                    Control control = Control.valueOf(rows.getString(2).toUpperCase(Locale.ROOT));
                    add(pictures, rows.getLong(1), control, rows, 3);
                }
            }
            try (ResultSet rows = statement.executeQuery(RANDOM.formatted(run))) {
                while (rows.next()) {
                    CurveKey key = new CurveKey(rows.getString(2), rows.getInt(3), rows.getString(4));
                    random.computeIfAbsent(rows.getLong(1), id -> new LinkedHashMap<>())
                            .merge(key, RunResults.doubles(rows.getArray(5)), RunResults::times);
                }
            }
            try (ResultSet rows = statement.executeQuery(HEADS.formatted(run))) {
                while (rows.next()) {
                    heads.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
                            .add(floats(rows.getArray(3)));
                }
            }
        }
        Map<Long, SampleAdditions> additions = new HashMap<>();
        for (Map<Long, ?> found : List.of(whole, pictures, random, heads)) {
            found.keySet()
                    .forEach(id -> additions.computeIfAbsent(
                            id,
                            sample -> new SampleAdditions(
                                    answers(whole.getOrDefault(sample, Map.of())),
                                    answers(pictures.getOrDefault(sample, Map.of())),
                                    random.getOrDefault(sample, Map.of()),
                                    heads.getOrDefault(sample, List.of()).toArray(float[][]::new))));
        }
        return additions;
    }

    private static float[] floats(Array list) throws SQLException {
        Object[] boxed = (Object[]) list.getArray();
        float[] values = new float[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Float) boxed[i];
        }
        return values;
    }

    private static <K> void add(Map<Long, Map<K, AnswerNumbers.Tally>> to, long sample, K key, ResultSet row, int from)
            throws SQLException {
        to.computeIfAbsent(sample, id -> new LinkedHashMap<>())
                .computeIfAbsent(key, same -> new AnswerNumbers.Tally())
                .add(row.getDouble(from), row.getDouble(from + 1), row.getDouble(from + 2));
    }

    private static <K> Map<K, AnswerNumbers> answers(Map<K, AnswerNumbers.Tally> tallies) {
        return tallies.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .answer()));
    }
}
