package sightline.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CoresTest {
    @BeforeAll
    static void load() {
        NativeEngine.load();
        assumeThat(NativeEngine.allThreads()).as("cores").isGreaterThan(1);
    }

    @Test
    void aSmallModelKeepsToOneCoreAndGivesTheOthersBack() {
        try (Cores.Held cores = Cores.of(Cores.SMALL)) {
            assertThat(NativeEngine.threads()).isEqualTo(1);
            assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
            try (Cores.Held within = Cores.of(Cores.SMALL)) {
                assertThat(NativeEngine.threads()).isEqualTo(1);
            }
            assertThat(NativeEngine.threads()).isEqualTo(1);
            assertThat(openblas.blas_get_num_threads())
                    .as("the inner one ended")
                    .isEqualTo(1);
        }
        assertThat(NativeEngine.threads()).isEqualTo(NativeEngine.allThreads());
        assertThat(openblas.blas_get_num_threads()).isNotEqualTo(1);
    }

    @Test
    void aLargeModelTakesAllButNotWhereAWorkerHasOne() {
        try (Cores.Held cores = Cores.of(Cores.SMALL + 1)) {
            assertThat(NativeEngine.threads()).isEqualTo(NativeEngine.allThreads());
        }
        try (OneThread worker = OneThread.open();
                Cores.Held cores = Cores.of(Cores.SMALL + 1)) {
            assertThat(NativeEngine.threads()).isEqualTo(1);
        }
    }

    /** The engine remembers what was set last, on whatever thread, for each thread that is new to it. */
    @Test
    void aLargeModelOnANewThreadTakesAllThoughAnotherThreadHasOne() throws Exception {
        ExecutorService another = Executors.newSingleThreadExecutor();
        try (OneThread here = OneThread.open()) {
            int[] seen = another.submit(() -> {
                        int fresh = torch.get_num_threads();
                        try (Cores.Held cores = Cores.of(Cores.SMALL + 1)) {
                            return new int[] {fresh, NativeEngine.threads()};
                        }
                    })
                    .get();
            assertThat(seen).containsExactly(1, NativeEngine.allThreads());
        } finally {
            another.shutdown();
        }
    }
}
