package sightline.device;

/**
 * NVIDIA's libraries that the engine's CUDA half is built on, those first that others need.
 *
 * <p>They are what its two files name as needed ({@code readelf -d}), and NVRTC and nvJitLink, which cuBLAS, cuDNN,
 * cuSPARSE and cuFFT open by name. cuSOLVER is needed by the engine's linear algebra alone, which nothing here uses, and
 * cuSPARSELt by nothing. These are CUDA 13's; some have the name that they had in CUDA 12 too.
 */
public enum CudaLibrary {
    RUNTIME("libcudart.so.13", "nvidia-cuda-runtime", ">=13,<14", 3),
    NVRTC("libnvrtc.so.13", "nvidia-cuda-nvrtc", ">=13,<14", 58),
    NVJITLINK("libnvJitLink.so.13", "nvidia-nvjitlink", ">=13,<14", 47),
    CUBLAS_LT("libcublasLt.so.13", "nvidia-cublas", ">=13,<14", 444),
    CUBLAS("libcublas.so.13", "nvidia-cublas", ">=13,<14", 444),
    CUFFT("libcufft.so.12", "nvidia-cufft", ">=12,<13", 165),
    CURAND("libcurand.so.10", "nvidia-curand", ">=10,<11", 77),
    CUSPARSE("libcusparse.so.12", "nvidia-cusparse", ">=12,<13", 230),
    CUPTI("libcupti.so.13", "nvidia-cuda-cupti", ">=13,<14", 13),
    CUFILE("libcufile.so.0", "nvidia-cufile", ">=1,<2", 2),
    NCCL("libnccl.so.2", "nvidia-nccl-cu13", ">=2,<3", 305),
    CUDNN("libcudnn.so.9", "nvidia-cudnn-cu13", ">=9,<10", 517);

    private final String file;
    private final String wheel;
    private final String versions;
    private final int megabytes;

    CudaLibrary(String file, String wheel, String versions, int megabytes) {
        this.file = file;
        this.wheel = wheel;
        this.versions = versions;
        this.megabytes = megabytes;
    }

    /** Whether a file of this name may be CUDA 12's. */
    boolean namedAlike() {
        return switch (this) {
            case CURAND, CUSPARSE, CUFILE, NCCL, CUDNN -> true;
            default -> false;
        };
    }

    /** The name that the dynamic linker asks for. */
    public String file() {
        return file;
    }

    /** The Python package that holds it. */
    public String wheel() {
        return wheel;
    }

    /** The package and its versions that fit, as pip takes them. */
    public String requirement() {
        return wheel + versions;
    }

    /**
     * About how much pip downloads for the package, in units of 10^6 bytes: the wheels for x86_64 of November 2026. pip does
     * not tell before it downloads.
     */
    public int megabytes() {
        return megabytes;
    }
}
