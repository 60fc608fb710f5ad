package sightline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sightline.app.MadeUpCheckout.finish;
import static sightline.app.MadeUpCheckout.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import sightline.app.MadeUpCheckout.Ran;

/** The script that runs all tests, in a made-up checkout: what it installs, what it skips, and that it says so. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class TestCommandTest {
    private static final String PASSES = """
            mkdir -p study/target/surefire-reports
            echo '<testcase name="a"/>' >study/target/surefire-reports/TEST-A.xml
            """;
    private static final String SKIPS = """
            mkdir -p study/target/surefire-reports
            {
                echo '<skipped message="no browser: none"/>'
                echo '<skipped message="not here"/>'
                echo '<skipped message="no browser: none"/>'
            } >study/target/surefire-reports/TEST-A.xml
            """;

    @TempDir
    private Path temporary;

    private MadeUpCheckout checkout;

    @BeforeEach
    void make() throws IOException {
        checkout = new MadeUpCheckout(temporary);
        checkout.java("17.0.1", true);
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        return finish(checkout.start(checkout.root.resolve("test"), arguments));
    }

    private void tool(String name, String body) throws IOException {
        script(checkout.bin.resolve(name), "#!/bin/sh\n" + body);
    }

    /** An apt that knows a package, whose installation does something. */
    private void apt(String known, String installation) throws IOException {
        tool("apt-cache", "[ \"$2\" != " + known + " ] || echo 'Package: found'\n");
        tool(
                "apt-get",
                "echo \"$@\" >>'" + temporary + "/apt.log'\ncase \" $* \" in *' install '*) " + installation
                        + " ;; esac\n");
    }

    private static String lastLine(Ran ran) {
        return ran.out().strip().lines().reduce((first, second) -> second).orElse("");
    }

    private void root(boolean isRoot) throws IOException {
        java.nio.file.Files.delete(checkout.bin.resolve("id"));
        tool("id", "echo " + (isRoot ? 0 : 1000) + "\n");
    }

    @Test
    void withABrowserNothingIsInstalled() throws Exception {
        tool("chromium", "");
        apt("chromium", "exit 1");
        checkout.maven(PASSES);
        checkout.environment.put("MAVEN_ARGS", "-Dmaven.repo.local=/r");

        Ran ran = run("-pl", "engine", "-Dtest=A B");

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(lastLine(ran)).isEqualTo("test: passed");
        assertThat(checkout.builds())
                .singleElement()
                .asString()
                .contains("-Dmaven.repo.local=/r verify -pl engine -Dtest=A B ");
        assertThat(temporary.resolve("apt.log")).doesNotExist();
    }

    /** The jar that is built is newer than the archive of the one before it. */
    @Test
    void commandsStartFromTheirArchiveAfterwards() throws Exception {
        tool("chromium", "");
        Files.delete(checkout.bin.resolve("java"));
        checkout.javaThatArchives("17.0.2");
        Path archive = checkout.root.resolve("target/classes-17.0.2.jsa");
        checkout.maven(PASSES + MadeUpCheckout.BUILDS);
        assertThat(run().status()).isZero();
        assertThat(archive).as("of a checkout where no command ran").doesNotExist();

        Files.createDirectories(archive.getParent());
        Files.writeString(archive, "old");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(60)));
        Ran ran = run();
        assertThat(lastLine(ran)).isEqualTo("test: passed");
        assertThat(checkout.archives()).hasSize(1);
        assertThat(archive).hasSize(0);
        assertThat(run().status()).isZero();
    }

    @Test
    void theSmallestBrowserIsInstalledWhereItMay() throws Exception {
        root(true);
        apt(
                "chromium-headless-shell",
                "echo '#!/bin/sh' >'" + checkout.bin + "/chromium-headless-shell'; chmod +x '" + checkout.bin
                        + "/chromium-headless-shell'");
        tool("chmod", "exec /bin/chmod \"$@\"\n");
        checkout.maven(PASSES);
        checkout.environment.put("CI", "true");

        Ran ran = run();

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(lastLine(ran)).isEqualTo("test: passed");
        assertThat(temporary.resolve("apt.log"))
                .content()
                .contains(" update\n", " install -y --no-install-recommends chromium-headless-shell\n");
    }

    @Test
    void withoutABrowserTheLastLineSaysWhatWasSkippedAndWhy() throws Exception {
        root(true);
        checkout.maven(SKIPS);

        Ran ran = run();

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("test: 1 tests were skipped");
        assertThat(lastLine(ran))
                .isEqualTo("test: passed, but 2 browser tests were skipped: this machine has no apt-get to install one"
                        + " with; install Google Chrome (google.com/chrome)");

        apt("chromium", "exit 100");
        assertThat(lastLine(run()))
                .contains("2 browser tests were skipped: apt-get could not install chromium")
                .endsWith("; install one with: apt-get install -y chromium");

        apt("nothing", "exit 100");
        assertThat(lastLine(run()))
                .contains("2 browser tests were skipped: no package of this system")
                .endsWith("; install Google Chrome (google.com/chrome)");

        checkout.environment.put("SIGHTLINE_BROWSER", "none");
        assertThat(lastLine(run())).contains("2 browser tests were skipped: SIGHTLINE_BROWSER is none; unset it");
    }

    @Test
    void whatAnEarlierRunSkippedDoesNotCount() throws Exception {
        Path reports = Files.createDirectories(checkout.root.resolve("engine/target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-Earlier.xml"), "<skipped message=\"no browser: none\"/>\n");
        root(true);
        checkout.maven(PASSES);

        assertThat(lastLine(run())).isEqualTo("test: passed");
    }

    @Test
    void withoutRightsNothingIsTried() throws Exception {
        root(false);
        apt("chromium", "exit 1");
        checkout.maven(SKIPS);

        assertThat(lastLine(run()))
                .contains("2 browser tests were skipped: installing one takes root or a sudo that asks no password")
                .endsWith("; install one with: sudo apt-get install -y chromium");
        assertThat(temporary.resolve("apt.log")).doesNotExist();
    }

    @Test
    void onCiAMissingBrowserIsAnError() throws Exception {
        checkout.maven(SKIPS);
        checkout.environment.put("CI", "true");

        Ran ran = run();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no browser, and CI=true: this machine has no apt-get");
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void aFailureIsTheLastLineAndTheStatus() throws Exception {
        tool("chromium", "");
        checkout.maven("exit 1\n");

        Ran ran = run();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(lastLine(ran)).isEqualTo("test: failed; what failed is above");
    }

    @Test
    void withoutMavenItSaysHowToInstallIt() throws Exception {
        apt("chromium", "exit 1");

        Ran ran = run();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err())
                .contains("test: there is no mvn (Maven) on the PATH")
                .containsPattern("install it with: {2}(sudo )?apt-get install -y maven\n");
    }
}
