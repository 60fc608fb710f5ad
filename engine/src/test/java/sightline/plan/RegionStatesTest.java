package sightline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.knockout.Intervention;
import sightline.knockout.Interventions;
import sightline.knockout.Masking;
import sightline.knockout.Medium;
import sightline.knockout.ModelShape;
import sightline.knockout.PictureTokens;
import sightline.knockout.RegionCut;
import sightline.knockout.RegionCut.Target;
import sightline.knockout.RowReading;
import sightline.knockout.SweepRequest;
import sightline.knockout.Track;
import sightline.knockout.Windows;
import sightline.mllama.MllamaRules;
import sightline.text.EncodedPrompt;
import sightline.text.TokenRole;

/** What regions cost on top of the published sweep at 11B shapes: L = 40, P = 160, m = 3, k = 9. */
class RegionStatesTest {
    private static SweepPlan plan(int layers, int prompt, int imageAt, RowReading reading, List<Track> tracks) {
        List<Medium> media = IntStream.range(0, layers)
                .mapToObj(layer -> layer % 5 == 3 ? Medium.IMAGE : Medium.TEXT)
                .toList();
        ModelShape shape = new ModelShape(media, 64, 128, 4, 2, 16, 600, 2048);
        TokenRole[] roles = new TokenRole[prompt];
        Arrays.fill(roles, TokenRole.QUESTION);
        roles[imageAt] = TokenRole.IMAGE;
        SweepRequest request = new SweepRequest(
                        new EncodedPrompt("", new int[prompt], roles),
                        new int[3],
                        Interventions.of(Medium.IMAGE).named(Interventions.PUBLISHED),
                        List.of(layers == 40 ? 9 : 3),
                        List.of(Masking.PAPER),
                        reading,
                        0.6)
                .withTracks(tracks);
        return SweepPlan.of(request.outline(new PictureTokens(8, 16)), shape, new MllamaRules());
    }

    private static BitSet box(int from, int to) {
        BitSet tokens = new BitSet();
        tokens.set(from, to);
        return tokens;
    }

    private static Intervention cut(BitSet tokens, Target target) {
        return RegionCut.of(RegionCut.INSIDE, tokens, target, Medium.IMAGE);
    }

    private static Track around(Target target, int k) {
        return new Track(cut(box(1, 3), target), new Windows.Around(k), Masking.PAPER);
    }

    private static Track whole(BitSet tokens, Target target) {
        return Track.wholeDepth(cut(tokens, target), Masking.PAPER);
    }

    private static long more(int imageAt, List<Track> tracks) {
        return states(imageAt, tracks) - states(imageAt, List.of());
    }

    private static long states(int imageAt, List<Track> tracks) {
        return plan(40, 160, imageAt, RowReading.PAPER, tracks).cost().states();
    }

    /**
     * A count that keeps different cuts apart has 43,465, whatever the image token's place. Rows before that stay the same; and
     * in the first of the layers that read the picture, the last row of answer token i is a row of the question of i + 1.
     */
    @ParameterizedTest
    @CsvSource({"0, 43449", "5, 42149"})
    void aBoxAroundEachLayer(int imageAt, long planned) {
        assertThat(more(imageAt, List.of(around(Target.LAST, 9), around(Target.QUESTION, 9))))
                .isEqualTo(planned);
    }

    /** Rows before the image token stay the same. */
    @ParameterizedTest
    @CsvSource({"0, 5835", "5, 5655"})
    void aBoxAtWholeDepth(int imageAt, long planned) {
        assertThat(more(imageAt, List.of(whole(box(1, 3), Target.ALL)))).isEqualTo(planned);
    }

    /** 37 layers from the first that reads the picture on, of one row for each of three answer tokens. */
    @Test
    void aCellOfTheMap() {
        List<Track> cells = new ArrayList<>();
        for (int cell = 0; cell < 8; cell++) {
            cells.add(whole(box(cell, cell + 1), Target.LAST));
        }
        assertThat(more(5, cells)).isEqualTo(8 * 111);
    }

    /** Where the definition's edges can be counted one by one. */
    @ParameterizedTest
    @EnumSource
    void equalsACountFromTheDefinition(RowReading reading) {
        PictureTokens picture = new PictureTokens(8, 16);
        List<Track> tracks = new ArrayList<>(List.of(around(Target.LAST, 3), around(Target.QUESTION, 3)));
        for (Target target : Target.values()) {
            tracks.add(whole(box(1, 3), target));
            tracks.add(whole(box(0, 8), target));
            tracks.add(Track.wholeDepth(RegionCut.outside(box(1, 3), picture, target, Medium.IMAGE), Masking.PAPER));
        }
        SweepPlan plan = plan(9, 12, 3, reading, tracks);
        assertThat(plan.cost().states()).isEqualTo(StatesByDefinition.count(plan.outline(), plan.shape()));
    }
}
