package sightline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.model.CrossView.Pattern;
import sightline.tensor.Compute;
import sightline.tensor.ComputeDevice;
import sightline.tensor.DType;
import sightline.tensor.Scope;

/** What a row reads, as METHOD sections 3 and 4 say it; both sweeps rely on this, so neither can test it on the other. */
class ViewsTest {
    private static final int IMAGE = 2;
    private static final int VALID = 4;
    private static final int ALL = 6;

    private static BitSet bits(int... bits) {
        BitSet set = new BitSet();
        Arrays.stream(bits).forEach(set::set);
        return set;
    }

    private static BitSet range(int from, int to) {
        BitSet set = new BitSet();
        set.set(from, to);
        return set;
    }

    private static CrossView cross(int row, RowReading reading, Cut cut) {
        return CrossView.of(row, IMAGE, reading, cut, VALID, ALL);
    }

    /** Row 1 stands before the image token, row 2 is it. */
    @ParameterizedTest
    @CsvSource({
        "1, TRANSFORMERS, ALL_TILES",
        "1, META, NOTHING",
        "1, PAPER, MEAN",
        "2, TRANSFORMERS, VALID_TILES",
        "2, META, VALID_TILES",
        "2, PAPER, VALID_TILES"
    })
    void withoutACutTheReadingDecidesBeforeTheImage(int row, RowReading reading, Pattern pattern) {
        assertThat(cross(row, reading, null)).isEqualTo(new CrossView(pattern, null));
        Cut elsewhere = new Cut(Medium.CROSS_ATTENTION, bits(3 - row), range(0, ALL), Masking.ZERO);
        assertThat(cross(row, reading, elsewhere)).isEqualTo(new CrossView(pattern, null));
    }

    /** What META drops stays dropped; any other row takes what the masking says. */
    @ParameterizedTest
    @CsvSource({
        "1, TRANSFORMERS, PAPER, MEAN",
        "1, TRANSFORMERS, ZERO, NOTHING",
        "1, META, PAPER, NOTHING",
        "1, META, ZERO, NOTHING",
        "1, PAPER, PAPER, MEAN",
        "1, PAPER, ZERO, NOTHING",
        "3, TRANSFORMERS, PAPER, MEAN",
        "3, META, PAPER, MEAN",
        "3, META, ZERO, NOTHING"
    })
    void aRowCutFromAllVisionTokensReadsByTheMasking(int row, RowReading reading, Masking masking, Pattern pattern) {
        Cut cut = new Cut(Medium.CROSS_ATTENTION, bits(row), range(0, ALL), masking);
        assertThat(cross(row, reading, cut)).isEqualTo(new CrossView(pattern, null));
    }

    @ParameterizedTest
    @CsvSource({"PAPER", "ZERO"})
    void aRegionLeavesTheRestToRead(Masking masking) {
        BitSet region = bits(0, 5);
        Cut cut = new Cut(Medium.CROSS_ATTENTION, bits(1, 3), region, masking);
        assertThat(cross(3, RowReading.PAPER, cut)).isEqualTo(new CrossView(Pattern.VALID_TILES, region));
        assertThat(cross(1, RowReading.PAPER, cut)).isEqualTo(new CrossView(Pattern.MEAN, region));
        assertThat(cross(1, RowReading.TRANSFORMERS, cut)).isEqualTo(new CrossView(Pattern.ALL_TILES, region));
    }

    @Test
    void onlyTokensThatARowSeesCount() {
        Cut valid = new Cut(Medium.CROSS_ATTENTION, bits(1, 3), range(0, VALID), Masking.ZERO);
        assertThat(cross(3, RowReading.TRANSFORMERS, valid).pattern()).isEqualTo(Pattern.NOTHING);
        assertThat(cross(1, RowReading.TRANSFORMERS, valid).pattern()).isEqualTo(Pattern.ALL_TILES);

        Cut padding = new Cut(Medium.CROSS_ATTENTION, bits(1, 3), range(VALID, ALL), Masking.ZERO);
        assertThat(cross(3, RowReading.TRANSFORMERS, padding)).isEqualTo(new CrossView(Pattern.VALID_TILES, null));
        assertThat(cross(1, RowReading.TRANSFORMERS, padding).blocked()).isNotNull();
    }

    @Test
    void inSelfAttentionARowReadsUpToItself() {
        Cut cut = new Cut(Medium.SELF_ATTENTION, bits(1, 2), bits(1, 2, 7), Masking.PAPER);
        assertThat(SelfView.of(0, cut)).isSameAs(SelfView.UNCUT);
        assertThat(SelfView.of(2, cut)).isEqualTo(new SelfView(SelfView.Pattern.SOFTMAX, bits(1, 2)));
        assertThat(SelfView.of(1, new Cut(Medium.SELF_ATTENTION, bits(1), bits(2), Masking.ZERO)))
                .as("a row does not read those behind it")
                .isSameAs(SelfView.UNCUT);
    }

    @ParameterizedTest
    @CsvSource({"PAPER, MEAN", "ZERO, NOTHING"})
    void aRowCutFromAllUpToItselfReadsByTheMasking(Masking masking, SelfView.Pattern pattern) {
        Cut cut = new Cut(Medium.SELF_ATTENTION, bits(2), range(0, 3), masking);
        assertThat(SelfView.of(2, cut)).isEqualTo(new SelfView(pattern, null));
        assertThat(SelfView.of(2, cut).readsBefore(2)).isEqualTo(masking == Masking.PAPER);
    }

    /** The mask of the naive pass and the views of the shared one must say the same. */
    @Test
    void theMaskOfAPassAgreesWithTheViews() {
        Cut cut = new Cut(Medium.SELF_ATTENTION, bits(0, 2, 3), bits(0, 2), Masking.ZERO);
        try (Scope scope = Scope.open()) {
            SelfMask mask = SelfMask.of(1, 3, cut, new Compute(ComputeDevice.CPU, DType.FLOAT32));
            float no = Float.NEGATIVE_INFINITY;
            assertThat(sightline.tensor.Arrays.floats(mask.additive()))
                    .containsExactly(0, 0, no, no, no, 0, no, no, no, 0, no, 0);
            assertThat(mask.emptied()).isEmpty();
            SelfMask first = SelfMask.of(0, 1, cut, new Compute(ComputeDevice.CPU, DType.FLOAT32));
            assertThat(first.emptied()).containsExactly(0);
            assertThat(sightline.tensor.Arrays.floats(first.additive())).containsExactly(0);
        }
        assertThat(SelfView.of(0, cut).pattern()).isEqualTo(SelfView.Pattern.NOTHING);
        assertThat(SelfView.of(1, cut)).isSameAs(SelfView.UNCUT);
        assertThat(SelfView.of(2, cut).blocked()).isEqualTo(bits(0, 2));
        assertThat(SelfView.of(3, cut).blocked()).isEqualTo(bits(0, 2));
    }
}
