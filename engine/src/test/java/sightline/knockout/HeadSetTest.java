package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.knockout.HeadSet.Head;

/** Sets of heads: read, told, and held against a model. */
class HeadSetTest {
    private static final ModelShape SHAPE =
            new ModelShape(Collections.nCopies(10, Medium.TEXT), 64, 128, 4, 2, 16, 600, 2048);

    @Test
    void textIsRead() {
        HeadSet set = HeadSet.parse("8.5, 8.3,0.1").orElseThrow();
        assertThat(set.heads()).containsExactly(new Head(0, 1), new Head(8, 3), new Head(8, 5));
        assertThat(set).hasToString("0.1,8.3,8.5");
        assertThat(HeadSilencing.name(set, false)).isEqualTo("heads(0.1,8.3,8.5)");
        assertThat(HeadSilencing.name(set, true)).isEqualTo("heads_in_all_rows(0.1,8.3,8.5)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "8.", "8.3,", "8-3", "-1.3", "8.3,8.3", "8.3.1", "99999.1", "a.b"})
    void otherTextIsNone(String text) {
        assertThat(HeadSet.parse(text)).isEmpty();
    }

    @Test
    void whatIsLeftAndWhatIsBeyond() {
        int all = SHAPE.layers() * SHAPE.heads();
        HeadSet set = HeadSet.ofPlaces(List.of(SHAPE.heads() + 2, 0), SHAPE);
        assertThat(set.heads()).containsExactly(new Head(0, 0), new Head(1, 2));
        assertThat(set.others(SHAPE).heads()).hasSize(all - 2).doesNotContain(new Head(1, 2));
        assertThat(set.beyond(SHAPE)).isEmpty();
        assertThat(HeadSet.parse("0.0,0." + SHAPE.heads()).orElseThrow().beyond(SHAPE))
                .contains(new Head(0, SHAPE.heads()));
        assertThat(HeadSet.parse(SHAPE.layers() + ".0").orElseThrow().beyond(SHAPE))
                .isPresent();
        assertThat(set.byLayer(SHAPE).get(1).get(2)).isTrue();
    }
}
