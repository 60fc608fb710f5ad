package sightline.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBAppender;
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
 *       INTEGER, probability DOUBLE, baseline DOUBLE.
 *   <li>Table {@code samples}: run INTEGER (as in {@link #runs()}), line, dataset, sample_id, categories, image, question,
 *       answer, failure (null if traced).
 *   <li>View {@code whole_depth}, tidy, one row per sample × intervention × masking × answer token: dataset, sample_id,
 *       categories, intervention VARCHAR, masking, answer_token, probability, baseline. View {@code controls}, tidy: dataset,
 *       sample_id, categories, control VARCHAR, image VARCHAR (of {@code swap}), pathway, k, masking, layer (of {@code
 *       random_sources}), answer_token, probability, baseline.
 *   <li>Table {@code traces}, the curves as lists: run, line, sample_id, pathway, k, masking, answer_token, baseline,
 *       probability DOUBLE[L]. Table {@code baselines}: run, line, sample_id, answer_token, baseline.
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
                masking VARCHAR, answer_token INTEGER, baseline DOUBLE, probability DOUBLE[]);
            CREATE TABLE baselines (run INTEGER, line BIGINT, sample_id BIGINT, answer_token INTEGER, baseline DOUBLE);
            CREATE TABLE added (run INTEGER, line BIGINT, pathway VARCHAR, k INTEGER, masking VARCHAR,
                answer_token INTEGER, baseline DOUBLE, probability DOUBLE[]);
            CREATE TABLE pictures (run INTEGER, line BIGINT, control VARCHAR, image VARCHAR, answer_token INTEGER,
                baseline DOUBLE, probability DOUBLE);
            CREATE VIEW whole_depth AS SELECT s.dataset, s.sample_id, s.categories, a.pathway AS intervention, a.masking,
                a.answer_token, a.probability[1] AS probability, a.baseline
                FROM added a JOIN samples s USING (run, line) WHERE a.k = 0;
            CREATE VIEW controls AS SELECT dataset, sample_id, categories, control, p.image, NULL::VARCHAR AS pathway,
                NULL::INTEGER AS k, NULL::VARCHAR AS masking, NULL::INTEGER AS layer, answer_token, probability, baseline
                FROM pictures p JOIN samples s USING (run, line)
                UNION ALL SELECT dataset, sample_id, categories, 'random_sources', NULL, pathway, k, masking,
                layer::INTEGER, answer_token, probability[layer + 1], baseline
                FROM (SELECT *, unnest(range(len(probability))) AS layer FROM added WHERE k > 0)
                JOIN samples USING (run, line);
            CREATE VIEW results AS SELECT dataset, sample_id, categories, pathway, k, masking,
                layer::INTEGER AS layer, answer_token, probability[layer + 1] AS probability, baseline
                FROM (SELECT s.dataset, t.sample_id, s.categories, t.pathway, t.k, t.masking, t.answer_token,
                    t.probability, t.baseline, unnest(range(len(t.probability))) AS layer
                    FROM traces t JOIN samples s USING (run, line));
            """;
    private static final String LAST_LINES = """
            DELETE FROM samples WHERE (run, line) NOT IN
                (SELECT (run, coalesce(max(line) FILTER (failure IS NULL), max(line))) FROM samples
                    GROUP BY run, sample_id);
            DELETE FROM traces WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL);
            DELETE FROM added WHERE (run, line) NOT IN (SELECT (run, line) FROM samples WHERE failure IS NULL);
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
            try (DuckDBAppender samples = connection.createAppender("samples");
                    DuckDBAppender baselines = connection.createAppender("baselines");
                    DuckDBAppender traces = connection.createAppender("traces");
                    DuckDBAppender added = connection.createAppender("added");
                    DuckDBAppender pictures = connection.createAppender("pictures")) {
                Appenders appenders = new Appenders(samples, baselines, traces, added, pictures);
                for (int run = 0; run < runs.size(); run++) {
                    append(run, runs.get(run), appenders);
                }
            }
            execute(connection, LAST_LINES);
            return new ResultTable(connection, runs);
        } catch (SQLException e) {
            close(connection);
            throw new IllegalStateException("the table of results failed: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private record Appenders(
            DuckDBAppender samples,
            DuckDBAppender baselines,
            DuckDBAppender traces,
            DuckDBAppender added,
            DuckDBAppender pictures) {}

    private static void append(int run, NamedRun named, Appenders to) throws SQLException {
        AtomicLong number = new AtomicLong();
        RunLines.<SQLException>visit(
                new RunFolder(named.folder()), line -> append(run, number.getAndIncrement(), named, line, to));
    }

    private static void append(int run, long line, NamedRun named, TracedLine sample, Appenders to)
            throws SQLException {
        to.samples()
                .beginRow()
                .append(run)
                .append(line)
                .append(named.manifest().dataset().toString())
                .append(sample.id());
        to.samples()
                .append(sample.identity().question().categories())
                .append(sample.identity().question().image());
        to.samples().append(sample.identity().question().text());
        to.samples().append(sample.answer()).append(sample.failure()).endRow();
        for (int token = 0; token < sample.baseline().length; token++) {
            to.baselines().beginRow().append(run).append(line).append(sample.id());
            to.baselines().append(token).append(sample.baseline()[token]).endRow();
        }
        for (TracedLine.CutCurve cut : sample.curves()) {
            for (int token = 0; token < cut.probability().length; token++) {
                to.traces()
                        .beginRow()
                        .append(run)
                        .append(line)
                        .append(sample.id())
                        .append(cut.pathway());
                to.traces().append(cut.k()).append(cut.masking()).append(token).append(sample.baseline()[token]);
                to.traces().append(cut.probability()[token]).endRow();
            }
        }
        appendAdded(run, line, sample, to);
    }

    private static void appendAdded(int run, long line, TracedLine sample, Appenders to) throws SQLException {
        List<TracedLine.CutCurve> all = new ArrayList<>(sample.added().wholeDepth());
        all.addAll(sample.added().random());
        for (TracedLine.CutCurve cut : all) {
            for (int token = 0; token < cut.probability().length; token++) {
                to.added().beginRow().append(run).append(line).append(cut.pathway());
                to.added().append(cut.k()).append(cut.masking()).append(token).append(sample.baseline()[token]);
                to.added().append(cut.probability()[token]).endRow();
            }
        }
        for (AddedNumbers.OtherBaseline other : sample.added().pictures()) {
            for (int token = 0; token < other.probability().length; token++) {
                to.pictures()
                        .beginRow()
                        .append(run)
                        .append(line)
                        .append(other.control().toString());
                to.pictures().append(other.image().orElse(null)).append(token);
                to.pictures()
                        .append(sample.baseline()[token])
                        .append(other.probability()[token])
                        .endRow();
            }
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
        if (!asked.keep().isEmpty() || !asked.joint().isEmpty()) {
            String order = "dataset, sample_id, intervention, masking, answer_token";
            WholeFile.make(folder.wholeDepth(), own, partial -> write("whole_depth", order, partial));
        }
        if (!asked.controls().isEmpty()) {
            String order = "dataset, sample_id, control, pathway, k, masking, layer, answer_token";
            WholeFile.make(folder.controls(), own, partial -> write("controls", order, partial));
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
