package sightline.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;
import sightline.error.InputException;
import sightline.files.OwnFiles;
import sightline.files.WholeFile;

/**
 * The results of one or more runs as tables of an in-memory DuckDB, finished or not.
 *
 * <ul>
 *   <li>View {@code results}, tidy, one row per sample × pathway × k × masking × layer × answer token: dataset VARCHAR,
 *       sample_id BIGINT, categories VARCHAR[], pathway VARCHAR, k INTEGER, masking VARCHAR, layer INTEGER, answer_token
 *       INTEGER, probability DOUBLE, baseline DOUBLE; the measures log_p, log_odds, margin, foil, kl FLOAT, rank, top
 *       INTEGER, and those with nothing cut, uncut_log_p, uncut_log_odds, uncut_margin, uncut_rank, uncut_top, uncut_foil: null
 *       where an earlier version traced; foils INTEGER[], ids that a first token is held against; whole_foils INTEGER[][], the tokens of texts that the whole answer is held against (foil is then of whole answers); both null for the likeliest other token; ends, uncut_ends BOOLEAN: whether greedy decoding ends the answer behind its tokens, null where that was not asked for. Measures come from float32 logits, so FLOAT holds all their digits.
 *   <li>Table {@code samples}: run INTEGER (as in {@link #runs()}), line, dataset, sample_id, categories, image, question,
 *       answer, failure (null if traced).
 *   <li>View {@code whole_depth}, tidy, one row per sample × intervention × masking × answer token: dataset, sample_id,
 *       categories, intervention VARCHAR, masking, answer_token, probability, baseline. Views {@code kept}, the same around each layer: k, layer too; and {@code triangle},
 *       in every range of layers: pathway, window_first, window_last. View {@code controls}, tidy: dataset,
 *       sample_id, categories, control VARCHAR, image VARCHAR (of {@code swap}), pathway, k, masking, layer (of {@code
 *       random_sources}), answer_token, probability, baseline. View {@code head_losses}, tidy, one row per sample × layer ×
 *       head: dataset, sample_id, categories, layer, head INTEGER, log_odds_loss FLOAT.
 *   <li>Table {@code traces}, the curves as lists: run, line, sample_id, pathway, k, masking, answer_token, baseline,
 *       probability DOUBLE[L], and the measures [L], ends BOOLEAN[L]. Table {@code baselines}: run, line, sample_id, answer_token, baseline,
 *       token (its id), the measures with nothing cut but kl, foils, whole_foils and ends.
 * </ul>
 *
 * <p>Lines of samples that are no longer in a run's dataset are left out. Of the lines with one id the one that did not
 * fail counts, otherwise the last; a line without its end was cut off by a kill and is left out.
 */
