package sightline.run;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** What was read inside decoders, as tables and tidy views. */
final class InsideRows implements AutoCloseable {
    static final String TABLES = """
            CREATE TABLE inside_lens (run INTEGER, line BIGINT, pathway VARCHAR, k INTEGER, masking VARCHAR,
                window_layer INTEGER, answer_token INTEGER, log_p FLOAT[], rank INTEGER[], top INTEGER[]);
            CREATE TABLE inside_attention (run INTEGER, line BIGINT, role VARCHAR, answer_token INTEGER, layer INTEGER,
                attention FLOAT);
            CREATE TABLE inside_edges (run INTEGER, line BIGINT, pathway VARCHAR, masking VARCHAR, answer_token INTEGER,
                layer INTEGER, attention FLOAT, value FLOAT, left_by_cut FLOAT);
            CREATE TABLE inside_gates (run INTEGER, line BIGINT, layer INTEGER, answer_token INTEGER, attention_gate FLOAT,
                mlp_gate FLOAT, attention FLOAT, mlp FLOAT);
            CREATE TABLE inside_heads (run INTEGER, line BIGINT, role VARCHAR, layer INTEGER, attention FLOAT[]);
            CREATE VIEW attention_heads AS SELECT dataset, sample_id, categories, role, layer, head::INTEGER AS head,
                attention[head + 1] AS attention FROM (SELECT *, unnest(range(len(attention))) AS head FROM inside_heads)
                JOIN samples USING (run, line);
            CREATE VIEW lens AS SELECT dataset, sample_id, categories, pathway, k, masking, window_layer, answer_token,
                layer::INTEGER AS layer, log_p[layer + 2] AS log_p, rank[layer + 2] AS rank, top[layer + 2] AS top
                FROM (SELECT *, unnest(range(-1, len(log_p) - 1)) AS layer FROM inside_lens) JOIN samples USING (run, line);
            CREATE VIEW attention AS SELECT dataset, sample_id, categories, role, answer_token, layer, attention
                FROM inside_attention JOIN samples USING (run, line);
            CREATE VIEW edges AS SELECT dataset, sample_id, categories, pathway, masking, answer_token, layer, attention,
                value, left_by_cut FROM inside_edges JOIN samples USING (run, line);
            CREATE VIEW gates AS SELECT dataset, sample_id, categories, layer, answer_token, attention_gate, mlp_gate,
                attention, mlp FROM inside_gates JOIN samples USING (run, line);
            """;

    /** The tables, of which lines that do not count are taken out. */
    static final List<String> NAMES =
            List.of("inside_lens", "inside_attention", "inside_edges", "inside_gates", "inside_heads");

    static final String LAST_LINES =
            "DELETE FROM %s WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL)";

    private final DuckDBAppender lens;
    private final DuckDBAppender attention;
    private final DuckDBAppender edges;
    private final DuckDBAppender gates;
    private final DuckDBAppender heads;

    InsideRows(DuckDBConnection connection) throws SQLException {
        lens = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, NAMES.get(0));
        attention = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, NAMES.get(1));
        edges = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, NAMES.get(2));
        gates = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, NAMES.get(3));
        heads = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, NAMES.get(4));
    }

    void append(int run, long line, InsideLine inside) throws SQLException {
        for (InsideLine.LensRows rows : inside.lens()) {
            for (int token = 0; token < rows.logP().length; token++) {
                lens.beginRow().append(run).append(line).append(rows.pathway());
                lens.append(rows.k())
                        .append(rows.masking())
                        .append(rows.layer())
                        .append(token);
                lens.append(rows.logP()[token])
                        .append(rows.rank()[token])
                        .append(rows.top()[token])
                        .endRow();
            }
        }
        for (Map.Entry<String, Float[][]> role : inside.attention().entrySet()) {
            for (int token = 0; token < role.getValue().length; token++) {
                for (int layer = 0; layer < role.getValue()[token].length; layer++) {
                    Float share = role.getValue()[token][layer];
                    if (share != null) {
                        attention.beginRow().append(run).append(line).append(role.getKey());
                        attention
                                .append(token)
                                .append(layer)
                                .append(share.floatValue())
                                .endRow();
                    }
                }
            }
        }
        for (Map.Entry<String, float[][]> role : inside.attentionHeads().entrySet()) {
            for (int layer = 0; layer < role.getValue().length; layer++) {
                if (role.getValue()[layer] != null) {
                    heads.beginRow().append(run).append(line).append(role.getKey());
                    heads.append(layer).append(role.getValue()[layer]).endRow();
                }
            }
        }
        for (InsideLine.EdgeRows rows : inside.edges()) {
            for (Map.Entry<String, Float[][]> left : rows.left().entrySet()) {
                edges(run, line, rows, left.getKey(), left.getValue());
            }
        }
        for (InsideLine.GateRows rows : inside.gates()) {
            for (int token = 0; token < rows.attention().length; token++) {
                gates.beginRow().append(run).append(line).append(rows.layer()).append(token);
                gates.append(rows.attentionGate()).append(rows.mlpGate());
                gates.append(rows.attention()[token]).append(rows.mlp()[token]).endRow();
            }
        }
    }

    private void edges(int run, long line, InsideLine.EdgeRows rows, String masking, Float[]... left)
            throws SQLException {
        for (int token = 0; token < left.length; token++) {
            for (int layer = 0; layer < left[token].length; layer++) {
                if (rows.attention()[token][layer] != null) {
                    edges.beginRow()
                            .append(run)
                            .append(line)
                            .append(rows.pathway())
                            .append(masking);
                    edges.append(token).append(layer);
                    edges.append(rows.attention()[token][layer].floatValue());
                    edges.append(rows.value()[token][layer].floatValue());
                    edges.append(left[token][layer].floatValue()).endRow();
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (DuckDBAppender appender : List.of(lens, attention, edges, gates, heads)) {
            appender.close();
        }
    }
}
