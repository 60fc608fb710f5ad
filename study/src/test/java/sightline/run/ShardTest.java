package sightline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.error.InputException;
import sightline.files.WorkLock;

class ShardTest {
    @Property
    void shardsPartTheWhole(
            @ForAll @IntRange(max = 100) int samples, @ForAll @IntRange(min = 1, max = 130) int shards) {
        List<Integer> all = IntStream.range(0, samples).boxed().toList();
        List<Integer> joined = new ArrayList<>();
        long point = 0;
        for (int number = 1; number <= shards; number++) {
            Shard shard = new Shard(number, shards);
            List<Integer> mine = shard.of(all);
            assertThat(mine.size()).isBetween(samples / shards, samples / shards + 1);
            joined.addAll(mine);
            assertThat(shard.firstPoint()).isEqualTo(point);
            assertThat(shard.endPoint()).isGreaterThan(point);
            point = shard.endPoint();
        }
        assertThat(joined).isEqualTo(all);
        assertThat(point).isEqualTo(WorkLock.WHOLE);
    }

    /** Shards whose samples overlap have locks that overlap, whatever their number. */
    @Property
    void locksOverlapAsSamplesDo(
            @ForAll @IntRange(min = 1, max = 40) int one, @ForAll @IntRange(min = 1, max = 40) int two) {
        List<Integer> all = IntStream.range(0, 97).boxed().toList();
        for (int i = 1; i <= one; i++) {
            for (int j = 1; j <= two; j++) {
                Shard a = new Shard(i, one);
                Shard b = new Shard(j, two);
                if (a.of(all).stream().anyMatch(b.of(all)::contains)) {
                    assertThat(a.firstPoint() < b.endPoint() && b.firstPoint() < a.endPoint())
                            .as(a + " and " + b)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0/3", "4/3", "1/0", "a/b", "1/2/3", "-1/2", "1/9999999999"})
    void anythingElseIsNoShard(String text) {
        assertThatThrownBy(() -> Shard.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--shard: is '" + text + "'");
    }
}
