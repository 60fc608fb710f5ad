package sightline.terminal;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/**
 * Tells on a stream how far a task has come: a bar that is redrawn in place on a terminal and wiped at the end, a plain
 * line now and then elsewhere. Draws nothing for work that is done soon.
 */
public final class ProgressMeter implements AutoCloseable {
    /** How long a person waits without being told. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration PLAIN_LINE = Duration.ofSeconds(10);

    private final ProgressBar bar;

    /**
     * Starts the clock of a task.
     *
     * @param stream where to draw: stderr
     * @param terminal whether the stream is a terminal
     * @param glyphs the characters at hand
     * @param task what is being done, e.g. {@code tracing}
     * @param unit what is counted, in the plural, e.g. {@code passes}
     * @param patience until when nothing is drawn
     */
    public ProgressMeter(
            PrintStream stream, boolean terminal, Glyphs glyphs, String task, String unit, Duration patience) {
        this(terminal ? new InPlace(stream) : new Lines(stream), new ProgressText(task, unit, glyphs), patience);
    }

    ProgressMeter(Output output, ProgressText text, Duration patience) {
        bar = new ProgressBarBuilder()
                .setUpdateIntervalMillis((int) output.interval().toMillis())
                .setConsumer(output)
                .setRenderer((state, width) -> render(text, patience, state, width))
                .continuousUpdate()
                .clearDisplayOnFinish()
                .build();
    }

    private static String render(ProgressText text, Duration patience, ProgressState state, int width) {
        Duration elapsed = state.getElapsedAfterStart();
        if (elapsed.compareTo(patience) < 0 || !state.isAlive()) { // what is done needs no report
            return "";
        }
        String report = text.report(state.getCurrent(), state.getMax(), elapsed.toMillis() / 1e3);
        return TextWidth.fit(report, width, text.glyphs());
    }

    /**
     * So much is done.
     *
     * @param done steps done so far
     * @param all steps of the whole task
     */
    public void done(int done, int all) {
        bar.maxHint(all);
        bar.stepTo(done);
    }

    /** Ends the report; what was drawn in place disappears. */
    @Override
    public void close() {
        bar.close();
    }

    /** Where reports go, and how often. An empty report is none. */
    interface Output extends ProgressBarConsumer {
        Duration interval();

        @Override
        default int getMaxRenderedLength() {
            return Look.WIDTH - 1;
        }
    }

    /** Redraws one line of a terminal. */
    static final class InPlace implements Output {
        private final PrintStream stream;
        private int drawn;

        InPlace(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public Duration interval() {
            return REDRAW;
        }

        @Override
        public void accept(String report) {
            if (!report.isEmpty()) {
                stream.print("\r" + TextWidth.left(report, drawn));
                stream.flush();
                drawn = TextWidth.width(report);
            }
        }

        @Override
        public void clear() {
            if (drawn > 0) {
                stream.print("\r" + " ".repeat(drawn) + "\r");
                stream.flush();
                drawn = 0;
            }
        }

        @Override
        public void close() {
            clear();
        }
    }

    /** Writes plain lines, for logs. */
    static final class Lines implements Output {
        private final PrintStream stream;

        Lines(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public Duration interval() {
            return PLAIN_LINE;
        }

        @Override
        public void accept(String report) {
            if (!report.isEmpty()) {
                stream.println(report);
            }
        }

        @Override
        public void clear() {
            // Lines stay.
        }

        @Override
        public void close() {
            // The stream is not ours.
        }
    }
}
