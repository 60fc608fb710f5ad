package sightline.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words are those of the engine's allocator, of CUDA's runtime and of cuBLAS. */
class CardMemoryTest {
    static final String ALLOCATOR =
            "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 1 has a total capacity of 23.65 GiB of"
                    + " which 512.00 MiB is free. Process 1 has 23.00 GiB memory in use.\nException raised from malloc at x.cpp:1\n";

    @Test
    void saysWhatWasNeededAndWhatIsFree() {
        assertThat(CardMemory.exhausted(new IllegalStateException("sample 7", new RuntimeException(ALLOCATOR))))
                .contains(
                        "the card's memory is full; 2.00 GiB more was needed; of 23.65 GiB on card 1, 512.00 MiB is free");
    }

    @Test
    void withoutNumbersItIsFullAllTheSame() {
        assertThat(CardMemory.exhausted(new RuntimeException("CUDA error: out of memory\nCUDA kernel errors might")))
                .contains("the card's memory is full");
        assertThat(CardMemory.exhausted(new RuntimeException(
                        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")))
                .contains("the card's memory is full");
    }

    @Test
    void otherTroubleIsNone() {
        assertThat(CardMemory.exhausted(new RuntimeException("shape mismatch"))).isEmpty();
        assertThat(CardMemory.exhausted(new OutOfMemoryError("Java heap space")))
                .isEmpty();
        assertThat(CardMemory.exhausted(new RuntimeException())).isEmpty();
    }
}
