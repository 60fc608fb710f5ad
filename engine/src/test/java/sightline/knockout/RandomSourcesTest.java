package sightline.knockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.text.TokenRole;

/** Which rows stand in for a pathway's sources. */
class RandomSourcesTest {
    private static final int LAYERS = 6;
    private static final ModelShape SHAPE =
            new ModelShape(Collections.nCopies(LAYERS, Medium.TEXT), 64, 128, 4, 2, 16, 600, 2048);
    private static final TokenRole[] ROLES = roles(20);

    /** The image at 2, the question's words from 5 to 9. */
    private static TokenRole[] roles(int prompt) {
        TokenRole[] roles = new TokenRole[prompt];
        Arrays.fill(roles, TokenRole.TEMPLATE);
        roles[2] = TokenRole.IMAGE;
        Arrays.fill(roles, 5, 10, TokenRole.QUESTION);
        return roles;
    }

    private static Layout layout(TokenRole[] roles, int answerToken) {
        return new Layout(roles, answerToken, new PictureTokens(4, 4));
    }

    private static Optional<Intervention> control(long sample, int draw, String pathway, TokenRole[] roles) {
        return new RandomSources(sample, draw)
                .of(Interventions.of(Medium.IMAGE).named(pathway).orElseThrow(), layout(roles, 2), SHAPE);
    }

    /** By layer. */
    private static List<BitSet> sources(Intervention control, int answerToken) {
        List<BitSet> sources = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            Act act = control.at(layer).acts().get(0);
            sources.add(layout(ROLES, answerToken).rows(((Edit.Cut) act.edit()).sources()));
        }
        return sources;
    }

    @Test
    void asManyOthersAreDrawnForEachLayer() {
        Intervention control = control(1, 0, "question_text_to_last", ROLES).orElseThrow();
        assertThat(control.name()).isEqualTo("random_sources(question_text_to_last)");
        List<BitSet> sources = sources(control, 0);
        for (BitSet drawn : sources) {
            assertThat(drawn.cardinality()).isEqualTo(5);
            assertThat(drawn.stream()).allMatch(row -> row >= 1 && row <= 18 && (row < 5 || row > 9));
        }
        assertThat(Set.copyOf(sources)).as("layers differ").hasSizeGreaterThan(3);
        assertThat(sources(control, 2)).as("later answer tokens lose the same").isEqualTo(sources);
    }

    @Test
    void samplesAndDrawsDiffer() {
        Set<List<BitSet>> all = new HashSet<>();
        for (long sample = 0; sample < 3; sample++) {
            for (int draw = 0; draw < 3; draw++) {
                all.add(sources(
                        control(sample, draw, "question_text_to_last", ROLES).orElseThrow(), 0));
            }
        }
        assertThat(all).hasSize(9);
        assertThat(sources(control(1, 1, "question_text_to_last", ROLES).orElseThrow(), 0))
                .isEqualTo(sources(control(1, 1, "question_text_to_last", ROLES).orElseThrow(), 0));
    }

    /** The answer so far is no source at its first token, and one more at each later one; the first drawn stay. */
    @Test
    void growsWithTheAnswer() {
        Intervention control = control(1, 0, "answer_to_last", ROLES).orElseThrow();
        List<BitSet> one = sources(control, 2);
        assertThat(sources(control, 0)).allMatch(BitSet::isEmpty);
        assertThat(one).allMatch(drawn -> drawn.cardinality() == 1);
        assertThat(control.changesAnything(layout(ROLES, 0))).isFalse();
        assertThat(control.changesAnything(layout(ROLES, 2))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "question_to_last",
                "question_without_begin_to_last",
                "template_to_last",
                "choices_to_last",
                "last_to_last",
                "image_to_last",
                "image_to_question",
                "question_text_to_question"
            })
    void noneWithoutEnoughOthers(String pathway) {
        assertThat(control(1, 0, pathway, ROLES)).isEmpty();
    }

    /** Of 12 rows, 5 are the question's, and 1, 2, 3, 4 and 10 are left; of 11 rows four. */
    @Test
    void justEnough() {
        assertThat(control(1, 0, "question_text_to_last", roles(12))).isPresent();
        assertThat(control(1, 0, "question_text_to_last", roles(11))).isEmpty();
    }
}
