package sightline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sightline.knockout.Act;
import sightline.knockout.Edit;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Layout;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.PictureTokens;
import sightline.knockout.RowReading;
import sightline.knockout.TokenSet;
import sightline.mllama.MllamaRules;
import sightline.text.TokenRole;

/** What a row of Mllama reads, as METHOD sections 3 and 4 say it. */
class RowViewsTest {
    private static final int VALID = 4;
    private static final int ALL = 6;

    /** Row 0 template, row 1 stands before the image, row 2 is it, row 3 the question, row 4 the last. */
    private static final Layout LAYOUT = new Layout(
            new TokenRole[] {
                TokenRole.TEMPLATE, TokenRole.INSTRUCTION, TokenRole.IMAGE, TokenRole.QUESTION, TokenRole.CHOICES
            },
            0,
            new PictureTokens(VALID, ALL));

    private static final TokenSet EARLY = new TokenSet.Role(TokenRole.INSTRUCTION);
    private static final TokenSet LATE = new TokenSet.Role(TokenRole.QUESTION);
    private static final TokenSet BOTH = new TokenSet.Union(List.of(EARLY, LATE));

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

    private static RowView view(Medium medium, int row, RowReading reading, Masking masking, Act... acts) {
        RowViews views = new RowViews(new MllamaRules(), reading);
        RowViews.Rows uncut = views.uncut(LAYOUT);
        RowViews.Rows rows =
                acts.length == 0 ? uncut : views.under(new Intervention("test", List.of(acts)), masking, LAYOUT, uncut);
        return views.view(rows.in(medium)[row]);
    }

    private static Act cut(TokenSet targets, BitSet region) {
        return Act.cut(Medium.IMAGE, targets, new TokenSet.Region(region));
    }

    private static RowView named(String name) {
        return switch (name) {
            case "valid" -> RowView.softmax(VALID);
            case "all" -> RowView.softmax(ALL);
            case "mean" -> RowView.mean(ALL);
            default -> RowView.NOTHING;
        };
    }

    private static RowView partly(RowView uncut, BitSet blocked) {
        return new RowView(uncut.weighing(), uncut.keys(), blocked, null);
    }

    @ParameterizedTest
    @CsvSource({
        "1, TRANSFORMERS, all",
        "1, META, nothing",
        "1, PAPER, mean",
        "2, TRANSFORMERS, valid",
        "2, META, valid",
        "2, PAPER, valid"
    })
    void withoutACutTheReadingDecidesBeforeTheImage(int row, RowReading reading, String view) {
        assertThat(view(Medium.IMAGE, row, reading, Masking.ZERO)).isEqualTo(named(view));
        Act elsewhere = cut(LATE, range(0, ALL));
        assertThat(view(Medium.IMAGE, row, reading, Masking.ZERO, elsewhere)).isEqualTo(named(view));
        Act ofText = Act.cut(Medium.TEXT, BOTH, new TokenSet.BeforeLast());
        assertThat(view(Medium.IMAGE, row, reading, Masking.ZERO, ofText)).isEqualTo(named(view));
    }

    /** What META drops stays dropped; any other row takes what the masking says. */
    @ParameterizedTest
    @CsvSource({
        "1, TRANSFORMERS, PAPER, mean",
        "1, TRANSFORMERS, ZERO, nothing",
        "1, META, PAPER, nothing",
        "1, META, ZERO, nothing",
        "1, PAPER, PAPER, mean",
        "1, PAPER, ZERO, nothing",
        "3, TRANSFORMERS, PAPER, mean",
        "3, META, PAPER, mean",
        "3, META, ZERO, nothing"
    })
    void aRowCutFromAllVisionTokensReadsByTheMasking(int row, RowReading reading, Masking masking, String view) {
        Act whole = cut(BOTH, range(0, ALL));
        assertThat(view(Medium.IMAGE, row, reading, masking, whole)).isEqualTo(named(view));
        assertThat(view(Medium.IMAGE, row, reading, masking, cut(BOTH, range(0, 3)), cut(BOTH, range(2, ALL))))
                .as("two acts cut what both cut")
                .isEqualTo(named(view));
    }

    @ParameterizedTest
    @CsvSource({"PAPER", "ZERO"})
    void aRegionLeavesTheRestToRead(Masking masking) {
        Act region = cut(BOTH, bits(0, 5));
        assertThat(view(Medium.IMAGE, 3, RowReading.PAPER, masking, region))
                .isEqualTo(partly(RowView.softmax(VALID), bits(0)));
        assertThat(view(Medium.IMAGE, 1, RowReading.PAPER, masking, region))
                .as("a mean stays one of all tokens")
                .isEqualTo(RowView.mean(ALL));
        assertThat(view(Medium.IMAGE, 1, RowReading.TRANSFORMERS, masking, region))
                .isEqualTo(partly(RowView.softmax(ALL), bits(0, 5)));
    }

