package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.model.Progress;

/** Without a model: who works on what, and how it ends. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard: workers that wait for each other would do so for ever
class SideBySideTest {
    /** Of three samples each. */
    private static final List<List<Integer>> PICTURES = IntStream.range(0, 10)
            .mapToObj(picture -> List.of(3 * picture, 3 * picture + 1, 3 * picture + 2))
            .toList();

    private final List<Integer> begun = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private final Map<Integer, Set<Recording>> workers = new HashMap<>();
    private int made;
    private int closed;

    /** What a worker does with a sample. */
    private interface Work {
        Runnable on(int sample) throws Exception;
    }

    private final class Recording implements SideBySide.Worker<Integer> {
        private final Work work;

        Recording(Work work) {
            this.work = work;
            synchronized (SideBySideTest.this) {
                made++;
            }
        }

        @Override
        public Runnable work(Integer sample) {
            synchronized (SideBySideTest.this) {
                begun.add(sample);
                workers.computeIfAbsent(sample / 3, picture -> new HashSet<>()).add(this);
            }
            try {
                return work.on(sample);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            synchronized (SideBySideTest.this) {
                closed++;
            }
        }
    }

    private boolean run(int threads, Work work, BooleanSupplier stop) {
        return SideBySide.run(crew(threads, work), PICTURES, Progress.NONE, stop);
    }

    private List<Supplier<SideBySide.Worker<Integer>>> crew(int workers, Work work) {
        return Collections.nCopies(workers, () -> new Recording(work));
    }

    private void assertAllClosed(int threads) {
        assertThat(made).isEqualTo(threads);
        assertThat(closed).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void allIsDoneAndAPictureStaysWithOneWorker(int threads) {
        CountDownLatch all = new CountDownLatch(threads);
        boolean stopped = run(
                threads,
                sample -> {
                    all.countDown();
                    assertThat(all.await(10, TimeUnit.MINUTES)).isTrue();
                    Thread.sleep(1);
                    return () -> kept.add(sample);
                },
                () -> false);

        assertThat(stopped).isFalse();
        List<Integer> samples = PICTURES.stream().flatMap(List::stream).toList();
        assertThat(kept).containsExactlyInAnyOrderElementsOf(samples);
        assertThat(workers.values()).hasSize(PICTURES.size()).allMatch(one -> one.size() == 1);
        for (List<Integer> picture : PICTURES) {
            assertThat(begun).containsSubsequence(picture);
        }
        assertAllClosed(threads);
    }

    @Test
    void moreThreadsThanPicturesAreNotMade() {
        SideBySide.run(crew(8, sample -> () -> {}), List.of(List.of(1, 2)), Progress.NONE, () -> false);
        assertThat(begun).containsExactly(1, 2);
        assertAllClosed(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stoppedItBeginsNothingMore(int threads) {
        AtomicInteger asked = new AtomicInteger();
        boolean stopped = run(threads, sample -> () -> kept.add(sample), () -> asked.incrementAndGet() > 2);

        assertThat(stopped).isTrue();
        assertThat(begun).as("asked before each, also of one picture").hasSize(2);
        assertThat(kept).containsExactlyInAnyOrderElementsOf(begun);
        assertThat(asked).hasValue(3);
        assertAllClosed(threads);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void ifWorkFailsThatIsTheEnd(int threads) {
        assertFails(threads, () -> {
            throw new IllegalStateException("no work");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void ifAResultCannotBeKeptThatIsTheEnd(int threads) {
        assertFails(threads, () -> () -> {
            throw new IllegalStateException("no room");
        });
    }

    /** The first sample fails while each other worker has one in hand, which it keeps. */
    private void assertFails(int threads, Supplier<Runnable> failing) {
        CountDownLatch inHand = new CountDownLatch(threads);
        CompletableFuture<Thread> failed = new CompletableFuture<>();
        Work work = sample -> {
            inHand.countDown();
            assertThat(inHand.await(10, TimeUnit.MINUTES)).isTrue();
            if (sample == 0) {
                failed.complete(Thread.currentThread());
                return failing.get();
            }
            failed.get().join(); // then what the failure brings about has been brought about
            return () -> kept.add(sample);
        };
        assertThatThrownBy(() -> run(threads, work, () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no ");
        assertThat(begun).as("nothing behind those in hand").hasSize(threads);
        assertThat(kept).hasSize(begun.size() - 1).doesNotContain(0);
        assertAllClosed(threads);
    }
}
