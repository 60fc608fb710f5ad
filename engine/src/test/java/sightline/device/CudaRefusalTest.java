package sightline.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.error.InputException;
import sightline.tensor.ComputeDevice;

/** Each reason why a card cannot be used is one line with what to do. No card is needed to try them. */
class CudaRefusalTest {
    private static final String OPEN =
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build  (dvs)  Sun Jul 27\nGCC\n";
    private static final String CLOSED =
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024\n";

    @TempDir
    private Path root;

    private MadeUpMachine made;

    @BeforeEach
    void make() {
        made = new MadeUpMachine(root);
    }

    private CudaDriver driver() {
        return CudaDriver.of(made.machine());
    }

    private static UnsatisfiedLinkError lacking(String file) {
        return new UnsatisfiedLinkError("/root/.javacpp/cache/libtorch_cuda.so: " + file
                + ": cannot open shared object file: No such file or directory");
    }

    private InputException notLoaded(String file) {
        return CudaRefusal.notLoaded(lacking(file), libraries());
    }

    private CudaLibraries libraries() {
        return CudaLibraries.find(made.machine(), name -> Optional.empty());
    }

    @Test
    void readsWhatTheKernelShows() {
        assertThat(driver()).isEqualTo(new CudaDriver(Optional.empty(), false, List.of()));
        assertThat(driver().present()).isFalse();

        made.with("/proc/driver/nvidia/version", OPEN)
                .with("/dev/nvidiactl")
                .with("/proc/driver/nvidia/gpus/0000:19:00.0/information", "Model: \t\t NVIDIA H200\nIRQ: 1\n");
        assertThat(driver()).isEqualTo(new CudaDriver(Optional.of("580.65.06"), false, List.of("NVIDIA H200")));
        assertThat(driver().tooOld()).isFalse();

        made.with("/dev/dxg");
        assertThat(driver().device())
                .as("Windows, with a card of another maker")
                .isFalse();
        made.with("/usr/lib/wsl/lib/libcuda.so.1");
        assertThat(driver().device()).isTrue();
    }

    @Test
    void anyCardsNumberWillDo() {
        made.with("/dev/nvidia3").with("/proc/driver/nvidia/version", CLOSED);
        assertThat(driver().device()).as("any card's number").isTrue();
        assertThat(driver().version()).contains("535.183.01");
        assertThat(driver().tooOld()).isTrue();
    }

    @Test
    void noCard() {
        assertThat(CudaRefusal.noCard(driver()))
                .hasMessage("--device: this machine has no NVIDIA card with a driver (neither"
                        + " /dev/nvidia0 nor /proc/driver/nvidia). Expected a Linux machine with an NVIDIA card. Use"
                        + " --device cpu.");
        made.with("/proc/driver/nvidia/version", OPEN);
        assertThat(CudaRefusal.noCard(driver()))
                .hasMessageContainingAll("580.65.06 is loaded", "no /dev/nvidia0", "--gpus all");
    }

    @Test
    void aMissingLibraryIsNamedWithWhereWasLookedAndWhatBringsIt() {
        for (CudaLibrary library : CudaLibrary.values()) {
            if (library != CudaLibrary.CUBLAS) {
                made.with("/usr/local/cuda/lib64/" + library.file());
            }
        }
        assertThat(CudaRefusal.missing(libraries()))
                .hasMessage("--device: libcublas.so.13 is missing; looked in the loader's path, /usr/local/cuda,"
                        + " Python's packages, jars on the class path. Expected NVIDIA's libraries for CUDA 13. Bring it"
                        + " with `sightline cuda`, or name the folder that has them in SIGHTLINE_CUDA_LIBS.");
    }

    @Test
    void nothingIsLoadedUnlessAllLibrariesAreThere() {
        made.with("/usr/local/cuda/lib64/libcudart.so.13");
        assertThatThrownBy(() -> CudaEngine.start(made.machine(), driver(), libraries()))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("libcublas.so.13, libcufft.so.12", "are missing", "Bring them")
                .hasMessageNotContaining("libcudart");
    }