    @Test
    void onlyTokensThatARowSeesCount() {
        Act valid = cut(BOTH, range(0, VALID));
        assertThat(view(Medium.IMAGE, 3, RowReading.TRANSFORMERS, Masking.ZERO, valid))
                .isEqualTo(RowView.NOTHING);
        assertThat(view(Medium.IMAGE, 1, RowReading.TRANSFORMERS, Masking.ZERO, valid))
                .isEqualTo(partly(RowView.softmax(ALL), range(0, VALID)));
        Act padding = cut(BOTH, range(VALID, ALL));
        assertThat(view(Medium.IMAGE, 3, RowReading.TRANSFORMERS, Masking.ZERO, padding))
                .isEqualTo(RowView.softmax(VALID));
    }

    @Test
    void inATextLayerARowReadsUpToItself() {
        Act cut = Act.cut(Medium.TEXT, LATE, BOTH);
        assertThat(view(Medium.TEXT, 1, RowReading.PAPER, Masking.ZERO, cut)).isEqualTo(RowView.softmax(2));
        assertThat(view(Medium.TEXT, 3, RowReading.PAPER, Masking.ZERO, cut))
                .isEqualTo(partly(RowView.softmax(4), bits(1, 3)));
        assertThat(view(Medium.TEXT, 1, RowReading.PAPER, Masking.ZERO, Act.cut(Medium.TEXT, EARLY, LATE)))
                .as("a row does not read those behind it")
                .isEqualTo(RowView.softmax(2));
    }

    @Test
    void aRowCutFromAllUpToItselfReadsByTheMasking() {
        Act cut = Act.cut(Medium.TEXT, LATE, new TokenSet.BeforeLast());
        RowView mean = view(Medium.TEXT, 3, RowReading.PAPER, Masking.PAPER, cut);
        assertThat(mean).isEqualTo(RowView.mean(4));
        assertThat(mean.readsBefore(3)).isTrue();
        RowView nothing = view(Medium.TEXT, 3, RowReading.PAPER, Masking.ZERO, cut);
        assertThat(nothing).isEqualTo(RowView.NOTHING);
        assertThat(nothing.readsBefore(3)).isFalse();
    }

    static Stream<Intervention> interventions() {
        TokenSet answer = new TokenSet.Role(TokenRole.ANSWER);
        return Stream.concat(
                Interventions.of(Medium.IMAGE).all().values().stream(),
                Stream.of(
                        new Intervention(
                                "backwards", Act.cut(Medium.TEXT, new TokenSet.BeforeLast(), new TokenSet.Last())),
                        new Intervention(
                                "all but",
                                Act.cut(
                                        Medium.TEXT,
                                        new TokenSet.Complement(EARLY),
                                        new TokenSet.Complement(new TokenSet.Union(List.of(answer, LATE)))))));
    }

    /** So that the rows before the last are followed once for all answer tokens. */
    @ParameterizedTest
    @MethodSource("interventions")
    void aRowBeforeTheLastReadsTheSameAtEveryAnswerToken(Intervention intervention) {
        int answerTokens = 3;
        for (Masking masking : Masking.values()) {
            RowViews views = new RowViews(new MllamaRules(), RowReading.PAPER);
            Layout whole = new Layout(LAYOUT.promptRoles(), answerTokens - 1, LAYOUT.picture());
            RowViews.Rows uncut = views.uncut(whole);
            RowViews.Rows longest = views.under(intervention, masking, whole, uncut);
            for (int token = 0; token < answerTokens; token++) {
                Layout layout = new Layout(LAYOUT.promptRoles(), token, LAYOUT.picture());
                RowViews.Rows rows = views.under(intervention, masking, layout, uncut);
                for (Medium medium : Medium.values()) {
                    assertThat(Arrays.copyOf(rows.in(medium), layout.last()))
                            .as("%s, answer token %d, %s rows", masking, token, medium)
                            .isEqualTo(Arrays.copyOf(longest.in(medium), layout.last()));
                }
            }
        }
    }

    @Test
    void silencedHeadsGoWithAnyCut() {
        Act silence = new Act(Medium.TEXT, LATE, new Edit.Silence(bits(1)));
        Act cut = Act.cut(Medium.TEXT, LATE, EARLY);
        assertThat(view(Medium.TEXT, 3, RowReading.PAPER, Masking.ZERO, cut, silence))
                .isEqualTo(new RowView(RowView.Weighing.SOFTMAX, 4, bits(1), new Edit.Silence(bits(1))));
        assertThat(view(Medium.TEXT, 2, RowReading.PAPER, Masking.ZERO, cut, silence))
                .isEqualTo(RowView.softmax(3));
    }
}
