package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A checkout with the scripts at the root and hardly anything else, a java and an mvn that write down how they were
 * called, and nothing else on the PATH but the system tools that the scripts need.
 */
final class MadeUpCheckout {
    private static final Path ROOT = Path.of(System.getProperty("basedir")).getParent();
    private static final List<String> TOOLS = List.of(
            "cat",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "id",
            "locale",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "touch",
            "uname");
    private static final String ARCHIVES = """
            #!/bin/sh
            dump=no
            for argument in "$@"; do
                case $argument in
                    -Xshare:dump) dump=yes ;;
                    -XX:DumpLoadedClassList=*) echo A >"${argument#*=}" || exit 1 ;;
                    -XX:SharedArchiveFile=*)
                        if [ $dump = yes ]; then
                            : >"${argument#*=}"
                            echo "${argument#*=}" >>'%s/archives.log'
                        fi
                        ;;
                esac
            done
            """;
    private static final String JAVA_BODY = "printf '%s\\n' \"$@\" \"OMP_WAIT_POLICY=$OMP_WAIT_POLICY\""
            + " \"THP_MEM_ALLOC_ENABLE=$THP_MEM_ALLOC_ENABLE\" \"OPT_OUT_TRACKING=$OPT_OUT_TRACKING\""
            + " \"MALLOC_ARENA_MAX=$MALLOC_ARENA_MAX\" \"MALLOC_TRIM_THRESHOLD_=$MALLOC_TRIM_THRESHOLD_\""
            + " \"MALLOC_MMAP_THRESHOLD_=$MALLOC_MMAP_THRESHOLD_\"\n";
    static final String BUILDS = "mkdir -p app/target/lib; touch app/target/sightline.jar\n";

    final Path bin;
    final Path root;
    final Map<String, String> environment = new HashMap<>();
    private final Path temporary;
    private final Path log;

    record Ran(int status, String out, String err) {}

    /** @param temporary an empty folder */
    MadeUpCheckout(Path temporary) throws IOException {
        this.temporary = temporary;
        bin = Files.createDirectory(temporary.resolve("bin"));
        root = Files.createDirectory(temporary.resolve("a checkout"));
        log = temporary.resolve("mvn.log");
        Files.createDirectories(root.resolve("app/src/main/java"));
        Files.createDirectories(root.resolve("engine/src/main/java"));
        for (String file : List.of("pom.xml", "app/pom.xml", "engine/pom.xml", "app/src/main/java/A.java")) {
            Files.writeString(root.resolve(file), "x");
        }
        Files.createDirectory(root.resolve("scripts"));
        for (String file : List.of("sightline", "test", "scripts/toolchain.sh", "scripts/archive.sh")) {
            Files.copy(ROOT.resolve(file), root.resolve(file));
        }
        for (String tool : TOOLS) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            script(bin.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
        environment.put("PATH", bin.toString());
        makeOlder(root);
    }

    /** As if it had been checked out a minute ago: file times are coarse. */
    static void makeOlder(Path folder) throws IOException {
        FileTime past = FileTime.from(Instant.now().minusSeconds(60));
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setLastModifiedTime(file, past);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                Files.setLastModifiedTime(dir, past);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A Java installation of a version in the PATH, as distributions link it. */
    void java(String version, boolean compiler) throws IOException {
        Path home = temporary.resolve("java-" + version);
        script(home.resolve("bin/java"), "#!/bin/sh\n" + JAVA_BODY);
        if (compiler) {
            script(home.resolve("bin/javac"), "#!/bin/sh\n");
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
    }

    /** The same, and it writes the lists and archives of classes that it is asked for. */
    void javaThatArchives(String version) throws IOException {
        java(version, true);
        script(temporary.resolve("java-" + version + "/bin/java"), ARCHIVES.formatted(temporary) + JAVA_BODY);
    }

    /** The archives that were made. */
    List<String> archives() throws IOException {
        return Files.readAllLines(temporary.resolve("archives.log"));
    }

    void maven(String body) throws IOException {
        script(bin.resolve("mvn"), "#!/bin/sh\necho \"$@ MAVEN_OPTS=$MAVEN_OPTS\" >>'" + log + "'\n" + body);
    }

    Process start(Path launcher, String... arguments) throws IOException {
        return command(launcher, arguments).start();
    }

    /** Its stderr goes behind what is in a file. */
    Process start(Path err, Path launcher, String... arguments) throws IOException {
        return command(launcher, arguments)
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                .start();
    }

    private ProcessBuilder command(Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    static Ran finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), out, err);
    }

    List<String> builds() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }
}
