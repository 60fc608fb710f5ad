package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.text.TokenRole;

/** Which edges a named intervention cuts, and in which layers, as METHOD section 4 says it. */
class InterventionTest {
    private static final int VISION = 5;

    /** Begin token, image, two of the instruction, two of the question, end of turn; an answer follows. */
    private static final TokenRole[] ROLES = {
        TokenRole.TEMPLATE,
        TokenRole.IMAGE,
        TokenRole.INSTRUCTION,
        TokenRole.INSTRUCTION,
        TokenRole.QUESTION,
        TokenRole.QUESTION,
        TokenRole.TEMPLATE
    };

    private static Act act(String name) {
        return Interventions.of(Medium.IMAGE).named(name).orElseThrow().acts().get(0);
    }

    private static Layout layout(int answerToken) {
        return new Layout(ROLES, answerToken, new PictureTokens(3, VISION));
    }

    private static void cuts(String name, int answerToken, Medium medium, String sources, String targets) {
        Act act = act(name);
        assertThat(act.medium()).isEqualTo(medium);
        assertThat(layout(answerToken).in(medium, ((Edit.Cut) act.edit()).sources()))
                .isEqualTo(bits(sources));
        assertThat(layout(answerToken).rows(act.targets())).isEqualTo(bits(targets));
    }

    private static BitSet bits(String list) {
        BitSet set = new BitSet();
        if (!list.isEmpty()) {
            Arrays.stream(list.split(" ")).mapToInt(Integer::parseInt).forEach(set::set);
        }
        return set;
    }

    /** The last position is 6 for answer token 0, 8 for answer token 2; 7 is then the answer so far. */
    @ParameterizedTest
    @CsvSource({
        "last_to_last, 0, 6, 6",
        "last_to_last, 2, 8, 8",
        "question_to_last, 0, 0 1 2 3 4 5, 6",
        "question_to_last, 2, 0 1 2 3 4 5 6 7, 8",
        "question_text_to_last, 2, 4 5, 8",
        "instruction_to_question_text, 0, 2 3, 4 5",
        "image_token_to_last, 0, 1, 6",
        "template_to_last, 0, 0, 6",
        "template_to_last, 2, 0 6, 8",
        "begin_to_last, 2, 0, 8",
        "begin_to_question, 0, 0, 0 1 2 3 4 5",
        "question_without_begin_to_last, 0, 1 2 3 4 5, 6",
        "question_without_begin_to_last, 2, 1 2 3 4 5 6 7, 8",
        "answer_to_last, 0, '', 6",
        "answer_to_last, 1, '', 7",
        "answer_to_last, 2, 7, 8"
    })
    void cutsText(String name, int answerToken, String sources, String targets) {
        cuts(name, answerToken, Medium.TEXT, sources, targets);
    }

    @ParameterizedTest
    @CsvSource({
        "image_to_last, 2, 8",
        "image_to_question, 2, 0 1 2 3 4 5 6 7",
        "image_to_question_text, 2, 4 5",
        "image_to_answer, 2, 7"
    })
    void cutsTheImage(String name, int answerToken, String targets) {
        cuts(name, answerToken, Medium.IMAGE, "0 1 2 3 4", targets);
    }

    /** Where the picture stands among the text rows, the same names cut other edges (METHOD-LLAVA section 4). */
    @ParameterizedTest
    @CsvSource({
        "question_to_last, 0 3, 4",
        "question_without_begin_to_last, 3, 4",
        "image_to_last, 1 2, 4",
        "image_to_question, 1 2, 0 3",
        "last_to_last, 4, 4"
    })
    void cutsAmongTextRows(String name, String sources, String targets) {
        Act act = Interventions.of(Medium.TEXT).named(name).orElseThrow().acts().get(0);
        TokenRole[] roles = {
            TokenRole.TEMPLATE, TokenRole.IMAGE, TokenRole.IMAGE, TokenRole.QUESTION, TokenRole.TEMPLATE
        };
        Layout layout = new Layout(roles, 0, new PictureTokens(2, 2));
        assertThat(act.medium()).isEqualTo(Medium.TEXT);
        assertThat(layout.rows(((Edit.Cut) act.edit()).sources())).isEqualTo(bits(sources));
        assertThat(layout.rows(act.targets())).isEqualTo(bits(targets));
    }

    @Test
    void aRegionIsKeptAsItWasGiven() {
        BitSet region = bits("1 3");
        TokenSet.Region set = new TokenSet.Region(region);
        Intervention intervention = new Intervention("region", Act.cut(Medium.IMAGE, new TokenSet.Last(), set));
        int hash = intervention.hashCode();
        region.set(4); // interventions are keys of maps: they must not change
        assertThat(intervention.hashCode()).isEqualTo(hash);
        set.tokens().set(0);
        assertThat(layout(0).visionTokens(set)).isEqualTo(bits("1 3"));
        assertThat(layout(0).visionTokens(new TokenSet.Complement(set))).isEqualTo(bits("0 2 4"));
        assertThat(layout(0).visionTokens(new TokenSet.Region(bits("2 99")))).isEqualTo(bits("2"));
    }

    @Test
    void setsOfTheOtherMediumAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> layout(0).rows(new TokenSet.ImageTokens()));
        assertThatIllegalArgumentException().isThrownBy(() -> layout(0).visionTokens(new TokenSet.Last()));
    }

    @Test
    void setsAreJoinedAndTurnedRound() {
        TokenSet union = new TokenSet.Union(List.of(new TokenSet.Last(), new TokenSet.Role(TokenRole.IMAGE)));
        assertThat(layout(1).rows(union)).isEqualTo(bits("1 7"));
        assertThat(layout(1).rows(new TokenSet.Complement(union))).isEqualTo(bits("0 2 3 4 5 6"));
    }

    /** Rows before a source do not read it. */
    @ParameterizedTest
    @CsvSource({
        "answer_to_last, 0, false",
        "answer_to_last, 1, false",
        "answer_to_last, 2, true",
        "question_text_to_instruction, 0, false",
        "instruction_to_question_text, 0, true",
        "choices_to_last, 0, false",
        "image_to_choices, 0, false",
        "image_to_template, 0, true"
    })
    void tellsWhetherThereIsAnythingToCut(String name, int answerToken, boolean something) {
        Intervention intervention = Interventions.of(Medium.IMAGE).named(name).orElseThrow();
        assertThat(intervention.changesAnything(layout(answerToken))).isEqualTo(something);
    }

    /** An even k spans k + 1 layers; near the ends a window is shorter. */
    @ParameterizedTest
    @CsvSource({
        "5, 1, 5, 5",
        "5, 2, 4, 6",
        "5, 3, 4, 6",
        "5, 4, 3, 7",
        "0, 1, 0, 0",
        "0, 9, 0, 4",
        "1, 4, 0, 3",
        "9, 4, 7, 9",
        "9, 5, 7, 9",
        "5, 2147483647, 0, 9"
    })
    void windows(int layer, int k, int first, int last) {
        assertThat(Window.around(layer, k, 10)).isEqualTo(new Window(first, last));
    }
}
