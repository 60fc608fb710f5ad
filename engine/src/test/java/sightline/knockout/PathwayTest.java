package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sightline.model.Cut;
import sightline.model.Masking;
import sightline.model.Medium;
import sightline.text.TokenRole;

/** Which edges a pathway cuts, and in which layers, as METHOD section 4 says it. */
class PathwayTest {
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

    private static Cut cut(String name, int answerToken) {
        return Pathways.named(name)
                .orElseThrow()
                .cut(new TextTokens.Context(ROLES, answerToken), VISION, Masking.PAPER);
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
        "answer_to_last, 0, '', 6",
        "answer_to_last, 1, '', 7",
        "answer_to_last, 2, 7, 8"
    })
    void cutsSelfAttention(String name, int answerToken, String sources, String targets) {
        Cut cut = cut(name, answerToken);
        assertThat(cut.medium()).isEqualTo(Medium.SELF_ATTENTION);
        assertThat(cut.sources()).isEqualTo(bits(sources));
        assertThat(cut.targets()).isEqualTo(bits(targets));
    }

    @ParameterizedTest
    @CsvSource({
        "image_to_last, 2, 8",
        "image_to_question, 2, 0 1 2 3 4 5 6 7",
        "image_to_question_text, 2, 4 5",
        "image_to_answer, 2, 7"
    })
    void cutsCrossAttention(String name, int answerToken, String targets) {
        Cut cut = cut(name, answerToken);
        assertThat(cut.medium()).isEqualTo(Medium.CROSS_ATTENTION);
        assertThat(cut.sources()).isEqualTo(bits("0 1 2 3 4"));
        assertThat(cut.targets()).isEqualTo(bits(targets));
    }

    @Test
    void aRegionIsKeptAsItWasGiven() {
        BitSet region = bits("1 3");
        Pathway pathway = new Pathway("region", new Pathway.Image(Optional.of(region)), new TextTokens.Last());
        int hash = pathway.hashCode();
        region.set(4); // pathways are keys of maps: they must not change
        assertThat(pathway.hashCode()).isEqualTo(hash);
        ((Pathway.Image) pathway.source()).region().orElseThrow().set(0);
        assertThat(pathway.cut(new TextTokens.Context(ROLES, 0), VISION, Masking.ZERO)
                        .sources())
                .isEqualTo(bits("1 3"));
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
