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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a made-up checkout, with a made-up java and mvn that write down how they were called, and nothing
 * else on the PATH but the system tools that it needs.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script; Windows users run java -jar")
class LauncherTest {
    private static final Path SCRIPT = Path.of(System.getProperty("basedir")).resolveSibling("sightline");
    private static final List<String> TOOLS = List.of(
            "cat",
            "dirname",
            "find",
            "head",
            "id",
            "locale",
            "ls",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "touch",
            "uname");
    private static final String JAVA = "#!/bin/sh\nprintf '%s\\n' \"$@\" \"OMP_WAIT_POLICY=$OMP_WAIT_POLICY\""
            + " \"THP_MEM_ALLOC_ENABLE=$THP_MEM_ALLOC_ENABLE\" \"OPT_OUT_TRACKING=$OPT_OUT_TRACKING\""
            + " \"MALLOC_ARENA_MAX=$MALLOC_ARENA_MAX\" \"MALLOC_TRIM_THRESHOLD_=$MALLOC_TRIM_THRESHOLD_\""
            + " \"MALLOC_MMAP_THRESHOLD_=$MALLOC_MMAP_THRESHOLD_\"\n";
    private static final String BUILDS = "mkdir -p app/target/lib; touch app/target/sightline.jar\n";

    @TempDir
    private Path temporary;

    private Path bin;
    private Path root;
    private Path log;
    private final Map<String, String> environment = new HashMap<>();

