package sightline.device;

/**
 * NVIDIA's libraries that the engine's CUDA half is built on, those first that others need.
 *
 * <p>File names hold the version that decides whether a library fits: these are CUDA 13's.
 */
public enum CudaLibrary {
    RUNTIME("libcudart.so.13", "nvidia-cuda-runtime", ">=13,<14"),
    NVRTC("libnvrtc.so.13", "nvidia-cuda-nvrtc", ">=13,<14"),
    NVJITLINK("libnvJitLink.so.13", "nvidia-nvjitlink", ">=13,<14"),
    CUBLAS_LT("libcublasLt.so.13", "nvidia-cublas", ">=13,<14"),
    CUBLAS("libcublas.so.13", "nvidia-cublas", ">=13,<14"),
    CUFFT("libcufft.so.12", "nvidia-cufft", ">=12,<13"),
    CURAND("libcurand.so.10", "nvidia-curand", ">=10,<11"),
    CUSPARSE("libcusparse.so.12", "nvidia-cusparse", ">=12,<13"),
    CUSPARSE_LT("libcusparseLt.so.0", "nvidia-cusparselt-cu13", ""),
    CUSOLVER("libcusolver.so.12", "nvidia-cusolver", ">=12,<13"),
    CUPTI("libcupti.so.13", "nvidia-cuda-cupti", ">=13,<14"),
    CUFILE("libcufile.so.0", "nvidia-cufile", ""),
    NCCL("libnccl.so.2", "nvidia-nccl-cu13", ""),
    CUDNN("libcudnn.so.9", "nvidia-cudnn-cu13", ">=9,<10");

    private final String file;
    private final String wheel;
    private final String versions;

    CudaLibrary(String file, String wheel, String versions) {
        this.file = file;
        this.wheel = wheel;
        this.versions = versions;
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

    /** The command that brings it into the Python environment, where it is found. */
    public String remedy() {
        return "python3 -m pip install '" + requirement() + "'";
    }
}
