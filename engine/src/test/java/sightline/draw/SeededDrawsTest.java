package sightline.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The numbers are those of the reference implementation in Python ({@code draws} of its golden file). */
class SeededDrawsTest {
    private static SeededDraws reference() {
        return SeededDraws.of("null", 17, "question_text_to_last", 12, 0);
    }

    @Test
    void areSplitMixSeededByAHash() {
        assertThat(SeededDraws.seed("sightline|null|2026|17|question_text_to_last|12|0"))
                .isEqualTo(1031076398844558645L);
        SeededDraws draws = reference();
        assertThat(new long[] {draws.next(), draws.next(), draws.next()})
                .containsExactly(598782414449013541L, 3970475704037106866L, 7486551630316314514L);
    }

    @Test
    void pickAsTheReferencePicks() {
        int[] candidates = IntStream.range(0, 40).filter(i -> i < 10 || i > 17).toArray();
        int[] eight = reference().pick(candidates, 8);
        assertThat(Arrays.stream(eight).sorted().toArray()).containsExactly(5, 6, 9, 21, 23, 30, 35, 36);
        assertThat(reference().pick(candidates, 3)).containsExactly(Arrays.copyOf(eight, 3));
        assertThat(reference().pick(candidates, 0)).isEmpty();
        assertThat(Arrays.stream(reference().pick(candidates, candidates.length))
                        .sorted()
                        .toArray())
                .containsExactly(candidates);
        assertThatThrownBy(() -> reference().pick(candidates, 33)).isInstanceOf(IllegalArgumentException.class);
    }

    /** 2^64 is a multiple of powers of two, and its largest multiple below itself overflows. */
    @Test
    void endForPowersOfTwoAndAreFair() {
        for (int bound : new int[] {1, 2, 3, 7, 8, 1 << 30, Integer.MAX_VALUE}) {
            SeededDraws draws = SeededDraws.of("test", bound);
            for (int i = 0; i < 100; i++) {
                assertThat(draws.below(bound)).isBetween(0, bound - 1);
            }
        }
        int[] counts = new int[6];
        SeededDraws draws = SeededDraws.of("test");
        for (int i = 0; i < 60_000; i++) {
            counts[draws.below(6)]++;
        }
        assertThat(Arrays.stream(counts).allMatch(count -> count > 9_600 && count < 10_400))
                .isTrue();
        assertThatThrownBy(() -> draws.below(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPartnerIsTheNextOfAnotherCluster() {
        HashCircle circle = HashCircle.of("swap", List.of("a.png", "b.png", "c.png", "d.png", "e.png", "a.png"));
        assertThat(circle.names()).containsExactly("e.png", "a.png", "d.png", "b.png", "c.png");
        assertThat(circle.partner("a.png", name -> name)).contains("d.png");
        assertThat(circle.partner("b.png", name -> name)).contains("c.png");
        assertThat(circle.partner("c.png", name -> name)).contains("e.png");
        assertThat(circle.partner("d.png", name -> name)).contains("b.png");
        assertThat(circle.partner("e.png", name -> name)).contains("a.png");
        assertThat(circle.partner("a.png", name -> name.compareTo("d.png") <= 0 ? "one" : name))
                .contains("e.png");
        assertThat(circle.partner("a.png", name -> "one")).isEmpty();
        assertThatThrownBy(() -> circle.partner("z.png", name -> name)).isInstanceOf(IllegalArgumentException.class);
    }
}
