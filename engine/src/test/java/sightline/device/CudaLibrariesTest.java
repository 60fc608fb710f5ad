package sightline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;

/** Where NVIDIA's libraries are looked for, and in which order. */
class CudaLibrariesTest {
    private static final String CUBLAS = "libcublas.so.13";

    @TempDir
    private Path root;

    private MadeUpMachine made;

    @BeforeEach
    void make() {
        made = new MadeUpMachine(root);
    }

    private CudaLibraries found() {
        return CudaLibraries.find(made.machine(), file -> Optional.empty());
    }

    private CudaLibraries.Found cublas() {
        return found().where(CudaLibrary.CUBLAS).orElseThrow();
    }

    @Test
    void aBareMachineHasNone() {
        assertThat(found().missing()).containsExactly(CudaLibrary.values());
        assertThat(found().files()).isEmpty();
        assertThat(found().searched())
                .containsExactly("the loader's path", "/usr/local/cuda", "Python's packages", "jars on the class path");
    }

    /** From the last place to the first: each that is added comes before those that are there. */
    @Test
    void thePlacesHaveTheirOrder() {
        CudaLibraries jars = CudaLibraries.find(made.machine(), file -> Optional.of(Path.of("/cache", file)));
        assertThat(jars.where(CudaLibrary.CUBLAS).orElseThrow())
                .isEqualTo(new CudaLibraries.Found(Path.of("/cache/libcublas.so.13"), "jars on the class path"));

        firstIs("/home/cache/sightline/cuda/nvidia-cublas/nvidia/cu13/lib/", "XDG_CACHE_HOME", "/home/cache");
        assertThat(cublas().place())
                .isEqualTo(made.path("/home/cache/sightline/cuda").toString());
        made.python("/opt/python/lib/site-packages");
        firstIs("/opt/python/lib/site-packages/nvidia/cu13/lib/");
        firstIs("/conda/lib/", "CONDA_PREFIX", "/conda");
        firstIs("/conda/lib/python3.12/site-packages/nvidia/cublas/lib/");
        firstIs("/venv/lib/python3.12/site-packages/nvidia/cublas/lib/", "VIRTUAL_ENV", "/venv");
        assertThat(cublas().place()).isEqualTo("Python's packages");
        firstIs("/usr/local/cuda/targets/x86_64-linux/lib/");
        firstIs("/usr/local/cuda/lib64/");
        assertThat(cublas().place()).isEqualTo("/usr/local/cuda");
        firstIs("/usr/lib/x86_64-linux-gnu/");
        made.with("/etc/ld.so.conf.d/cuda.conf", "/opt/cuda/lib64");
        firstIs("/opt/cuda/lib64/");
        firstIs("/my/libs/", "LD_LIBRARY_PATH", "/my/libs");
        assertThat(cublas().place()).isEqualTo("the loader's path");
        firstIs("/given/nvidia/cublas/lib/", "SIGHTLINE_CUDA_LIBS", "/given");
        firstIs("/given/");
        assertThat(cublas().place()).isEqualTo("SIGHTLINE_CUDA_LIBS");
    }

    /** CUDA 12 has some libraries of the same file name: those that lie with CUDA 13's are taken. */
    @Test
    void whatMayBeOfCuda12IsTakenFromWhereCuda13Is() {
        made.with("/usr/local/cuda/lib64/libcusparse.so.12").with("/usr/local/cuda/lib64/libnccl.so.2");
        assertThat(found().where(CudaLibrary.CUSPARSE).orElseThrow().place()).isEqualTo("/usr/local/cuda");
        made.python("/py");
        made.with("/py/nvidia/cu13/lib/libcublas.so.13")
                .with("/py/nvidia/cusparse/lib/libcusparse.so.12")
                .with("/py/nvidia/nccl/lib/libnccl.so.2");
        assertThat(found().where(CudaLibrary.CUSPARSE).orElseThrow().place()).isEqualTo("Python's packages");
        made.with("/py/nvidia/cu13/lib/libcusparse.so.12");
        assertThat(found().where(CudaLibrary.CUSPARSE).orElseThrow().file())
                .isEqualTo(made.path("/py/nvidia/cu13/lib/libcusparse.so.12"));
        assertThat(found().where(CudaLibrary.NCCL).orElseThrow().file())
                .isEqualTo(made.path("/py/nvidia/nccl/lib/libnccl.so.2"));
    }

