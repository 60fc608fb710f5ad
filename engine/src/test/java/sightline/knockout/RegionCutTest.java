package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.knockout.RegionCut.Target;
import sightline.text.TokenRole;

/** Which rows and tokens a region's cuts are about, in families that read the picture apart and in those that do not. */
class RegionCutTest {
    private static final PictureTokens PICTURE = new PictureTokens(4, 6);

    /** One row stands for the picture. */
    private static final TokenRole[] APART = {
        TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.QUESTION, TokenRole.TEMPLATE
    };

    /** Four rows do. */
    private static final TokenRole[] AMONG = {
        TokenRole.TEMPLATE,
        TokenRole.IMAGE,
        TokenRole.IMAGE,
        TokenRole.IMAGE,
        TokenRole.IMAGE,
        TokenRole.QUESTION,
        TokenRole.TEMPLATE
    };

    private static BitSet bits(int... bits) {
        BitSet set = new BitSet();
        for (int bit : bits) {
            set.set(bit);
        }
        return set;
    }

    private static Act act(Intervention cut) {
        assertThat(cut.acts()).hasSize(1);
        return cut.acts().get(0);
    }

    @ParameterizedTest
    @CsvSource({"LAST, '{3}', '{4}'", "QUESTION, '{1, 2}', '{1, 2, 3}'", "ALL, '{1, 2, 3}', '{1, 2, 3, 4}'"})
    void rowsFromTheImageTokenOnLoseEdges(Target target, String first, String second) {
        Intervention cut = RegionCut.of(RegionCut.INSIDE, bits(1, 2), target, Medium.IMAGE);
        assertThat(cut.name()).isEqualTo("region_to_" + target);
        assertThat(new Layout(APART, 0, PICTURE).rows(act(cut).targets())).hasToString(first);
        assertThat(new Layout(APART, 1, PICTURE).rows(act(cut).targets())).hasToString(second);
        assertThat(act(cut).edit()).isEqualTo(new Edit.Cut(new TokenSet.Region(bits(1, 2))));
    }

    /** Padding tiles' tokens are nobody's. */
    @Test
    void outsideIsAllElseThatHoldsPicture() {
        Intervention cut = RegionCut.outside(bits(1, 2), PICTURE, Target.ALL, Medium.IMAGE);
        assertThat(cut.name()).isEqualTo("outside_to_all");
        assertThat(act(cut).edit()).isEqualTo(new Edit.Cut(new TokenSet.Region(bits(0, 3))));
    }

    @ParameterizedTest
    @CsvSource({"LAST, '{6}'", "QUESTION, '{5}'", "ALL, '{5, 6}'"})
    void amongTextRowsThoseOfThePictureGoOnReadingOneAnother(Target target, String rows) {
        PictureTokens picture = new PictureTokens(4, 4);
        Act act = act(RegionCut.of(RegionCut.INSIDE, bits(0, 3), target, Medium.TEXT));
        Layout layout = new Layout(AMONG, 0, picture);
        assertThat(act.medium()).isEqualTo(Medium.TEXT);
        assertThat(layout.rows(act.targets())).hasToString(rows);
        assertThat(layout.in(Medium.TEXT, ((Edit.Cut) act.edit()).sources())).isEqualTo(bits(1, 4));
    }

    @Test
    void withoutAPictureNoRowStandsBeforeIt() {
        Layout layout = new Layout(new TokenRole[] {TokenRole.QUESTION, TokenRole.TEMPLATE}, 0, PICTURE);
        assertThat(List.of(layout.rows(new TokenSet.BeforeImage()))).containsExactly(new BitSet());
    }
}