    @Test
    void aLibraryThatTheLinkerLacksIsNamed() {
        assertThat(notLoaded("libnew.so.1"))
                .hasMessageContainingAll("libnew.so.1 is missing", "/usr/local/cuda", "SIGHTLINE_CUDA_LIBS");
        assertThat(notLoaded("libcuda.so.1"))
                .hasMessageContaining("libcuda.so.1 is missing, which is part of NVIDIA's driver");
    }

    @Test
    void otherTroubleOfTheLinkerIsQuoted() {
        assertThat(CudaRefusal.notLoaded(new UnsatisfiedLinkError("undefined symbol: x"), libraries()))
                .hasMessageContainingAll("does not load: undefined symbol: x", "SIGHTLINE_CUDA_LIBS");
    }

    @Test
    void aDriverThatIsTooOld() {
        made.with("/proc/driver/nvidia/version", CLOSED).with("/dev/nvidia0");
        assertThat(CudaRefusal.noUsableCard(driver(), libraries(), Optional.of("")))
                .hasMessage("--device: NVIDIA's driver 535.183.01 is too old for CUDA 13. Expected driver 580 or newer."
                        + " Update the driver, or use --device cpu.");
    }

    @Test
    void aHiddenCardAndOneThatIsNotFound() {
        made.with("/proc/driver/nvidia/version", OPEN).with("/dev/nvidia0");
        assertThat(CudaRefusal.noUsableCard(driver(), libraries(), Optional.of("-1")))
                .as("a container without the driver's libraries")
                .hasMessageContaining("libcuda.so.1 is missing");
        made.with("/usr/lib/x86_64-linux-gnu/libcuda.so.1");
        assertThat(CudaRefusal.noUsableCard(driver(), libraries(), Optional.of("-1")))
                .hasMessageContaining("CUDA_VISIBLE_DEVICES is '-1'");
        assertThat(CudaRefusal.noUsableCard(driver(), libraries(), Optional.empty()))
                .hasMessageContaining("nvidia-smi");
    }

    @Test
    void aCardOfAnotherGeneration() {
        CudaDriver driver = new CudaDriver(Optional.of("580.65.06"), true, List.of("Tesla P100"));
        RuntimeException failure = new RuntimeException("CUDA error: no kernel image is available for execution\nmore");
        assertThat(CudaRefusal.notComputing(driver, failure))
                .hasMessageContainingAll("no machine code for Tesla P100", "7.5, 8.0", "12.0");
        assertThat(CudaRefusal.notComputing(driver, new RuntimeException("CUDA error: misaligned.\nmore")))
                .hasMessageContaining("Tesla P100 cannot compute: CUDA error: misaligned.")
                .hasMessageNotContaining("more");
        assertThat(CudaRefusal.notComputing(driver, new RuntimeException("CUDA error: out of memory\nmore")))
                .hasMessageContainingAll("the card's memory is full", "room on Tesla P100", "nvidia-smi");
    }

    @Test
    void autoTakesTheCpuAndSaysWhyOnlyWhereThereIsADriver() {
        Runnable refused = () -> {
            throw CudaRefusal.noCudaHalf("linux-x86_64-gpu");
        };
        assertThat(Devices.automatic(driver(), () -> {
                    throw new AssertionError("nothing is loaded without a card");
                }))
                .isEqualTo(new Devices.Choice(ComputeDevice.CPU, Optional.empty()));

        made.with("/proc/driver/nvidia/version", OPEN).with("/dev/nvidia0");
        Devices.Choice refusedOne = Devices.automatic(driver(), refused);
        assertThat(refusedOne.device()).isEqualTo(ComputeDevice.CPU);
        assertThat(refusedOne.whyNoCard())
                .hasValueSatisfying(why -> assertThat(why).contains("SIGHTLINE_CUDA=yes"));

        assertThat(Devices.automatic(driver(), () -> {}))
                .isEqualTo(new Devices.Choice(ComputeDevice.cuda(0), Optional.empty()));
    }
}