    private record Ran(int status, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        bin = Files.createDirectory(temporary.resolve("bin"));
        root = Files.createDirectory(temporary.resolve("a checkout"));
        log = temporary.resolve("mvn.log");
        Files.createDirectories(root.resolve("app/src/main/java"));
        Files.createDirectories(root.resolve("engine/src/main/java"));
        for (String file : List.of("pom.xml", "app/pom.xml", "engine/pom.xml", "app/src/main/java/A.java")) {
            Files.writeString(root.resolve(file), "x");
        }
        Files.copy(SCRIPT, root.resolve("sightline"));
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
    private static void makeOlder(Path folder) throws IOException {
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

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A Java installation of a version in the PATH, as distributions link it. */
    private void java(String version, boolean compiler) throws IOException {
        Path home = temporary.resolve("java-" + version);
        script(home.resolve("bin/java"), JAVA);
        if (compiler) {
            script(home.resolve("bin/javac"), "#!/bin/sh\n");
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
    }

    private void maven(String body) throws IOException {
        script(bin.resolve("mvn"), "#!/bin/sh\necho \"$@ MAVEN_OPTS=$MAVEN_OPTS\" >>'" + log + "'\n" + body);
    }

    private Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ran finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, err);
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        return finish(start(root.resolve("sightline"), arguments));
    }

    private List<String> builds() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Test
    void buildsOnceThenRunsJavaWithItsSettings() throws Exception {
        java("17.0.1", true);
        maven(BUILDS);

        Ran first = run("ask", "two words", "");
        Ran second = run("check");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).startsWith("sightline: building").hasLineCount(1);
        assertThat(first.out().lines())
                .contains(
                        "-Djava.awt.headless=true",
                        "-Dai.djl.offline=true",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "OMP_WAIT_POLICY=passive",
                        "THP_MEM_ALLOC_ENABLE=1",
                        "OPT_OUT_TRACKING=true",
                        "MALLOC_ARENA_MAX=1",
                        "MALLOC_TRIM_THRESHOLD_=17179869184",
                        "MALLOC_MMAP_THRESHOLD_=4294967296")
                .containsSubsequence("sightline.app.Sightline", "ask", "two words", "");
        assertThat(first.out()).contains("-cp\n" + root.toRealPath() + "/app/target/sightline.jar\n");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).hasSize(1).first().asString().contains("-Dmaven.test.skip=true package");
        assertThat(root.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void trainingsWorkersDoNotShareOneArena() throws Exception {
        java("17.0.1", true);
        maven(BUILDS);

        assertThat(run("train-demo", "--out", "x").out()).contains("MALLOC_ARENA_MAX=4");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        java("17.0.1", true);
        maven(BUILDS);
        run();
        makeOlder(root);
        Files.writeString(root.resolve("engine/src/main/java/New.java"), "x");

        assertThat(run().err()).startsWith("sightline: building");
        assertThat(run().err()).isEmpty();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsOnceEvenIfTheJarDoesNotChange() throws Exception {
        java("17.0.1", true);
        maven(BUILDS);
        run();
        maven("exit 0\n"); // Maven leaves a jar alone whose contents are the same
        makeOlder(root);
        Files.writeString(root.resolve("pom.xml"), "y");

        assertThat(run().err()).startsWith("sightline: building");
        assertThat(run().err()).isEmpty();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        java("17.0.1", true);
        maven("sleep 2\n" + BUILDS);

        Process first = start(root.resolve("sightline"), "demo");
        Process second = start(root.resolve("sightline"), "demo");
        Ran one = finish(first);
        Ran two = finish(second);

        assertThat(one.status()).as(one.err()).isZero();
        assertThat(two.status()).as(two.err()).isZero();
        assertThat(one.err() + two.err()).contains("waiting for another process that is building");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aLockWhoseOwnerIsGoneIsNoHindrance() throws Exception {
        java("17.0.1", true);
        maven(BUILDS);
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path lock = Files.createDirectories(root.resolve("target/build.lock"));
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

        assertThat(run().status()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aFailedBuildShowsMavensOutputOnStderr() throws Exception {
        java("17.0.1", true);
        maven("echo '[ERROR] it broke'\nexit 1\n");

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("[ERROR] it broke", "sightline: the build failed");
        assertThat(root.resolve("target/build.lock")).doesNotExist();
        assertThat(run("demo").status()).as("it is tried again").isEqualTo(1);
    }

    @Test
    void worksThroughSymbolicLinksFromAnywhere() throws Exception {
        java("21", true);
        maven(BUILDS);
        Path link = Files.createSymbolicLink(temporary.resolve("absolute"), root.resolve("sightline"));
        Path again = Files.createSymbolicLink(temporary.resolve("relative"), Path.of("absolute"));
        assertThat(link).isSymbolicLink();

        Ran ran = finish(start(again));

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(root.toRealPath() + "/app/target/sightline.jar");
    }

    @Test
    void settingsOfTheUserStay() throws Exception {
        java("17.0.1", true);
        maven(BUILDS);
        environment.put("OMP_WAIT_POLICY", "active");
        environment.put("MAVEN_OPTS", "-Dmine=1");
        environment.put("MAVEN_ARGS", "-Dmaven.repo.local=/r --offline");
        environment.put("SIGHTLINE_JAVA_OPTS", "-Xmx8g -Dmine=2");

        Ran ran = run("demo");

        assertThat(ran.out().lines())
                .contains("OMP_WAIT_POLICY=active")
                .containsSubsequence("-Xmx8g", "-Dmine=2", "-cp", "sightline.app.Sightline", "demo");
        assertThat(builds())
                .first()
                .asString()
                .contains("-Dmaven.repo.local=/r --offline package", "MAVEN_OPTS=-Dmine=1");
    }

    @Test
    void aLocaleWithoutUtf8StillReadsArgumentsButSaysWhatTheTerminalShows() throws Exception {
        java("17.0.1", true);
        maven(BUILDS);
        environment.put("LC_ALL", "C");

        assertThat(run().out()).containsPattern("-Dsightline.charset=(ANSI_X3.4-1968|US-ASCII)\n");
        environment.put("LC_ALL", "C.UTF-8");
        assertThat(run().out()).contains("-Dsightline.charset=UTF-8\n");
        assertThat(run().out()).as("pipes are no terminals").contains("-Dsightline.terminals=\n");
    }

    @Test
    void withoutJavaAndMavenBothAreInstalledByOneCommand() throws Exception {
        script(bin.resolve("apt-get"), "#!/bin/sh\n");
        script(bin.resolve("apt-cache"), "#!/bin/sh\necho 'Package: found'\n");

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("sightline: there is no java on the PATH, and JAVA_HOME is not set")
                .containsPattern("install it with: {2}(sudo )?apt-get install -y openjdk-17-jdk-headless maven\n");
    }

    @Test
    void aDistributionWithoutJava17IsToldItsOwn() throws Exception {
        script(bin.resolve("apt-get"), "#!/bin/sh\n");
        script(bin.resolve("apt-cache"), "#!/bin/sh\nexit 100\n");

        assertThat(run().err()).contains("apt-get install -y default-jdk-headless maven");
    }

    @Test
    void otherPackageManagersAndNone() throws Exception {
        java("17.0.1", true);

        assertThat(run().err()).contains("there is no mvn (Maven) on the PATH", "adoptium.net", "maven.apache.org");
        script(bin.resolve("brew"), "#!/bin/sh\n");
        assertThat(run().err()).contains("brew install maven\n");
        script(bin.resolve("dnf"), "#!/bin/sh\n");
        assertThat(run().err()).containsPattern("(sudo )?dnf install -y maven\n");
    }

    @Test
    void anOldJavaIsNamedWithItsVersion() throws Exception {
        java("11.0.2", true);
        maven(BUILDS);

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains(bin.resolve("java") + " is Java 11.0.2, but Sightline needs 17 or newer");
        assertThat(builds()).isEmpty();
    }

    @Test
    void java8CountsFromOnePointEight() throws Exception {
        java("1.8.0_392", true);

        assertThat(run().err()).contains("is Java 1.8.0_392, but Sightline needs 17");
    }

    @Test
    void aJavaWithoutAReleaseFileIsAsked() throws Exception {
        script(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.9\" 2020-10-20' >&2\n");

        assertThat(run().err()).contains("is Java 11.0.9, but Sightline needs 17");
    }

    @Test
    void aRuntimeWithoutCompilerIsNamedAsSuchWhenItMustBuild() throws Exception {
        java("17.0.1", false);
        maven(BUILDS);

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("is a Java runtime without the compiler (javac)");

        Files.createDirectories(root.resolve("app/target/lib"));
        Files.writeString(root.resolve("app/target/sightline.jar"), "built elsewhere");
        assertThat(run("demo").status()).as("a runtime is enough to run").isZero();
    }

    @Test
    void aWrongJavaHomeIsNamed() throws Exception {
        java("17.0.1", true);
        environment.put("JAVA_HOME", "/nowhere");

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("JAVA_HOME is /nowhere, but there is no bin/java in it", "unset it");
    }
}