    private void firstIs(String folder) {
        assertThat(cublasIfThere()).isNotEqualTo(Optional.of(made.path(folder + CUBLAS)));
        made.with(folder + CUBLAS);
        assertThat(cublas().file()).isEqualTo(made.path(folder + CUBLAS));
    }

    private void firstIs(String folder, String variable, String value) {
        made.with(folder + CUBLAS).variable(variable, value);
        assertThat(cublas().file()).isEqualTo(made.path(folder + CUBLAS));
    }

    private Optional<Path> cublasIfThere() {
        return found().where(CudaLibrary.CUBLAS).map(CudaLibraries.Found::file);
    }

    @Test
    void withoutCacheVariableOurFolderIsInTheHomeFolder() {
        made.variable("HOME", "/home/me");
        firstIs("/home/me/.cache/sightline/cuda/nvidia-cublas/nvidia/cu13/lib/");
    }

    @Test
    void eachLibraryIsLookedForByItself() {
        made.with("/usr/local/cuda/lib64/" + CUBLAS)
                .python("/site")
                .with("/site/nvidia/cudnn/lib/libcudnn.so.9")
                .with("/site/nvidia/cudnn/lib/libcudnn_ops.so.9")
                .with("/site/nvidia/cu13/lib/libcublasLt.so.12");

        assertThat(found().missing())
                .contains(CudaLibrary.CUBLAS_LT, CudaLibrary.NCCL)
                .doesNotContain(CudaLibrary.CUBLAS, CudaLibrary.CUDNN);
        assertThat(found().files())
                .as("in the order of loading, with cuDNN's parts")
                .containsExactly(
                        made.path("/usr/local/cuda/lib64/" + CUBLAS),
                        made.path("/site/nvidia/cudnn/lib/libcudnn.so.9"),
                        made.path("/site/nvidia/cudnn/lib/libcudnn_ops.so.9"));
    }

    @Test
    void theDriversLibraryIsLookedForOnTheLoadersPath() {
        assertThat(found().ofDriver()).isEmpty();
        made.with("/etc/ld.so.conf.d/wsl.conf", "/usr/lib/wsl/lib").with("/usr/lib/wsl/lib/libcuda.so.1");
        assertThat(found().ofDriver()).contains(made.path("/usr/lib/wsl/lib/libcuda.so.1"));
    }

    @Test
    void whatBringsEachIsAPackageOfItsVersion() {
        for (CudaLibrary library : CudaLibrary.values()) {
            assertThat(library.file()).startsWith("lib").contains(".so.");
            assertThat(library.requirement())
                    .startsWith("nvidia-")
                    .contains(">=")
                    .contains(",<");
            assertThat(library.megabytes()).isPositive();
        }
    }

    @Test
    void aGivenFolderMustBeOne() {
        made.variable("SIGHTLINE_CUDA_LIBS", "/nowhere");
        assertThatThrownBy(this::found)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("SIGHTLINE_CUDA_LIBS: is '" + made.path("/nowhere") + "'");
    }

    @Test
    void whatNeedsOthersIsLoadedOnceTheyAre() {
        List<Path> files = List.of(Path.of("needs b"), Path.of("b"), Path.of("broken"));
        List<Path> loaded = new ArrayList<>();
        List<Path> left = CudaEngine.inRounds(files, file -> {
            boolean ready = file.equals(Path.of("b")) || loaded.contains(Path.of("b"));
            if (!ready || file.equals(Path.of("broken"))) {
                throw new UnsatisfiedLinkError(file + ": no");
            }
            loaded.add(file);
        });
        assertThat(loaded).containsExactly(Path.of("b"), Path.of("needs b"));
        assertThat(left).containsExactly(Path.of("broken"));
    }
}
