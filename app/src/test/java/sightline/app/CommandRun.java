package sightline.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import sightline.console.Console;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;

/** What one command line did, run within this process. */
public record CommandRun(int status, String out, String err) {
    public static final Path GOLDEN = Path.of(System.getProperty("sightline.golden"));
    public static final String TINY10 = GOLDEN.resolve("tiny10/checkpoint").toString();

    public static CommandRun of(String... arguments) {
        return with(StandardCharsets.UTF_8, arguments);
    }

    /** The same on a terminal of another encoding. */
    public static CommandRun with(Charset charset, String... arguments) {
        return on(charset, console -> Sightline.run(console, arguments));
    }

    /** What a command does with a console of its own. */
    public static CommandRun on(Charset charset, ToIntFunction<Console> command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, false, charset),
                new PrintStream(err, true, charset),
                charset,
                new Look(Glyphs.of(charset), false),
                false,
                Duration.ofDays(1), // on a slow machine, progress would come among what is looked for
                true);
        int status = command.applyAsInt(console);
        return new CommandRun(status, out.toString(charset), err.toString(charset));
    }

    /** What the command line says of a failure of such a command; the exit status. */
    public static int failed(Console console, Exception failure) {
        return new Failures(console, () -> false).report(failure);
    }

    /** Starts a command line as a process of its own; its stderr goes to a file. */
    public static Process start(Path err, List<String> arguments) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "sightline.app.Sightline"));
        java.addAll(arguments);
        return new ProcessBuilder(java)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
    }

    public static String image(String name) {
        return GOLDEN.resolve("images").resolve(name).toString();
    }
}
