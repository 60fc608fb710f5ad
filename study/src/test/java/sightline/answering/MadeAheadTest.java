package sightline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sightline.error.InputException;

@Timeout(value = 10, unit = TimeUnit.MINUTES) // a guard against waiting for ever
class MadeAheadTest {
    private static final int MOST = 3;
    private static final List<Integer> KEYS = IntStream.range(0, 20).boxed().toList();

    private final List<Integer> made = Collections.synchronizedList(new ArrayList<>());

    private MadeAhead<Integer, String> ahead(Function<Integer, String> make) {
        return new MadeAhead<>(
                KEYS,
                key -> {
                    made.add(key);
                    return make.apply(key);
                },
                MOST,
                2);
    }

    @Test
    void eachIsMadeOnceAndFewAtATime() {
        try (MadeAhead<Integer, String> ahead = ahead(key -> "value " + key)) {
            for (int key : KEYS) {
                assertThat(ahead.waiting()).isEqualTo(Math.min(MOST, KEYS.size() - key));
                assertThat(ahead.take(key)).isEqualTo("value " + key);
                assertThat(made).hasSizeLessThanOrEqualTo(key + 1 + MOST);
            }
        }
        assertThat(made).containsExactlyInAnyOrderElementsOf(KEYS);
    }

    @Test
    void theNextIsMadeBeforeItIsAskedFor() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(MOST);
        try (MadeAhead<Integer, String> ahead = ahead(key -> {
            begun.countDown();
            return "";
        })) {
            assertThat(begun.await(10, TimeUnit.MINUTES)).isTrue();
            assertThat(made).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(ahead.take(0)).isEmpty();
        }
    }

    @Test
    void whatIsAskedForEarlyIsMadeAtOnceAndNotAgain() {
        try (MadeAhead<Integer, String> ahead = ahead(key -> "value " + key)) {
            assertThat(ahead.take(10)).isEqualTo("value 10");
            for (int key : KEYS) {
                if (key != 10) {
                    assertThat(ahead.take(key)).isEqualTo("value " + key);
                }
            }
        }
        assertThat(made).containsExactlyInAnyOrderElementsOf(KEYS);
    }

    @Test
    void whatMakingThrewIsThrownToWhoAsksAndToNobodyElse() {
        InputException broken = new InputException("1.png", "is damaged", "a picture", "Fetch it again");
        try (MadeAhead<Integer, String> ahead = ahead(key -> {
            if (key == 1) {
                throw broken;
            }
            if (key == 2) {
                throw new StackOverflowError("deep");
            }
            return "value " + key;
        })) {
            assertThat(ahead.take(0)).isEqualTo("value 0");
            assertThatThrownBy(() -> ahead.take(1)).isSameAs(broken);
            assertThatThrownBy(() -> ahead.take(2)).isInstanceOf(StackOverflowError.class);
            assertThat(ahead.take(3)).isEqualTo("value 3");
        }
    }

    @Test
    void closedItBeginsNoMoreAndHasEndedWhatItHadBegun() {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        List<Integer> ended = Collections.synchronizedList(new ArrayList<>());
        try (MadeAhead<Integer, String> ahead = ahead(key -> {
            begun.countDown();
            await(go);
            ended.add(key);
            return "";
        })) {
            await(begun);
            assertThat(ahead.waiting()).isEqualTo(MOST);
            new Thread(go::countDown).start();
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(made).hasSizeLessThanOrEqualTo(MOST);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
