package sightline.run;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Writes the lines of journals into the tables of a {@link ResultTable}. */
final class ResultRows implements AutoCloseable {
    private final List<DuckDBAppender> all = new ArrayList<>();
    private final DuckDBAppender samples;
    private final DuckDBAppender baselines;
    private final DuckDBAppender traces;
    private final DuckDBAppender added;
    private final DuckDBAppender pictures;
    private final InsideRows inside;
    private final DuckDBAppender heads;

    private ResultRows(DuckDBConnection connection) throws SQLException {
        samples = open(connection, "samples");
        baselines = open(connection, "baselines");
        traces = open(connection, "traces");
        added = open(connection, "added");
        pictures = open(connection, "pictures");
        inside = new InsideRows(connection);
        heads = open(connection, "heads");
    }

    /** Of tables that are there and empty. */
    static ResultRows into(DuckDBConnection connection) throws SQLException {
        return new ResultRows(connection);
    }

    private DuckDBAppender open(DuckDBConnection connection, String table) throws SQLException {
        DuckDBAppender appender = connection.createAppender(table);
        all.add(appender);
        return appender;
    }

    /** Appends a run's lines; {@code run} is its number among all. */
    void append(int run, NamedRun named) throws SQLException {
        AtomicLong number = new AtomicLong();
        RunLines.<SQLException>visit(
                new RunFolder(named.folder()), line -> append(run, number.getAndIncrement(), named, line));
    }

    private void append(int run, long line, NamedRun named, TracedLine sample) throws SQLException {
        samples.beginRow()
                .append(run)
                .append(line)
                .append(named.manifest().dataset().toString())
                .append(sample.id());
        samples.append(sample.identity().question().categories())
                .append(sample.identity().question().image());
        samples.append(sample.identity().question().text());
        samples.append(sample.answer()).append(sample.failure()).endRow();
        for (int token = 0; token < sample.baseline().length; token++) {
            baselines.beginRow().append(run).append(line).append(sample.id());
            baselines.append(token).append(sample.baseline()[token]);
            baselines.append(sample.identity().answerTokens().get(token));
            appendUncut(baselines, sample.uncut(), token);
            appendFoils(sample, token);
            baselines.append(sample.ends().orElse(null));
            baselines.endRow();
        }
        for (TracedLine.CutCurve cut : sample.curves()) {
            for (int token = 0; token < cut.probability().length; token++) {
                traces.beginRow().append(run).append(line).append(sample.id()).append(cut.pathway());
                appendCurve(traces, cut, token, sample.baseline()[token]);
                traces.endRow();
            }
        }
        appendAdded(run, line, sample);
    }

    private void appendAdded(int run, long line, TracedLine sample) throws SQLException {
        AddedNumbers its = sample.added();
        appendAdded(run, line, AddedNumbers.WHOLE_DEPTH, its.wholeDepth(), sample);
        appendAdded(run, line, AddedNumbers.KEPT, its.kept(), sample);
        appendAdded(run, line, AddedNumbers.TRIANGLE, its.triangles(), sample);
        appendAdded(run, line, AddedNumbers.RANDOM, its.random(), sample);
        inside.append(run, line, its.inside());
        float[][] losses = sample.added().heads();
        for (int layer = 0; layer < losses.length; layer++) {
            heads.beginRow()
                    .append(run)
                    .append(line)
                    .append(layer)
                    .append(losses[layer])
                    .endRow();
        }
        for (AddedNumbers.OtherBaseline other : sample.added().pictures()) {
            for (int token = 0; token < other.probability().length; token++) {
                pictures.beginRow()
                        .append(run)
                        .append(line)
                        .append(other.control().toString());
                pictures.append(other.image().orElse(null)).append(token);
                pictures.append(sample.baseline()[token]).append(other.probability()[token]);
                appendUncut(pictures, other.measures(), token);
                pictures.endRow();
            }
        }
    }

    private void appendAdded(int run, long line, String kind, List<TracedLine.CutCurve> curves, TracedLine sample)
            throws SQLException {
        for (TracedLine.CutCurve cut : curves) {
            for (int token = 0; token < cut.probability().length; token++) {
                added.beginRow().append(run).append(line).append(kind).append(cut.pathway());
                appendCurve(added, cut, token, sample.baseline()[token]);
                added.endRow();
            }
        }
    }

    /** From k on, the columns that traces and additions have alike. */
    private static void appendCurve(DuckDBAppender to, TracedLine.CutCurve cut, int token, double baseline)
            throws SQLException {
        to.append(cut.k()).append(cut.masking()).append(token).append(baseline);
        to.append(cut.probability()[token]);
        for (JournalMeasure measure : JournalMeasure.values()) {
            append(to, measure, cut.measures().get(measure), token);
        }
        if (cut.ends().length == 0) {
            to.appendNull();
        } else {
            to.append(cut.ends());
        }
    }

    private static void appendUncut(DuckDBAppender to, Map<JournalMeasure, double[]> measures, int token)
            throws SQLException {
        for (JournalMeasure measure : JournalMeasure.values()) {
            if (measure.uncut()) {
                append(to, measure, measures.get(measure), token);
            }
        }
    }

    /** Of the first token alone. */
    private void appendFoils(TracedLine sample, int token) throws SQLException {
        appendUnlessEmpty(token > 0 ? List.of() : sample.foils().first());
        appendUnlessEmpty(token > 0 ? List.of() : sample.foils().whole());
    }

    private void appendUnlessEmpty(List<?> values) throws SQLException {
        if (values.isEmpty()) {
            baselines.appendNull();
        } else {
            baselines.append(values);
        }
    }

    private static void append(DuckDBAppender to, JournalMeasure measure, double[] tokens, int token)
            throws SQLException {
        if (tokens == null) {
            to.appendNull();
        } else if (measure.whole()) {
            to.append((int) tokens[token]);
        } else {
            to.append((float) tokens[token]);
        }
    }

    private static void append(DuckDBAppender to, JournalMeasure measure, double[][] tokens, int token)
            throws SQLException {
        if (tokens == null) {
            to.appendNull();
        } else if (measure.whole()) {
            to.append(
                    Arrays.stream(tokens[token]).mapToInt(value -> (int) value).toArray());
        } else {
            float[] values = new float[tokens[token].length];
            for (int layer = 0; layer < values.length; layer++) {
                values[layer] = (float) tokens[token][layer];
            }
            to.append(values);
        }
    }

    @Override
    public void close() throws SQLException {
        inside.close();
        for (DuckDBAppender appender : all) {
            appender.close();
        }
    }
}
