package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.app.MadeUpCheckout.BUILDS;
import static sightline.app.MadeUpCheckout.finish;
import static sightline.app.MadeUpCheckout.makeOlder;
import static sightline.app.MadeUpCheckout.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sightline.app.MadeUpCheckout.Ran;
import sightline.console.Console;

/** The launcher script, in a made-up checkout. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script; Windows users run java -jar")
class LauncherTest {
    @TempDir
    private Path temporary;

    private MadeUpCheckout checkout;
    private Path bin;
    private Path root;
    private Map<String, String> environment;

    @BeforeEach
    void make() throws IOException {
        checkout = new MadeUpCheckout(temporary);
        bin = checkout.bin;
        root = checkout.root;
        environment = checkout.environment;
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        return finish(checkout.start(root.resolve("sightline"), arguments));
    }

    @Test
    void buildsOnceThenRunsJavaWithItsSettings() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven(BUILDS);

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
        assertThat(checkout.builds()).hasSize(1).first().asString().contains("-Dmaven.test.skip=true package");
        assertThat(root.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void anArchiveOfClassesIsMadeWithTheBuildAndUsedFromThenOn() throws Exception {
        checkout.javaThatArchives("17.0.1");
        checkout.maven(BUILDS);
        String used = "-XX:SharedArchiveFile=" + root.toRealPath() + "/target/classes-17.0.1.jsa\n";

        assertThat(run("ask").out()).contains(used);
        assertThat(run("--version").out()).contains(used, "-Xshare:auto\n");
        assertThat(checkout.archives()).hasSize(1);

        Files.setLastModifiedTime(
                root.resolve("target/classes-17.0.1.jsa"),
                FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(run("ask").out()).as("of an older jar").doesNotContain("SharedArchiveFile");

        makeOlder(root);
        Files.writeString(root.resolve("pom.xml"), "y");
        assertThat(run("ask").out()).as("made anew").contains(used);
        assertThat(checkout.archives()).hasSize(2);
    }

    private static final String CUDA_JAR = "/app/target/cuda/pytorch-1-linux-x86_64-gpu.jar";

    /** A build with the engine's natives for Linux, and those for CUDA or not. */
    private void mavenWithEngine(boolean copies) throws IOException {
        checkout.maven("""
                case "$*" in
                    *dependency:copy@cuda*)
                        %s
                        mkdir -p app/target/cuda.new; : >app/target/cuda.new/pytorch-1-linux-x86_64-gpu.jar
                        ;;
                    *) mkdir -p app/target/lib; : >app/target/lib/pytorch-1-linux-x86_64.jar; : >app/target/sightline.jar ;;
                esac
                """.formatted(copies ? "" : "echo '[ERROR] offline'; exit 1"));
    }

    @Test
    void theCudaHalfIsFetchedOnceAndStandsBehindTheJarOnTheClassPath() throws Exception {
        checkout.javaThatArchives("17.0.1");
        mavenWithEngine(true);
        environment.put("SIGHTLINE_CUDA", "yes");
        String jar = root.toRealPath() + "/app/target/sightline.jar";

        Ran first = run("ask");
        Ran second = run("ask");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).contains("sightline: fetching the engine's CUDA half for the card, once (458 MB");
        assertThat(second.err()).isEmpty();
        assertThat(checkout.builds()).hasSize(2);
        assertThat(second.out())
                .contains("-cp\n" + jar + ":" + root.toRealPath() + CUDA_JAR + "\n")
                .contains("-XX:SharedArchiveFile=");
        assertThat(run("--version").out()).contains("-cp\n" + jar + "\n");
        for (String needsNone : List.of(
                "ask --device cpu", "ask --help", "trace -h", "cuda --dry-run", "check DIR", "bench checkpoint DIR")) {
            assertThat(run(needsNone.split(" ")).out()).as(needsNone).contains("-cp\n" + jar + "\n");
        }
        assertThat(run("check", "--device", "cuda").out()).contains(CUDA_JAR);
        for (String name : commandsWithDevice()) {
            assertThat(run(name, "--device", "cuda").out()).as(name).contains(CUDA_JAR);
        }
        environment.put("SIGHTLINE_CUDA", "no");
        assertThat(run("ask").out()).contains("-cp\n" + jar + "\n");
        environment.put("SIGHTLINE_CUDA", "maybe");
        assertThat(run("ask").err()).contains("SIGHTLINE_CUDA is 'maybe'", "set it to yes or no");
    }

    private static List<String> commandsWithDevice() {
        List<String> names = Sightline.COMMANDS.entrySet().stream()
                .filter(entry -> takesDevice(entry.getValue().apply(Console.ofProcess())))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(names).contains("ask", "explore", "study");
        return names;
    }

    /** @param command as picocli has it: an object with its annotations, or a line made of one */
    private static boolean takesDevice(Object command) {
        CommandLine line = command instanceof CommandLine made ? made : new CommandLine(command);
        return line.getCommandSpec().findOption("--device") != null;
    }

    @Test
    void withoutTheCudaHalfTheCpuComputes() throws Exception {
        checkout.java("17.0.1", true);
        mavenWithEngine(false);
        environment.put("SIGHTLINE_CUDA", "yes");

        Ran ran = run("ask");

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("-cp\n" + root.toRealPath() + "/app/target/sightline.jar\n");
        assertThat(ran.err().lines()).hasSize(3).last().asString().contains("could not be fetched", "target/cuda.log");
        assertThat(root.resolve("target/cuda.log")).content().contains("[ERROR] offline");
        assertThat(root.resolve("target/build.lock")).doesNotExist();
    }

    /** A build; that of module cluster brings Spark, or fails. */
    private void mavenWithSpark(boolean brings) throws IOException {
        checkout.maven("""
                case "$*" in
                    *'-pl cluster'*)
                        %s
                        mkdir -p cluster/target/spark/jars; : >cluster/target/sightline-cluster.jar
                        ;;
                    *) mkdir -p app/target/lib cluster/src/main; : >app/target/sightline.jar; : >cluster/pom.xml ;;
                esac
                """.formatted(brings ? "" : "echo '[ERROR] offline'; exit 1"));
    }

    @Test
    void sparkIsFetchedOnceAndOnlyWhereAClusterIsNamed() throws Exception {
        checkout.java("17.0.1", true);
        mavenWithSpark(true);
        String own = "-cp\n" + root.toRealPath() + "/app/target/sightline.jar";
        String spark = ":" + root.toRealPath() + "/cluster/target/sightline-cluster.jar:" + root.toRealPath()
                + "/cluster/target/spark/jars/*\n";

        assertThat(run("trace", "vqav2").out()).contains(own + "\n").doesNotContain("--add-opens");
        Ran first = run("trace", "vqav2", "--cluster", "local[2]");
        Ran second = run("answer", "--cluster=yarn");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).isEqualTo("sightline: fetching Spark, once (216 MB, through Maven)\n");
        assertThat(second.err()).isEmpty();
        assertThat(checkout.builds()).hasSize(2);
        assertThat(second.out())
                .contains(own + spark)
                .contains("-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider\n")
                .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED\n");
        environment.put("SIGHTLINE_SPARK_LOG", "yes");
        assertThat(run("trace", "--cluster", "local").out())
                .contains("-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider\n-Dspark.log.level=INFO\n");
    }

    @Test
    void withoutSparkTheCommandEndsWithTheReason() throws Exception {
        checkout.java("17.0.1", true);
        mavenWithSpark(false);

        Ran ran = run("trace", "--cluster", "local[2]");

        assertThat(ran.status()).isNotZero();
        assertThat(ran.err()).contains("Spark could not be fetched", "target/spark.log", "without --cluster");
        assertThat(root.resolve("target/spark.log")).content().contains("[ERROR] offline");
        assertThat(root.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void withoutAnArchiveCommandsRunAllTheSame() throws Exception {
        checkout.java("17.0.1", true); // makes no archive
        checkout.maven(BUILDS);

        Ran ran = run("ask");

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).doesNotContain("SharedArchiveFile").contains("-Xshare:auto\n");
        assertThat(ran.err()).startsWith("sightline: building").hasLineCount(1);
    }

    @Test
    void aFailureToArchiveIsNotTold() throws Exception {
        checkout.javaThatArchives("17.0.1");
        checkout.maven(BUILDS);
        Files.createDirectories(root.resolve("target/classes.txt")); // so that the list cannot be written

        Ran ran = run("ask");

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).doesNotContain("SharedArchiveFile");
        assertThat(ran.err()).startsWith("sightline: building").hasLineCount(1);
    }

    @Test
    void trainingsWorkersDoNotShareOneArena() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven(BUILDS);

        assertThat(run("train-demo", "--out", "x").out()).contains("MALLOC_ARENA_MAX=4");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven(BUILDS);
        run();
        makeOlder(root);
        Files.writeString(root.resolve("engine/src/main/java/New.java"), "x");

        assertThat(run().err()).startsWith("sightline: building");
        assertThat(run().err()).isEmpty();
        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void buildsOnceEvenIfTheJarDoesNotChange() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven(BUILDS);
        run();
        checkout.maven("exit 0\n"); // Maven leaves a jar alone whose contents are the same
        makeOlder(root);
        Files.writeString(root.resolve("pom.xml"), "y");

        assertThat(run().err()).startsWith("sightline: building");
        assertThat(run().err()).isEmpty();
        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven("until [ -e ../both-are-there ]; do sleep 0.1; done\n" + BUILDS);
        Path said = temporary.resolve("said");

        Process first = checkout.start(said, root.resolve("sightline"), "demo");
        Process second = checkout.start(said, root.resolve("sightline"), "demo");
        while (!Files.readString(said).contains("waiting for another process that is building")) {
            Thread.sleep(20);
        }
        Files.createFile(temporary.resolve("both-are-there"));
        Ran one = finish(first);
        Ran two = finish(second);

        assertThat(one.status()).as(one.err()).isZero();
        assertThat(two.status()).as(two.err()).isZero();
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void aLockWhoseOwnerIsGoneIsNoHindrance() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven(BUILDS);
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path lock = Files.createDirectories(root.resolve("target/build.lock"));
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

        assertThat(run().status()).isZero();
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void aFailedBuildShowsMavensOutputOnStderr() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven("echo '[ERROR] it broke'\nexit 1\n");

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("[ERROR] it broke", "sightline: the build failed");
        assertThat(root.resolve("target/build.lock")).doesNotExist();
        assertThat(run("demo").status()).as("it is tried again").isEqualTo(1);
    }

    @Test
    void worksThroughSymbolicLinksFromAnywhere() throws Exception {
        checkout.java("21", true);
        checkout.maven(BUILDS);
        Path link = Files.createSymbolicLink(temporary.resolve("absolute"), root.resolve("sightline"));
        Path again = Files.createSymbolicLink(temporary.resolve("relative"), Path.of("absolute"));
        assertThat(link).isSymbolicLink();

        Ran ran = finish(checkout.start(again));

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(root.toRealPath() + "/app/target/sightline.jar");
    }

    @Test
    void settingsOfTheUserStay() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven(BUILDS);
        environment.put("OMP_WAIT_POLICY", "active");
        environment.put("MAVEN_OPTS", "-Dmine=1");
        environment.put("MAVEN_ARGS", "-Dmaven.repo.local=/r --offline");
        environment.put("SIGHTLINE_JAVA_OPTS", "-Xmx8g -Dmine=2");

        Ran ran = run("demo");

        assertThat(ran.out().lines())
                .contains("OMP_WAIT_POLICY=active")
                .containsSubsequence("-Xmx8g", "-Dmine=2", "-cp", "sightline.app.Sightline", "demo");
        assertThat(checkout.builds())
                .first()
                .asString()
                .contains("-Dmaven.repo.local=/r --offline", " package ", "MAVEN_OPTS=-Dmine=1");
    }

    @Test
    void aLocaleWithoutUtf8StillReadsArgumentsButSaysWhatTheTerminalShows() throws Exception {
        checkout.java("17.0.1", true);
        checkout.maven(BUILDS);
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
        checkout.java("17.0.1", true);

        assertThat(run().err()).contains("there is no mvn (Maven) on the PATH", "adoptium.net", "maven.apache.org");
        script(bin.resolve("brew"), "#!/bin/sh\n");
        assertThat(run().err()).contains("brew install maven\n");
        script(bin.resolve("dnf"), "#!/bin/sh\n");
        assertThat(run().err()).containsPattern("(sudo )?dnf install -y maven\n");
    }

    @Test
    void anOldJavaIsNamedWithItsVersion() throws Exception {
        checkout.java("11.0.2", true);
        checkout.maven(BUILDS);

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains(bin.resolve("java") + " is Java 11.0.2, but Sightline needs 17 or newer");
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void java8CountsFromOnePointEight() throws Exception {
        checkout.java("1.8.0_392", true);

        assertThat(run().err()).contains("is Java 1.8.0_392, but Sightline needs 17");
    }

    @Test
    void aJavaWithoutAReleaseFileIsAsked() throws Exception {
        script(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.9\" 2020-10-20' >&2\n");

        assertThat(run().err()).contains("is Java 11.0.9, but Sightline needs 17");
    }

    @Test
    void aRuntimeWithoutCompilerIsNamedAsSuchWhenItMustBuild() throws Exception {
        checkout.java("17.0.1", false);
        checkout.maven(BUILDS);

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("is a Java runtime without the compiler (javac)");

        Files.createDirectories(root.resolve("app/target/lib"));
        Files.writeString(root.resolve("app/target/sightline.jar"), "built elsewhere");
        assertThat(run("demo").status()).as("a runtime is enough to run").isZero();
    }

    @Test
    void aWrongJavaHomeIsNamed() throws Exception {
        checkout.java("17.0.1", true);
        environment.put("JAVA_HOME", "/nowhere");

        Ran ran = run("demo");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("JAVA_HOME is /nowhere, but there is no bin/java in it", "unset it");
    }
}
