package sightline.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sightline.app.CommandRun;
import sightline.device.CudaLibrary;
import sightline.device.Machine;

/** On a made-up machine, whose pip writes down how it was called and makes the files that real packages hold. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "CUDA needs Linux")
class CudaCommandTest {
    @TempDir
    private Path root;

    private final Map<String, String> environment = new HashMap<>();
    private Path own;
    private Path calls;

    @BeforeEach
    void make() {
        environment.put("XDG_CACHE_HOME", root.resolve("cache").toString());
        environment.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
        own = root.resolve("cache/sightline/cuda");
        calls = root.resolve("calls");
    }

    private CommandRun cuda(String... arguments) {
        Machine machine = new Machine(root.resolve("machine"), environment, List::of);
        return CommandRun.on(StandardCharsets.UTF_8, console -> new CommandLine(new CudaCommand(console, machine))
                .setExecutionExceptionHandler((failure, line, parsed) -> CommandRun.failed(console, failure))
                .execute(arguments));
    }

    /** @param install what it does for {@code install}, with the folder in $target and the requirement in $last */
    private void pip(String install) throws IOException {
        Path python = root.resolve("bin/python3");
        Files.createDirectories(python.getParent());
        Files.writeString(python, """
                #!/bin/sh
                echo "$@" >>'%s'
                case $3 in --version) exit 0 ;; esac
                for last in "$@"; do [ "$before" != --target ] || target=$last; before=$last; done
                %s
                """.formatted(calls, install));
        assertThat(python.toFile().setExecutable(true)).isTrue();
    }

    /** All files of any package: it does no harm that each brings those of the others. */
    private static String bringsAll() {
        StringBuilder script = new StringBuilder("mkdir -p \"$target/nvidia/cu13/lib\"\n");
        for (CudaLibrary library : CudaLibrary.values()) {
            script.append(": >\"$target/nvidia/cu13/lib/")
                    .append(library.file())
                    .append("\"\n");
        }
        return script.toString();
    }

    private void there(CudaLibrary... libraries) throws IOException {
        Path toolkit = Files.createDirectories(root.resolve("machine/usr/local/cuda/lib64"));
        for (CudaLibrary library : libraries) {
            Files.createFile(toolkit.resolve(library.file()));
        }
    }

    private List<String> installs() throws IOException {
        try (Stream<String> lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains(" install ")).toList();
        }
    }

    @Test
    void aBareMachineIsToldAllThatIsMissingAndWhatBringsIt() {
        CommandRun run = cuda("--dry-run");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        for (CudaLibrary library : CudaLibrary.values()) {
            assertThat(run.out())
                    .containsPattern(library.file() + " +not found; `sightline cuda`: " + library.wheel() + ", ");
        }
        assertThat(run.out())
                .containsPattern("driver +not found")
                .containsPattern("card +not found")
                .containsPattern("libcuda.so.1 +not found")
                .contains("To fetch: 11 packages, about 1.9 GB, into " + own);
        assertThat(run.out().lines().filter(line -> !line.contains(own.toString())))
                .allMatch(line -> line.length() <= 80);
        assertThat(own).doesNotExist();
    }

    @Test
    void onlyWhatIsMissingIsFetchedEachIntoAFolderOfItsOwn() throws IOException {
        there(CudaLibrary.RUNTIME, CudaLibrary.CUBLAS);
        pip(bringsAll());

        CommandRun run = cuda();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("/usr/local/cuda/lib64/libcublas.so.13", "All of NVIDIA's libraries are there.");
        assertThat(run.err()).contains("sightline: fetching nvidia-cublas (3 of 10, about 444 MB)");
        assertThat(installs())
                .hasSize(10)
                .noneMatch(call -> call.contains("nvidia-cuda-runtime") || call.contains("://"))
                .allMatch(call -> call.contains("--no-deps") && call.contains("--target " + own));
        assertThat(own.resolve("nvidia-cublas/nvidia/cu13/lib/libcublasLt.so.13"))
                .exists();
        assertThat(own.resolve(".partial")).doesNotExist();

        Files.delete(calls);
        assertThat(cuda().out()).contains("None of NVIDIA's libraries is missing.");
        assertThat(calls).doesNotExist();
    }

    @Test
    void whatPipCannotBringIsQuotedAndLeavesNothing() throws IOException {
        pip("mkdir -p \"$target/half\"; echo 'noise'; echo 'ERROR: no matching distribution'; exit 1");

        CommandRun run = cuda();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .last()
                .asString()
                .startsWith(
                        "sightline: pip: could not bring nvidia-cuda-runtime: ERROR: no matching distribution. See what");
        assertThat(own.resolve(".partial")).doesNotExist();
        assertThat(own.resolve("nvidia-cuda-runtime")).doesNotExist();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        pip(bringsAll());
        Path mine = Files.createDirectories(own.resolve("nvidia-cuda-runtime"));

        CommandRun run = cuda();

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(mine + ": is there, but lacks libcudart.so.13", "Move it away");
        assertThat(mine).isEmptyDirectory();
    }

    @Test
    void withoutPipOrPythonOneLineSaysSo() throws IOException {
        pip("");
        Files.writeString(root.resolve("bin/python3"), "#!/bin/sh\necho 'No module named pip' >&2\nexit 1\n");
        CommandRun pipless = cuda();
        assertThat(pipless.status()).isEqualTo(1);
        assertThat(pipless.err()).startsWith("sightline: python3: has no pip.").hasLineCount(1);

        environment.put("PATH", root.toString());
        CommandRun pythonless = cuda();
        assertThat(pythonless.status()).isEqualTo(1);
        assertThat(pythonless.err())
                .startsWith("sightline: python3: is not on the PATH.")
                .contains("SIGHTLINE_CUDA_LIBS")
                .hasLineCount(1);
    }
}
