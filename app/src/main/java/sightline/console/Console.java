package sightline.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import sightline.terminal.Look;
import sightline.terminal.ProgressMeter;
import sightline.terminal.Visible;

/**
 * The process's two output streams and what they can show. Results go to stdout, everything else to stderr.
 *
 * @param out stdout
 * @param err stderr
 * @param charset how text is encoded on both
 * @param look how stdout's text looks
 * @param errIsTerminal whether stderr is a terminal, so that progress can be redrawn in place
 * @param patience how long a task takes before its progress is told
 * @param remarks whether remarks are shown
 */
public record Console(
        PrintStream out,
        PrintStream err,
        Charset charset,
        Look look,
        boolean errIsTerminal,
        Duration patience,
        boolean remarks) {
    public Console {
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(charset);
        Objects.requireNonNull(look);
    }

    /**
     * The streams of this process. The launcher tells in system properties what Java 17 cannot find out: which streams are
     * terminals ({@code sightline.terminals}) and the locale's encoding ({@code sightline.charset}).
     */
    public static Console ofProcess() {
        Charset charset = charset(System.getProperty("sightline.charset", System.getProperty("native.encoding", "")));
        List<String> terminals =
                Arrays.asList(System.getProperty("sightline.terminals", "").split(","));
        return new Console(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
                charset,
                Look.of(charset, terminals.contains("stdout"), System.getenv()),
                terminals.contains("stderr"),
                ProgressMeter.PATIENCE,
                true);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) { // a locale of an encoding that Java does not have
            return StandardCharsets.US_ASCII;
        }
    }

    /** Lines of a result; each stays one, whatever text from outside is in it. */
    public void print(List<String> lines) {
        lines.forEach(line -> out.println(Visible.painted(line, look)));
    }

    /** JSON as a result: one line in UTF-8, as the format demands, whatever the terminal's encoding. */
    public void printJson(String json) {
        byte[] bytes = (Visible.json(json) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }

    /** A remark that is no result: one line, as for {@link #print}. */
    public void note(String text) {
        if (remarks) {
            err.println("sightline: " + Visible.line(text, look.glyphs()));
        }
    }

    /** A failure's stack trace, line by line. */
    public void trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().forEach(line -> {
            int indent = line.length() - line.stripLeading().length();
            err.println(line.substring(0, indent) + Visible.line(line.substring(indent), look.glyphs()));
        });
    }

    /** Tells on stderr how far a task has come. */
    public ProgressMeter progress(String task, String unit) {
        return new ProgressMeter(err, errIsTerminal, look.glyphs(), task, unit, patience);
    }

    /** The same terminal, for steps whose progress alone is of interest: their results and remarks go nowhere. */
    public Console progressOnly() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, charset);
        return new Console(nowhere, err, charset, look, errIsTerminal, patience, false);
    }

    /** Stdout for a library that wants a writer; flushed at each line. */
    public PrintWriter outWriter() {
        return new PrintWriter(out, true, charset);
    }

    /** Stderr, likewise. */
    public PrintWriter errWriter() {
        return new PrintWriter(err, true, charset);
    }
}