public final class ResultTable implements AutoCloseable {
    private static final String TABLES = """
            CREATE TABLE samples (run INTEGER, line BIGINT, dataset VARCHAR, sample_id BIGINT, categories VARCHAR[],
                image VARCHAR, question VARCHAR, answer VARCHAR, failure VARCHAR);
            CREATE TABLE traces (run INTEGER, line BIGINT, sample_id BIGINT, pathway VARCHAR, k INTEGER,
                masking VARCHAR, answer_token INTEGER, baseline DOUBLE, probability DOUBLE[], log_p FLOAT[],
                log_odds FLOAT[], margin FLOAT[], foil FLOAT[], rank INTEGER[], top INTEGER[], kl FLOAT[],
                ends BOOLEAN[]);
            CREATE TABLE baselines (run INTEGER, line BIGINT, sample_id BIGINT, answer_token INTEGER, baseline DOUBLE,
                token INTEGER, log_p FLOAT, log_odds FLOAT, margin FLOAT, foil FLOAT, rank INTEGER, top INTEGER,
                foils INTEGER[], whole_foils INTEGER[][], ends BOOLEAN);
            CREATE TABLE added (run INTEGER, line BIGINT, kind VARCHAR, pathway VARCHAR, k INTEGER, masking VARCHAR,
                answer_token INTEGER, baseline DOUBLE, probability DOUBLE[], log_p FLOAT[], log_odds FLOAT[],
                margin FLOAT[], foil FLOAT[], rank INTEGER[], top INTEGER[], kl FLOAT[],
                ends BOOLEAN[]);
            CREATE TABLE pictures (run INTEGER, line BIGINT, control VARCHAR, image VARCHAR, answer_token INTEGER,
                baseline DOUBLE, probability DOUBLE, log_p FLOAT, log_odds FLOAT, margin FLOAT, foil FLOAT, rank INTEGER,
                top INTEGER);
            CREATE TABLE heads (run INTEGER, line BIGINT, layer INTEGER, log_odds_loss FLOAT[]);
            CREATE VIEW head_losses AS SELECT s.dataset, s.sample_id, s.categories, h.layer,
                unnest(range(len(h.log_odds_loss)))::INTEGER AS head, unnest(h.log_odds_loss) AS log_odds_loss
                FROM heads h JOIN samples s USING (run, line);
            CREATE VIEW whole_depth AS SELECT s.dataset, s.sample_id, s.categories, a.pathway AS intervention, a.masking,
                a.answer_token, a.probability[1] AS probability, a.baseline, a.log_p[1] AS log_p,
                a.log_odds[1] AS log_odds, a.margin[1] AS margin, a.rank[1] AS rank, a.top[1] AS top,
                a.ends[1] AS ends, b.log_p AS uncut_log_p, b.log_odds AS uncut_log_odds
                FROM added a JOIN samples s USING (run, line) JOIN baselines b USING (run, line, answer_token)
                WHERE a.kind = 'whole_depth';
            CREATE VIEW kept AS SELECT s.dataset, s.sample_id, s.categories, a.pathway AS intervention, a.k, a.masking,
                a.layer::INTEGER AS layer, a.answer_token, a.probability[layer + 1] AS probability, a.baseline,
                a.log_p[layer + 1] AS log_p, a.log_odds[layer + 1] AS log_odds, a.margin[layer + 1] AS margin,
                a.rank[layer + 1] AS rank, a.top[layer + 1] AS top, a.ends[layer + 1] AS ends,
                b.log_p AS uncut_log_p, b.log_odds AS uncut_log_odds
                FROM (SELECT *, unnest(range(len(probability))) AS layer FROM added WHERE kind = 'kept') a
                JOIN samples s USING (run, line) JOIN baselines b USING (run, line, answer_token);
            CREATE VIEW triangle AS SELECT s.dataset, s.sample_id, s.categories, a.pathway, a.masking,
                a.window_first, a.window_last, a.answer_token, a.probability[place] AS probability,
                a.baseline, a.log_p[place] AS log_p, a.log_odds[place] AS log_odds, a.margin[place] AS margin,
                a.rank[place] AS rank, a.top[place] AS top, a.ends[place] AS ends,
                b.log_p AS uncut_log_p, b.log_odds AS uncut_log_odds
                FROM (SELECT *, window_first * layers
                        - window_first * (window_first - 1) // 2 + window_last - window_first + 1 AS place
                    FROM (SELECT *, unnest(range(window_first, layers))::INTEGER AS window_last
                        FROM (SELECT *, unnest(range(layers))::INTEGER AS window_first
                            FROM (SELECT *, ((sqrt(8 * len(probability) + 1) - 1) / 2)::BIGINT AS layers FROM added
                                WHERE kind = 'triangle')))) a
                JOIN samples s USING (run, line) JOIN baselines b USING (run, line, answer_token);
            CREATE VIEW controls AS SELECT dataset, sample_id, categories, control, p.image, NULL::VARCHAR AS pathway,
                NULL::INTEGER AS k, NULL::VARCHAR AS masking, NULL::INTEGER AS layer, answer_token, probability, baseline,
                log_p, log_odds
                FROM pictures p JOIN samples s USING (run, line)
                UNION ALL SELECT dataset, sample_id, categories, 'random_sources', NULL, pathway, k, masking,
                layer::INTEGER, answer_token, probability[layer + 1], baseline, log_p[layer + 1], log_odds[layer + 1]
                FROM (SELECT *, unnest(range(len(probability))) AS layer FROM added
                    WHERE kind = 'random_sources')
                JOIN samples USING (run, line);
            CREATE VIEW results AS SELECT dataset, sample_id, categories, pathway, k, masking,
                layer::INTEGER AS layer, answer_token, probability[layer + 1] AS probability, baseline,
                log_p[layer + 1] AS log_p, log_odds[layer + 1] AS log_odds, margin[layer + 1] AS margin,
                foil[layer + 1] AS foil, rank[layer + 1] AS rank, top[layer + 1] AS top, kl[layer + 1] AS kl,
                uncut_log_p, uncut_log_odds, uncut_margin, uncut_rank, uncut_top, uncut_foil, foils,
                whole_foils, ends[layer + 1] AS ends, uncut_ends
                FROM (SELECT s.dataset, t.*, s.categories, b.log_p AS uncut_log_p, b.log_odds AS uncut_log_odds,
                    b.margin AS uncut_margin, b.rank AS uncut_rank, b.top AS uncut_top, b.foil AS uncut_foil, b.foils, b.whole_foils,
                    b.ends AS uncut_ends, unnest(range(len(t.probability))) AS layer
                    FROM traces t JOIN samples s USING (run, line) JOIN baselines b USING (run, line, answer_token));
            """;
    private static final String LAST_LINES = """
            DELETE FROM samples WHERE (run, line) NOT IN
                (SELECT (run, coalesce(max(line) FILTER (failure IS NULL), max(line))) FROM samples
                    GROUP BY run, sample_id);
            DELETE FROM traces WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL);
            DELETE FROM added WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL);
            DELETE FROM heads WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL);
            DELETE FROM pictures WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL);
            DELETE FROM baselines WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL);
            """;

    private final DuckDBConnection connection;
    private final List<NamedRun> runs;

