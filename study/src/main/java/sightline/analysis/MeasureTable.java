package sightline.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import sightline.run.ResultTable;

/** The samples' measures in a table of results. */
final class MeasureTable {
    private static final String UNCUT =
            "SELECT b.sample_id, b.token, b.log_p, b.log_odds, b.margin, b.foil, b.rank, b.top"
                    + ", b.foils IS NOT NULL FROM baselines b WHERE b.run = %d AND b.log_p IS NOT NULL ORDER BY b.line, b.answer_token";
    private static final String CUT =
            "SELECT t.sample_id, b.token, t.log_p, t.log_odds, t.margin, t.foil, t.rank, t.top"
                    + ", t.kl, t.pathway, t.k, t.masking FROM traces t JOIN baselines b USING (run, line, answer_token)"
                    + " WHERE t.run = %d AND t.log_p IS NOT NULL ORDER BY t.line, t.answer_token";

    private MeasureTable() {}

    /** A run's, by sample; without those that tell none. */
    static Map<Long, SampleMeasures> read(ResultTable table, int run) throws SQLException {
        Map<Long, AnswerTally> uncut = new HashMap<>();
        Set<Long> foiled = new HashSet<>();
        Map<Long, Map<CurveKey, AnswerTally>> cut = new HashMap<>();
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery(UNCUT.formatted(run))) {
            while (rows.next()) {
                uncut.computeIfAbsent(rows.getLong(1), id -> new AnswerTally(1)).add(token(rows));
                if (rows.getBoolean(9)) {
                    foiled.add(rows.getLong(1));
                }
            }
        }
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery(CUT.formatted(run))) {
            while (rows.next()) {
                CurveKey key = new CurveKey(rows.getString(10), rows.getInt(11), rows.getString(12));
                AnswerTally.Token[] layers = layers(rows);
                cut.computeIfAbsent(rows.getLong(1), id -> new LinkedHashMap<>())
                        .computeIfAbsent(key, same -> new AnswerTally(layers.length))
                        .add(layers);
            }
        }
        Map<Long, SampleMeasures> measures = new HashMap<>();
        uncut.forEach((id, tally) -> {
            Map<CurveKey, MeasureRows> rows = new LinkedHashMap<>();
            cut.getOrDefault(id, Map.of()).forEach((key, curve) -> rows.put(key, new MeasureRows(curve.answer())));
            measures.put(id, new SampleMeasures(tally.answer()[0], rows, foiled.contains(id)));
        });
        return measures;
    }

    private static AnswerTally.Token token(ResultSet row) throws SQLException {
        return new AnswerTally.Token(
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5),
                row.getDouble(6),
                row.getInt(7),
                row.getInt(8) != row.getInt(2),
                0);
    }

    private static AnswerTally.Token[] layers(ResultSet row) throws SQLException {
        int answer = row.getInt(2);
        Object[][] columns = new Object[7][];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = (Object[]) row.getArray(3 + column).getArray();
        }
        AnswerTally.Token[] layers = new AnswerTally.Token[columns[0].length];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = new AnswerTally.Token(
                    (Float) columns[0][layer],
                    (Float) columns[1][layer],
                    (Float) columns[2][layer],
                    (Float) columns[3][layer],
                    (Integer) columns[4][layer],
                    (Integer) columns[5][layer] != answer,
                    (Float) columns[6][layer]);
        }
        return layers;
    }
}
