package sightline.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import sightline.terminal.Glyphs;
import sightline.terminal.Look;

/** What one command line did, run within this process. */
record CommandRun(int status, String out, String err) {
    static final Path GOLDEN = Path.of(System.getProperty("sightline.golden"));
    static final String TINY10 = GOLDEN.resolve("tiny10/checkpoint").toString();

    static CommandRun of(String... arguments) {
        return with(StandardCharsets.UTF_8, arguments);
    }

    /** The same on a terminal of another encoding. */
    static CommandRun with(Charset charset, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, false, charset),
                new PrintStream(err, true, charset),
                charset,
                new Look(Glyphs.of(charset), false),
                false,
                true);
        int status = Sightline.run(console, arguments);
        return new CommandRun(status, out.toString(charset), err.toString(charset));
    }

    static String image(String name) {
        return GOLDEN.resolve("images").resolve(name).toString();
    }
}