    private ResultTable(DuckDBConnection connection, List<NamedRun> runs) {
        this.connection = connection;
        this.runs = List.copyOf(runs);
    }

    /**
     * Reads runs.
     *
     * @param folders of one run each; at least one
     * @throws InputException if one is no run or given twice, or a line in it cannot be used
     */
    public static ResultTable read(List<Path> folders) {
        List<NamedRun> runs = NamedRun.read(folders);
        DuckDBConnection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
            execute(connection, TABLES);
            execute(connection, InsideRows.TABLES);
            try (ResultRows rows = ResultRows.into(connection)) {
                for (int run = 0; run < runs.size(); run++) {
                    rows.append(run, runs.get(run));
                }
            }
            execute(connection, LAST_LINES);
            for (String table : InsideRows.NAMES) {
                execute(connection, InsideRows.LAST_LINES.formatted(table));
            }
            return new ResultTable(connection, runs);
        } catch (SQLException e) {
            close(connection);
            throw new IllegalStateException("the table of results failed: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    /** The runs, in the order in which they were given. */
    public List<NamedRun> runs() {
        return runs;
    }

    /** For queries. Closed with this table. */
    public Connection connection() {
        return connection;
    }

    /** Samples of a run that were traced. */
    public long traced(int run) {
        return count("SELECT count(*) FROM samples WHERE failure IS NULL AND run = " + run);
    }

    /** Samples of a run that failed and were not traced since. */
    public long failed(int run) {
        return count("SELECT count(*) FROM samples WHERE failure IS NOT NULL AND run = " + run);
    }

    /** Rows of the tidy view. */
    public long rows() {
        return count("SELECT count(*) FROM results");
    }

    /**
     * Writes the tidy view as a Parquet file, in the order of samples; the file appears whole or not at all.
     *
     * @param own gets the file; one that is there and not in it is not overwritten
     * @throws InputException if it cannot be written
     */
    public void writeParquet(Path file, OwnFiles own) {
        WholeFile.make(file, own, this::writeParquetTo);
    }

    /**
     * Writes the views of what a run traces beside the curves around each layer, likewise.
     *
     * @param folder the run's
     * @param asked whether there is anything to write
     */
    void writeAddedParquet(RunFolder folder, TraceAdditions asked, OwnFiles own) {
        if (asked.keeps(KeepIn.WINDOWS)) {
            String order = "dataset, sample_id, intervention, k, masking, layer, answer_token";
            WholeFile.make(folder.kept(), own, partial -> write("kept", order, partial));
        }
        if (!asked.triangle().isEmpty()) {
            String order = "dataset, sample_id, pathway, masking, window_first, window_last, answer_token";
            WholeFile.make(folder.triangle(), own, partial -> write("triangle", order, partial));
        }
        if (asked.actsAtWholeDepth()) {
            String order = "dataset, sample_id, intervention, masking, answer_token";
            WholeFile.make(folder.wholeDepth(), own, partial -> write("whole_depth", order, partial));
        }
        if (asked.inside().contains(InsideKind.LENS)) {
            String order = "dataset, sample_id, pathway NULLS FIRST, k, masking, answer_token, layer";
            WholeFile.make(folder.lens(), own, partial -> write("lens", order, partial));
        }
        if (asked.inside().contains(InsideKind.ATTENTION)) {
            String at = "dataset, sample_id, answer_token, layer";
            WholeFile.make(folder.attention(), own, partial -> write("attention", at + ", role", partial));
            WholeFile.make(folder.edges(), own, partial -> write("edges", at + ", pathway, masking", partial));
            WholeFile.make(folder.gates(), own, partial -> write("gates", at, partial));
        }
        if (asked.inside().contains(InsideKind.ATTENTION_HEADS)) {
            String order = "dataset, sample_id, layer, head, role";
            WholeFile.make(folder.attentionHeads(), own, partial -> write("attention_heads", order, partial));
        }
        if (!asked.controls().isEmpty()) {
            String order = "dataset, sample_id, control, pathway, k, masking, layer, answer_token";
            WholeFile.make(folder.controls(), own, partial -> write("controls", order, partial));
        }
        if (asked.silencesEachHead()) {
            String order = "dataset, sample_id, layer, head";
            WholeFile.make(folder.heads(), own, partial -> write("head_losses", order, partial));
        }
    }

    /** The same for a file of any folder, in place of one that may be there. */
    public void writeParquet(Path file) {
        WholeFile.make(file, this::writeParquetTo);
    }

    private void writeParquetTo(Path partial) throws IOException {
        write("results", "dataset, sample_id, pathway, k, masking, layer, answer_token", partial);
    }

    private void write(String view, String order, Path partial) throws IOException {
        try {
            execute(
                    connection,
                    "COPY (SELECT * FROM " + view + " ORDER BY " + order + ") TO '"
                            + partial.toString().replace("'", "''")
                            + "' (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private long count(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the table of results failed: " + e.getMessage(), e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the table of results cannot be closed: " + e.getMessage(), e);
        }
    }
}
