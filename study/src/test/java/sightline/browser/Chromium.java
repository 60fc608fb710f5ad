package sightline.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An installed Chromium, started for tests: headless, with a profile of its own that is deleted afterwards, and with no
 * way to other machines. It ends when it is closed, and also when this process ends in whatever way, since its pipes close
 * then.
 */
public final class Chromium implements AutoCloseable {
    /** A path of the browser to use, or {@code none}. */
    static final String VARIABLE = "SIGHTLINE_BROWSER";

    /** On the PATH, the first found is used; the script {@code test} knows the same names. */
    static final List<String> NAMES =
            List.of("chromium", "chromium-headless-shell", "google-chrome", "google-chrome-stable", "chromium-browser");

    private static final Path ON_MACOS = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private final Path profile;
    private final Process process;
    private final DevTools tools;
    private final Thread atExit = new Thread(this::kill, "end of the browser");

    private Chromium(Path executable) throws IOException {
        profile = Files.createTempDirectory("sightline-browser");
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null",
                executable.toString(),
                "--remote-debugging-pipe",
                "--user-data-dir=" + profile,
                "--headless=new",
                "--no-sandbox", // without it none starts as root
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--proxy-server=http://127.0.0.1:9", // nothing listens there; loopback goes past it
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"));
        process = new ProcessBuilder(command)
                .redirectError(profile.resolve("stderr").toFile())
                .start();
        tools = new DevTools(process.getInputStream(), process.getOutputStream());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts the browser.
     *
     * @throws AssertionError if there is none, or it does not start
     */
    public static Chromium start() {
        Path executable = find().orElseThrow(() -> new AssertionError(missing()));
        try {
            Chromium chromium = new Chromium(executable);
            try {
                chromium.tools.call(null, "Browser.getVersion", DevTools.parameters());
                return chromium;
            } catch (AssertionError e) {
                String said = Files.readString(chromium.profile.resolve("stderr"), StandardCharsets.UTF_8);
                chromium.close();
                throw new AssertionError(executable + " did not start: " + e.getMessage() + "\n" + said, e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The browser that tests use, if there is one. */
    public static Optional<Path> find() {
        String given = System.getenv(VARIABLE);
        if (given != null && !given.isBlank()) {
            return given.equals("none") ? Optional.empty() : Optional.of(Path.of(given));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Stream<Path> candidates = NAMES.stream().flatMap(name -> Arrays.stream(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name)));
        return Stream.concat(candidates, Stream.of(ON_MACOS))
                .filter(Files::isExecutable)
                .filter(file -> !isSnap(file))
                .findFirst();
    }

    /** Why there is none, and what to do. The script {@code test} looks for its first words in the reports. */
    static String missing() {
        return "no browser: "
                + (System.getenv(VARIABLE) != null
                        ? VARIABLE + " is " + System.getenv(VARIABLE)
                        : "no Chromium or Chrome on the PATH (a snap cannot read a test's files); ./test installs one where"
                                + " it may, and " + VARIABLE + " names another");
    }

    /** A snap sees a /tmp of its own, and none of a test's files. */
    private static boolean isSnap(Path file) {
        try {
            byte[] head = new byte[4096];
            try (var in = Files.newInputStream(file)) {
                int length = in.readNBytes(head, 0, head.length);
                String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
                return file.startsWith("/snap") || (text.startsWith("#!") && text.contains("/snap/bin/"));
            }
        } catch (IOException e) {
            return true;
        }
    }

    /** A page with storage of its own, empty and without network. */
    public Page open(Viewport viewport) {
        return new Page(tools, viewport);
    }

    Path profile() {
        return profile;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // the process is ending: the hook does it
        }
        kill();
    }

    private void kill() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            try {
                one.onExit().get(DevTools.PATIENCE, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("the browser's process " + one.pid() + " does not end", e);
            }
        }
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
