package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** Which edges are left where one pathway is kept, and which are cut where several are (SCIENCE section 2). */
class JointAndKeepTest {
    private static final TokenRole[] ROLES = {
        TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.IMAGE, TokenRole.QUESTION, TokenRole.QUESTION, TokenRole.TEMPLATE
    };

    /** With one answer token so far: row 6 is the last, and the picture has two tokens. */
    private static final Layout LAYOUT = new Layout(ROLES, 1, new PictureTokens(2, 2));

    private static Intervention named(Medium imageMedium, String name) {
        return Interventions.of(imageMedium).named(name).orElseThrow();
    }

    /** The edges of the last row that a cut leaves open, its own left out. */
    private static String left(Intervention intervention, Medium medium) {
        BitSet open = new BitSet();
        open.set(0, medium == Medium.TEXT ? LAYOUT.last() : 2);
        for (Act act : intervention.acts()) {
            assertThat(LAYOUT.rows(act.targets()).stream()).containsExactly(LAYOUT.last());
            if (act.medium() == medium) {
                BitSet cut = LAYOUT.in(medium, ((Edit.Cut) act.edit()).sources());
                assertThat(medium == Medium.TEXT && cut.get(LAYOUT.last()))
                        .as("its own edge stays")
                        .isFalse();
                open.andNot(cut);
            }
        }
        return open.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image_to_last|{}|{0, 1}",
                "question_to_last|{0, 1, 2, 3, 4, 5}|{}",
                "question_text_to_last|{3, 4}|{}",
                "begin_to_last|{0}|{}",
                "question_without_begin_to_last|{1, 2, 3, 4, 5}|{}",
                "answer_to_last|{}|{}"
            })
    void keepsOnePathway(String name, String text, String image) {
        Intervention keep = KeepOnly.of(named(Medium.IMAGE, name));
        assertThat(keep.name()).isEqualTo("keep(" + name + ")");
        assertThat(left(keep, Medium.TEXT)).isEqualTo(text);
        assertThat(left(keep, Medium.IMAGE)).isEqualTo(image);
    }

    /** Where the picture stands among the text rows, one medium has all edges. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"image_to_last|{1, 2}", "question_to_last|{0, 3, 4, 5}", "question_without_begin_to_last|{3, 4, 5}"
            })
    void keepsAmongTextRows(String name, String text) {
        assertThat(left(KeepOnly.of(named(Medium.TEXT, name)), Medium.TEXT)).isEqualTo(text);
    }

    @Test
    void keepsAPartOfThePictureNothingOrAll() {
        BitSet token = new BitSet();
        token.set(1);
        Intervention region = new Intervention(
                "region_to_last", Act.cut(Medium.IMAGE, new TokenSet.Last(), new TokenSet.Region(token)));
        assertThat(left(KeepOnly.of(region), Medium.IMAGE)).isEqualTo("{1}");
        assertThat(left(KeepOnly.of(region), Medium.TEXT)).isEqualTo("{}");
        assertThat(left(KeepOnly.nothing(), Medium.TEXT)).isEqualTo("{}");
        assertThat(left(KeepOnly.nothing(), Medium.IMAGE)).isEqualTo("{}");
        Intervention all =
                KeepOnly.of(List.of(named(Medium.IMAGE, "image_to_last"), named(Medium.IMAGE, "question_to_last")));
        assertThat(all.name()).isEqualTo("keep(image_to_last+question_to_last)");
        assertThat(all.changesAnything(LAYOUT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"last_to_last", "image_to_question", "question_text_to_choices"})
    void otherPathwaysCannotBeKept(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeepOnly.of(named(Medium.IMAGE, name)))
                .withMessage(name + " cannot be kept, expected a pathway into the last row from others");
    }

    /** Under masking paper an emptied row would read the mean of what was cut. */
    @Test
    void keepingIsForMaskingZeroOnly() {
        Intervention keep = KeepOnly.of(named(Medium.IMAGE, "image_to_last"));
        assertThat(keep.maskings()).containsExactly(Masking.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Track.wholeDepth(keep, Masking.PAPER))
                .withMessage("keep(image_to_last) under masking paper, expected one of [zero]");
        EncodedPrompt prompt = new EncodedPrompt("", new int[1], new TokenRole[] {TokenRole.IMAGE});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SweepRequest(
                        prompt,
                        new int[1],
                        List.of(keep),
                        List.of(9),
                        List.of(Masking.ZERO, Masking.PAPER),
                        RowReading.PAPER,
                        0.6))
                .withMessageStartingWith("keep(image_to_last) under maskings [zero, paper]");
        Intervention with = JointCut.of(List.of(keep, named(Medium.IMAGE, "image_to_question")));
        assertThat(with.allows(Masking.PAPER)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aJointCutHasTheEdgesOfAllAndOneAloneIsItself(Medium imageMedium) {
        Intervention one = named(imageMedium, "image_to_last");
        Intervention two = named(imageMedium, "question_to_last");
        assertThat(JointCut.of(List.of(one))).isSameAs(one);
        Intervention both = JointCut.of(List.of(one, two));
        assertThat(both.name()).isEqualTo("image_to_last+question_to_last");
        assertThat(both.acts()).containsExactly(one.acts().get(0), two.acts().get(0));
        assertThat(both.maskings()).isEqualTo(Set.of(Masking.values()));
    }

    @Test
    void subsetsComeSmallestFirst() {
        assertThat(JointCut.subsets(List.of("A", "B", "C")).stream().map(JointCut::name))
                .containsExactly("A", "B", "C", "A+B", "A+C", "B+C", "A+B+C");
        assertThat(JointCut.byBits(List.of("A", "B", "C")).stream().map(JointCut::name))
                .containsExactly("", "A", "B", "A+B", "C", "A+C", "B+C", "A+B+C");
        assertThat(JointCut.subsets(List.of())).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> JointCut.subsets(List.of("A", "A")));
    }

    @Test
    void windows() {
        assertThat(new Windows.WholeDepth().of(40)).containsExactly(new Window(0, 39));
        assertThat(new Windows.StartByEnd().of(3))
                .containsExactly(
                        new Window(0, 0),
                        new Window(0, 1),
                        new Window(0, 2),
                        new Window(1, 1),
                        new Window(1, 2),
                        new Window(2, 2));
        assertThat(new Windows.Around(3).of(3)).containsExactly(new Window(0, 1), new Window(0, 2), new Window(1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Windows.Around(0));
    }
}
